import { scalarInfo } from "../model/base-type.js";
import type { EnumDraft, EnumValDraft, TypeDraft } from "./drafts.js";
import { semanticError } from "./problems.js";
import type { Resolution } from "./resolution.js";
import { findEnum } from "./resolve-type.js";
import type { Mark, ValueSyntax } from "./syntax.js";

/**
 * The value of one or more enumerators: their names alone for a field of the enum's type (`Red`, `"Read Write"`), with
 * the enum's name before each for a plain integer (`"Color.Red"`). Throws for names that aren't there.
 */
export function enumTextValue(resolution: Resolution, type: TypeDraft, value: ValueSyntax): bigint {
  let bits = 0n;
  for (const word of value.text.split(" ")) {
    const found = type.enum === undefined ? qualified(resolution, word, value) : own(type.enum, word, value.mark);
    // One whose declaration has errors may be missing through no fault of this text.
    if (found !== undefined) bits |= BigInt.asUintN(64, found.value);
  }
  const isSigned = scalarInfo(type.enum?.underlying ?? type.baseType)?.isSigned ?? true;
  return isSigned ? BigInt.asIntN(64, bits) : bits;
}

function own(declared: EnumDraft, word: string, mark: Mark): EnumValDraft | undefined {
  const found = declared.valuesByName.get(word);
  if (found !== undefined || declared.isBroken) return found;
  const hint = word.includes(".") ? ": inside of its own enum's field a value stands without the enum's name" : "";
  throw semanticError(mark, `the enum ${declared.name} has no value '${word}'${hint}`);
}

function qualified(resolution: Resolution, word: string, { mark }: ValueSyntax): EnumValDraft | undefined {
  const dot = word.indexOf(".");
  if (dot < 0) {
    const hint = `'${word}' is no number; an enum's value needs the enum's name before it and quotes around both`;
    throw semanticError(mark, `${hint}, as in "Color.Red"`);
  }
  const declared = findEnum(resolution, word.slice(0, dot));
  if (declared === undefined) throw semanticError(mark, `there is no enum '${word.slice(0, dot)}'`);
  return own(declared, word.slice(dot + 1), mark);
}
