import type { EnumDef } from "../model/schema.js";
import * as Kind from "../program/kind.js";
import { asciiText, DOT, SPACE } from "./parse-ascii.js";
import { fail } from "./parse-error.js";
import { kindName, quoteText } from "./parse-excerpt.js";
import { findName } from "./parse-names.js";
import type { ParseState } from "./parse-state.js";

/**
 * The value of the enumerators in `state.bytes[start, end)`, words with one space between them whose values are
 * combined bit by bit.
 *
 * For a field of an enum type they are its plain names. For a plain integer (`enumIndex` -1) each word is `Enum.Name`,
 * and as in flatc the enum must be in the global namespace.
 */
export function readEnumWords(state: ParseState, enumIndex: number, kind: number, start: number, end: number): bigint {
  const { bytes } = state;
  let low = 0;
  let high = 0;
  let isUnsigned = kind === Kind.ULong;
  let word = start;
  for (;;) {
    const space = bytes.indexOf(SPACE, word);
    const wordEnd = space < 0 || space > end ? end : space;
    let number: number;
    if (enumIndex >= 0) {
      number = findName(state.names.values, enumIndex, bytes, word, wordEnd);
      if (number < 0) throw unknownValue(state, state.schema.enumList[enumIndex]!, word, wordEnd, start);
    } else {
      const dot = bytes.indexOf(DOT, word);
      if (dot < 0 || dot >= wordEnd) throw unqualified(state, kind, word, wordEnd, start);
      const enumDef = state.schema.enum(asciiText(bytes, word, dot));
      if (enumDef === undefined) throw unknownEnum(state, word, dot, start);
      number = findName(state.names.values, enumDef.index, bytes, dot + 1, wordEnd);
      if (number < 0) throw unknownValue(state, enumDef, dot + 1, wordEnd, start);
      isUnsigned ||= enumDef.underlyingType.baseType === Kind.ULong;
    }
    low |= state.names.valueLow[number]!;
    high |= state.names.valueHigh[number]!;
    if (wordEnd === end) break;
    word = wordEnd + 1;
  }
  const bits = BigInt(high) * 0x1_0000_0000n + BigInt(low >>> 0);
  return isUnsigned ? BigInt.asUintN(64, bits) : bits;
}

/** How many names a message offers. */
const MAX_NAMES = 6;

function unknownValue(state: ParseState, enumDef: EnumDef, start: number, end: number, pos: number): Error {
  const names = enumDef.values.slice(0, MAX_NAMES).map((value) => value.name);
  const more = enumDef.values.length > MAX_NAMES ? ", ..." : "";
  const word = quoteText(state.bytes, start, end);
  const found = word === "" ? "an empty name (words are separated by one space)" : `"${word}"`;
  return fail(
    state,
    "unknown-enum-value",
    pos,
    `${found} is not in ${enumDef.name}, which has ${names.join(", ")}${more}`,
  );
}

function unknownEnum(state: ParseState, start: number, end: number, pos: number): Error {
  const name = quoteText(state.bytes, start, end);
  return fail(state, "unknown-enum-value", pos, `there is no enum ${name} in the global namespace`);
}

function unqualified(state: ParseState, kind: number, start: number, end: number, pos: number): Error {
  const word = quoteText(state.bytes, start, end);
  const type = kindName(kind);
  return fail(state, "invalid-value", pos, `"${word}" is no ${type}; a value of an enum is written Enum.Name here`);
}
