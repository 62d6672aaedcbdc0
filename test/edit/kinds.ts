import type { EditChange } from "../../src/index.js";
import { BaseType } from "../../src/model/base-type.js";
import type { Schema } from "../../src/model/schema.js";
import { type Plain, plain, type RandomValues } from "../property/value-arbitrary.js";
import type { Spot } from "./reference.js";

/** A kind of change: what it does with a place, undefined where it doesn't fit. */
export type ChangeKind = (spot: Spot, random: RandomValues, schema: Schema) => EditChange | undefined;

/** Kinds of change by name. Values are such as toObject shows. */
export const KINDS: Readonly<Record<string, ChangeKind>> = {
  "set a stored scalar": (spot, random) => (isScalarField(spot) && has(spot) ? setRandom(spot, random) : undefined),
  "set an absent scalar": (spot, random) => (isScalarField(spot) && !has(spot) ? setRandom(spot, random) : undefined),
  "set a scalar to null where it may be absent": (spot) =>
    isScalarField(spot) && spot.field.optional ? { path: spot.path, set: null } : undefined,
  "set a longer string": (spot) =>
    isString(spot) && has(spot) ? { path: spot.path, set: `${spot.value}${LONG}` } : undefined,
  "set a shorter string": (spot) =>
    isString(spot) && has(spot) && spot.value !== "" ? { path: spot.path, set: "" } : undefined,
  "set an absent string": (spot) =>
    isString(spot) && !has(spot) ? { path: spot.path, set: "né\u{1f409}" } : undefined,
  "delete a field": (spot) =>
    spot.what === "field" && !spot.field.required ? { path: spot.path, delete: true } : undefined,
  "delete an element": (spot) => (spot.what === "element" ? { path: spot.path, delete: true } : undefined),
  "set an element of numbers": (spot, random) =>
    spot.what === "element" && isScalarElement(spot) ? setRandom(spot, random) : undefined,
  "append a number": (spot, random) =>
    isVector(spot) && isScalarElement(spot)
      ? { path: spot.path, append: random.element(spot.field.type, 3) }
      : undefined,
  "insert a number": (spot, random) =>
    spot.what === "element" && isScalarElement(spot)
      ? { path: spot.path, insert: random.element(spot.field.type, 3) }
      : undefined,
  "set a string of a vector": (spot) =>
    spot.what === "element" && spot.field.type.element === BaseType.String
      ? { path: spot.path, set: `${LONG}${spot.value}` }
      : undefined,
  "append a string": (spot, random) =>
    isVector(spot) && spot.field.type.element === BaseType.String
      ? { path: spot.path, append: random.text() }
      : undefined,
  "append a table": (spot, random, schema) => (isObjectVector(spot, schema, false) ? append(spot, random) : undefined),
  "insert a table": (spot, random, schema) =>
    spot.what === "element" && isObjects(spot, schema, false) ? insert(spot, random) : undefined,
  "set a table of a vector": (spot, random, schema) =>
    spot.what === "element" && isObjects(spot, schema, false) ? setRandom(spot, random) : undefined,
  "set a whole table": (spot, random, schema) =>
    isObjectField(spot, schema, false) ? setRandom(spot, random) : undefined,
  "set a whole struct": (spot, random, schema) =>
    isObjectField(spot, schema, true) ? setRandom(spot, random) : undefined,
  "set a member of a struct": (spot, random) =>
    spot.what === "member" ? { path: spot.path, set: random.value(spot.object, spot.field, 3) } : undefined,
  "set an element of a fixed array": (spot, random) =>
    spot.what === "array-element" ? { path: spot.path, set: random.element(spot.field.type, 3) } : undefined,
  "append a struct": (spot, random, schema) => (isObjectVector(spot, schema, true) ? append(spot, random) : undefined),
  "insert a struct": (spot, random, schema) =>
    spot.what === "element" && isObjects(spot, schema, true) ? insert(spot, random) : undefined,
  "set a whole vector": (spot, random) =>
    isVector(spot) && spot.field.type.element !== BaseType.Union && !spot.field.attributes.has("flexbuffer")
      ? setRandom(spot, random)
      : undefined,
  "set a union with its type": (spot, random) => {
    if (spot.what !== "field" || spot.field.type.baseType !== BaseType.Union) return undefined;
    const [type, value] = pair(spot, random);
    return { path: spot.path, set: value, type: type as string };
  },
  "set all of a vector of unions": (spot, random) => {
    if (spot.what !== "field" || spot.field.type.element !== BaseType.Union) return undefined;
    const [types, values] = pair(spot, random);
    return { path: spot.path, set: values, type: types as string[] };
  },
  "set one of a vector of unions": (spot, random) => {
    if (spot.what !== "element" || spot.field.type.element !== BaseType.Union) return undefined;
    const one = onePair(spot, random);
    return one && { path: spot.path, set: one[1], type: one[0] };
  },
  "append to a vector of unions": (spot, random) => {
    if (!isVector(spot) || spot.field.type.element !== BaseType.Union) return undefined;
    const one = onePair(spot, random);
    return one && { path: spot.path, append: one[1], type: one[0] };
  },
  "insert into a vector of unions": (spot, random) => {
    if (spot.what !== "element" || spot.field.type.element !== BaseType.Union) return undefined;
    const one = onePair(spot, random);
    return one && { path: spot.path, insert: one[1], type: one[0] };
  },
  "set something in a FlexBuffer": (spot) =>
    spot.what === "flex" ? { path: spot.path, set: ["né", { a: 2n ** 60n }] } : undefined,
  "set a whole FlexBuffer": (spot) =>
    spot.what === "field" && spot.field.attributes.has("flexbuffer")
      ? { path: spot.path, set: { x: [1, LONG] } }
      : undefined,
  "set the root": (spot) =>
    spot.path.length === 1 &&
    spot.field.id === spot.object.fields.length - 1 &&
    !spot.object.fields.some((f) => f.required)
      ? { path: [], set: plain() }
      : undefined,
};

const LONG = " and a tail that is much longer than the padding could ever be";

function has({ value }: Spot): boolean {
  return value !== undefined && value !== null;
}

function isScalarField({ what, field }: Spot): boolean {
  return what === "field" && field.type.baseType <= BaseType.Double;
}

function isString({ what, field }: Spot): boolean {
  return what === "field" && field.type.baseType === BaseType.String;
}

function isVector({ what, field }: Spot): boolean {
  const { baseType } = field.type;
  const isBuffer = field.attributes.has("flexbuffer") || field.attributes.has("nested_flatbuffer");
  return what === "field" && (baseType === BaseType.Vector || baseType === BaseType.Vector64) && !isBuffer;
}

function isScalarElement({ field }: Spot): boolean {
  return field.type.element > BaseType.None && field.type.element <= BaseType.Double;
}

function isObjects({ field }: Spot, schema: Schema, isStruct: boolean): boolean {
  return field.type.element === BaseType.Obj && schema.objectList[field.type.index]!.isStruct === isStruct;
}

function isObjectVector(spot: Spot, schema: Schema, isStruct: boolean): boolean {
  return isVector(spot) && isObjects(spot, schema, isStruct);
}

function isObjectField({ what, field }: Spot, schema: Schema, isStruct: boolean): boolean {
  return (
    what === "field" &&
    field.type.baseType === BaseType.Obj &&
    schema.objectList[field.type.index]!.isStruct === isStruct
  );
}

function setRandom(spot: Spot, random: RandomValues): EditChange {
  const { path, object, field, what } = spot;
  return { path, set: what === "element" ? random.element(field.type, 3) : random.value(object, field, 3) };
}

function append({ path, field }: Spot, random: RandomValues): EditChange {
  return { path, append: random.element(field.type, 3) };
}

function insert({ path, field }: Spot, random: RandomValues): EditChange {
  return { path, insert: random.element(field.type, 3) };
}

/** A random union, or vector of unions: its type and value. */
function pair({ object, field }: Spot, random: RandomValues): [unknown, unknown] {
  const made: Plain = plain();
  random.field(object, field, made, 3);
  return [made[`${field.name}_type`], made[field.name]];
}

/** One random union for a vector; undefined where the vector came out empty. */
function onePair(spot: Spot, random: RandomValues): [string, unknown] | undefined {
  const [types, values] = pair(spot, random) as [string[], unknown[]];
  return types.length === 0 ? undefined : [types[0]!, values[0]];
}
