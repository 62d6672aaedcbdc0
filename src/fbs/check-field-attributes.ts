import { BaseType, isScalar } from "../model/base-type.js";
import { compareUtf8 } from "../text/compare-utf8.js";
import {
  elementType,
  type FieldDraft,
  isStructType,
  isVectorType,
  type ObjectDraft,
  type TypeDraft,
} from "./drafts.js";
import { semanticError, warn } from "./problems.js";
import { Feature, type Resolution } from "./resolution.js";
import type { DefaultValue } from "./resolve-default.js";
import { resolveObject } from "./resolve-type.js";
import type { Mark } from "./syntax.js";

/** Gives a field what its attributes and default say about it; throws where they don't fit its type or one another. */
export function checkFieldAttributes(
  resolution: Resolution,
  object: ObjectDraft,
  field: FieldDraft,
  value: DefaultValue,
  mark: Mark,
): void {
  const { attributes } = field;
  field.deprecated = attributes.has("deprecated");
  checkWideOffsets(resolution, field, mark);
  const { type } = field;
  checkHash(field, mark);
  field.key = attributes.has("key");
  const isString = type.baseType === BaseType.String;
  // A table's strings and vectors without a default of their own may be absent; keys of type string may not.
  field.required = attributes.has("required") || (isString && field.key);
  const hasDefault = (isString || isVectorType(type)) && !value.isZeroText;
  field.optional = isScalar(type.baseType) ? value.isNull : !object.isStruct && !field.required && !hasDefault;
  checkRequired(object, field, mark);
  if (field.key) checkKey(object, field, mark);
  if (value.isNull) checkNull(resolution, field, mark);
  checkEnumDefault(field, mark);
  if (field.deprecated && object.isStruct) {
    throw semanticError(mark, `'${field.name}' can't be deprecated: a struct's fields are always there`);
  }
  checkCpp(field, mark);
  checkNative(field, mark);
  checkNested(resolution, field, mark);
}

/** `offset64` and `vector64`. */
function checkWideOffsets(resolution: Resolution, field: FieldDraft, mark: Mark): void {
  const isWideVector = field.attributes.has("vector64");
  if (isWideVector) {
    if (field.type.baseType !== BaseType.Vector) throw semanticError(mark, "'vector64' is for vectors only");
    field.type = { ...field.type, baseType: BaseType.Vector64 };
    if (field.attributes.has("offset64")) {
      warn(resolution.problems, resolution.file, mark, "'vector64' says everything that 'offset64' says");
    }
  }
  field.offset64 = isWideVector || field.attributes.has("offset64");
  if (!field.offset64) return;
  const { type } = field;
  if (type.baseType === BaseType.String) return;
  if (!isVectorType(type)) throw semanticError(mark, "'offset64' is for strings and vectors only");
  const element = elementType(type);
  if ((isScalar(element.baseType) && element.enum === undefined) || isStructType(element)) return;
  throw semanticError(mark, "a vector with 64-bit offset holds scalars (no enums) or structs");
}

const HASHES: ReadonlyMap<BaseType, readonly [bits: number, names: readonly string[]]> = new Map([
  [BaseType.Short, [16, ["fnv1_16", "fnv1a_16"]]],
  [BaseType.UShort, [16, ["fnv1_16", "fnv1a_16"]]],
  [BaseType.Int, [32, ["fnv1_32", "fnv1a_32"]]],
  [BaseType.UInt, [32, ["fnv1_32", "fnv1a_32"]]],
  [BaseType.Long, [64, ["fnv1_64", "fnv1a_64"]]],
  [BaseType.ULong, [64, ["fnv1_64", "fnv1a_64"]]],
]);

function checkHash({ attributes, type }: FieldDraft, mark: Mark): void {
  const hash = attributes.get("hash");
  if (hash === undefined) return;
  const hashed = HASHES.get(isVectorType(type) ? type.element : type.baseType);
  if (hashed === undefined)
    throw semanticError(mark, "'hash' is for fields of short, int, long and their unsigned kin");
  const [bits, names] = hashed;
  if (names.includes(hash.text)) return;
  throw semanticError(mark, `the hash of a ${bits}-bit field is ${names.join(" or ")}, not '${hash.text}'`);
}

function checkRequired(object: ObjectDraft, { name, attributes, type }: FieldDraft, mark: Mark): void {
  if (!attributes.has("required")) return;
  if (object.isStruct) throw semanticError(mark, `'${name}' needs no 'required': a struct's fields are always there`);
  if (isScalar(type.baseType)) {
    throw semanticError(mark, `'${name}' can't be required: an absent scalar reads as its default`);
  }
}

function checkKey(object: ObjectDraft, { name, type }: FieldDraft, mark: Mark): void {
  if (object.hasKey) throw semanticError(mark, `'${name}' can't be a key too: '${object.name}' has one already`);
  object.hasKey = true;
  const inner = type.baseType === BaseType.Array ? elementType(type) : type;
  if (isScalar(inner.baseType) || isStructType(inner) || type.baseType === BaseType.String) return;
  throw semanticError(mark, `'${name}' can't be a key: keys are scalars, strings, structs, or fixed arrays in structs`);
}

function checkNull(resolution: Resolution, { name, type, key }: FieldDraft, mark: Mark): void {
  resolution.features |= Feature.OptionalScalars;
  if (type.enum?.valuesByName.has("null")) {
    throw semanticError(mark, `null makes '${name}' optional, but the enum ${type.enum.name} has a value of that name`);
  }
  if (key) throw semanticError(mark, `'${name}' can't be both a key and optional`);
}

/** A field of an enum's type must start out as one of its values. */
function checkEnumDefault({ name, type, optional, defaultInteger }: FieldDraft, mark: Mark): void {
  const { enum: declared, baseType } = type;
  if (declared === undefined || declared.isBroken || baseType === BaseType.Union || isVectorType(type)) return;
  if ((optional && isScalar(baseType)) || declared.attributes.has("bit_flags")) return;
  if (declared.numbers.has(defaultInteger)) return;
  const hint = defaultInteger === 0n ? `: give '${name}' a default, or the enum a value of 0` : "";
  throw semanticError(
    mark,
    `${defaultInteger}, the default of '${name}', is no value of the enum ${declared.name}${hint}`,
  );
}

function checkCpp(field: FieldDraft, mark: Mark): void {
  const cppType = field.attributes.get("cpp_type");
  if (cppType !== undefined) {
    if (!field.attributes.has("hash")) throw semanticError(mark, "'cpp_type' goes with 'hash'");
    if (!field.attributes.has("cpp_ptr_type")) {
      field.attributes.set("cpp_ptr_type", { text: "naked", isString: cppType.isString });
      field.attributes = new Map([...field.attributes].sort(([a], [b]) => compareUtf8(a, b)));
    }
  }
  if (field.attributes.has("shared") && field.type.baseType !== BaseType.String) {
    throw semanticError(mark, "'shared' is for strings only");
  }
}

function checkNative({ attributes, type }: FieldDraft, mark: Mark): void {
  if (attributes.has("native_custom_alloc")) {
    throw semanticError(mark, "'native_custom_alloc' belongs to a table or struct, not to a field");
  }
  if (!attributes.has("native_inline")) return;
  const isVectorOfObjects = type.baseType === BaseType.Vector && type.element === BaseType.Obj;
  if (isStructType(type) || isVectorOfObjects) return;
  throw semanticError(mark, "'native_inline' is for structs and for vectors of structs or tables");
}

function checkNested(resolution: Resolution, { attributes, type }: FieldDraft, mark: Mark): void {
  const isBytes = (base: TypeDraft["baseType"]) => type.baseType === base && type.element === BaseType.UByte;
  const nested = attributes.get("nested_flatbuffer");
  if (nested !== undefined) {
    if (!nested.isString) throw semanticError(mark, "'nested_flatbuffer' takes the name of a table, in quotes");
    if (!isBytes(BaseType.Vector) && !isBytes(BaseType.Vector64)) {
      throw semanticError(mark, "'nested_flatbuffer' is for vectors of ubyte only");
    }
    resolveObject(resolution, nested.text, mark);
  }
  if (attributes.has("flexbuffer") && !isBytes(BaseType.Vector)) {
    throw semanticError(mark, "'flexbuffer' is for vectors of ubyte only");
  }
}
