import { BaseType } from "../model/base-type.js";
import { parseInteger } from "../text/number-literal.js";
import { type FieldDraft, fullName, type ObjectDraft } from "./drafts.js";
import { guard, semanticError, warn } from "./problems.js";
import type { Resolution } from "./resolution.js";
import { resolveAttributes } from "./resolve-attributes.js";
import { padLastField, resolveField } from "./resolve-field.js";
import { complete, declareObject, newObject } from "./symbols.js";
import type { Mark, ObjectSyntax } from "./syntax.js";

/** A vtable has 65,535 bytes at most: its own size, the table's, and two bytes for each field. */
const MAX_FIELDS = 32_765;
/** The largest alignment that force_align may ask for. */
const MAX_ALIGN = 32;

/** Takes in a table or struct with its fields. Goes on with the next field after a mistake in one. */
export function resolveObjectDeclaration(resolution: Resolution, syntax: ObjectSyntax): void {
  const { problems, file } = resolution;
  const object = begin(resolution, syntax);
  if (syntax.closeMark === undefined || syntax.isBroken) object.isBroken = true;
  if (!guard(problems, file, () => setAttributes(resolution, object, syntax))) object.isBroken = true;
  for (const field of syntax.fields) {
    if (!guard(problems, file, () => resolveField(resolution, object, field))) object.isBroken = true;
  }
  const { closeMark, endMark } = syntax;
  if (object.isBroken || closeMark === undefined) return;
  guard(problems, file, () => finishObject(resolution, object, closeMark, endMark));
}

function begin(resolution: Resolution, syntax: ObjectSyntax): ObjectDraft {
  const { symbols, namespace, problems, file } = resolution;
  const { name, nameMark } = syntax;
  const declared = declareObject(symbols, namespace, name);
  const object = declared ?? newObject(name, namespace, "");
  if (declared === undefined) {
    object.isBroken = true;
    guard(problems, file, () => {
      throw semanticError(nameMark, `'${fullName(object)}' is declared already`);
    });
  }
  if (isFarBinding(object)) {
    const message = `'${name}', used in ${object.firstUse}, is taken to be '${fullName(object)}'; write the full name there`;
    warn(problems, file, nameMark, message);
  }
  object.isDefined = true;
  object.isStruct = syntax.isStruct;
  object.docs = syntax.docs;
  object.declarationFile = resolution.declarationFile;
  object.nameMark = nameMark;
  return object;
}

/**
 * Whether a bare name used in advance has found its declaration in a namespace where nobody would look: flatc takes the
 * first one anywhere.
 */
function isFarBinding({ firstUse, usedAs, usedFrom, name, namespace }: ObjectDraft): boolean {
  if (firstUse === "" || usedAs !== name || namespace === "") return false;
  return usedFrom !== namespace && !usedFrom.startsWith(`${namespace}.`);
}

function setAttributes(resolution: Resolution, object: ObjectDraft, syntax: ObjectSyntax): void {
  object.attributes = resolveAttributes(resolution, syntax.attributes);
}

function finishObject(resolution: Resolution, object: ObjectDraft, closeMark: Mark, endMark: Mark | undefined): void {
  if (object.isStruct) finishStruct(object, closeMark);
  else {
    if (object.fields.length > MAX_FIELDS) {
      throw semanticError(
        closeMark,
        `a table can have ${MAX_FIELDS} fields, '${object.name}' has ${object.fields.length}`,
      );
    }
    assignIds(object, closeMark);
  }
  checkClashes(object, closeMark);
  if (endMark === undefined || complete(resolution.symbols, object)) return;
  throw semanticError(endMark, `'${fullName(object)}' is declared already`);
}

function finishStruct(object: ObjectDraft, mark: Mark): void {
  const forced = object.attributes.get("force_align");
  if (forced !== undefined) {
    const align = parseInteger(forced.text);
    const isPower = typeof align === "number" && [1, 2, 4, 8, 16, 32].includes(align);
    if (!isPower || align < object.minAlign) {
      const range = `a power of two from its natural alignment ${object.minAlign} to ${MAX_ALIGN}`;
      throw semanticError(mark, `the force_align of '${object.name}' must be ${range}, got ${forced.text}`);
    }
    object.minAlign = align;
  }
  if (object.byteSize === 0) throw semanticError(mark, `the struct '${object.name}' is empty: give it a field`);
  padLastField(object, object.minAlign);
}

/** Sorts the fields by their `id` attributes, if they have any: then all must, without gaps. */
function assignIds(object: ObjectDraft, mark: Mark): void {
  const { fields } = object;
  const count = fields.filter(({ attributes }) => attributes.has("id")).length;
  if (count === 0) return;
  if (count !== fields.length) {
    const first = fields.find(({ attributes }) => !attributes.has("id"))!;
    throw semanticError(mark, `either all fields of '${object.name}' have an id or none: '${first.name}' has none`);
  }
  const byId: FieldDraft[] = [];
  for (const field of fields) {
    const { text } = field.attributes.get("id")!;
    const id = parseInteger(text);
    if (typeof id !== "number" || id < 0 || id > 0xffff) {
      throw semanticError(mark, `the id of '${field.name}' must be a whole number from 0 on, got ${text}`);
    }
    if (byId[id] !== undefined) {
      throw semanticError(mark, `'${byId[id].name}' and '${field.name}' both have the id ${id}`);
    }
    byId[id] = field;
  }
  for (let id = 0; id < fields.length; id++) {
    const field = byId[id];
    if (field === undefined) {
      throw semanticError(mark, `the ids of '${object.name}' must count from 0 without gaps: ${id} is missing`);
    }
    field.id = id;
    field.offset = 4 + 2 * id;
    fields[id] = field;
  }
}

/** Suffixes that generated code adds to the names of such fields. */
const GENERATED: readonly (readonly [suffix: string, baseType: BaseType])[] = [
  ["_type", BaseType.Union],
  ["Type", BaseType.Union],
  ["_length", BaseType.Vector],
  ["Length", BaseType.Vector],
  ["_byte_vector", BaseType.String],
  ["ByteVector", BaseType.String],
];

function checkClashes({ fields, fieldsByName }: ObjectDraft, mark: Mark): void {
  for (const [suffix, baseType] of GENERATED) {
    for (const { name, type } of fields) {
      if (!name.endsWith(suffix) || type.baseType === BaseType.UType) continue;
      const other = fieldsByName.get(name.slice(0, -suffix.length));
      if (other === undefined || other.type.baseType !== baseType) continue;
      throw semanticError(mark, `the field '${name}' would clash with code that is generated for '${other.name}'`);
    }
  }
}
