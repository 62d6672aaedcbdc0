import { BaseType, scalarSize } from "../model/base-type.js";
import type { FieldDef, ObjectDef } from "../model/schema.js";
import { refuse } from "./rules.js";

const MAX_ALIGN = 32;
/** Structs inside one another: walkers recurse into them, so a hostile chain must end. */
const MAX_NESTING = 64;

/** Layout of the structs and that none contains itself (rules V3 and V4). */
export function validateStructs(objects: readonly ObjectDef[]): void {
  refuseCycles(objects);
  for (const object of objects) if (object.isStruct) validateLayout(objects, object);
}

function validateLayout(objects: readonly ObjectDef[], object: ObjectDef): void {
  const { name, byteSize, minAlign, fields } = object;
  if (byteSize < 1) refuse("V3", name, `is a struct of ${byteSize} bytes`);
  if (minAlign < 1 || minAlign > MAX_ALIGN || (minAlign & (minAlign - 1)) !== 0) {
    refuse("V3", name, `has the alignment ${minAlign}; it must be 1, 2, 4, 8, 16 or 32`);
  }
  if (byteSize % minAlign !== 0) refuse("V3", name, `has ${byteSize} bytes, no multiple of its alignment ${minAlign}`);
  let end = 0;
  for (const [id, field] of fields.entries()) {
    const place = `${name}.${field.name}`;
    if (field.id !== id)
      refuse("V5", place, `has the id ${field.id} where ${id} is due: ids must count from 0 without gaps`);
    const { size, align } = inlineOf(objects, field);
    if (field.offset < end)
      refuse("V3", place, `starts at ${field.offset}, inside the field before it, which ends at ${end}`);
    if (field.offset % align !== 0)
      refuse("V3", place, `starts at ${field.offset}, no multiple of its alignment ${align}`);
    if (align > minAlign) refuse("V3", place, `needs the alignment ${align}; its struct has ${minAlign}`);
    end = field.offset + size;
  }
  if (end > byteSize) refuse("V3", name, `has ${byteSize} bytes, but its fields end at ${end}`);
}

function inlineOf(objects: readonly ObjectDef[], { type }: FieldDef): { size: number; align: number } {
  const isArray = type.baseType === BaseType.Array;
  const element = isArray ? type.element : type.baseType;
  const count = isArray ? type.fixedLength : 1;
  if (element !== BaseType.Obj) return { size: scalarSize(element) * count, align: scalarSize(element) };
  const struct = objects[type.index]!;
  return { size: struct.byteSize * count, align: Math.max(1, struct.minAlign) };
}

/** Walks structs depth first with a stack of our own: a hostile chain of 65,535 structs must not exhaust the engine's. */
function refuseCycles(objects: readonly ObjectDef[]): void {
  /** Levels of structs that a struct has, itself included; 0 as long as it's not known. */
  const heights = new Uint8Array(objects.length);
  const open = new Uint8Array(objects.length);
  for (const start of objects) {
    if (!start.isStruct || heights[start.index] !== 0) continue;
    const stack: OpenStruct[] = [{ object: start, next: 0, height: 1 }];
    open[start.index] = 1;
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const field = top.object.fields[top.next++];
      if (field === undefined) {
        heights[top.object.index] = top.height;
        open[top.object.index] = 0;
        stack.pop();
        const outer = stack[stack.length - 1];
        if (outer !== undefined) outer.height = Math.max(outer.height, top.height + 1);
        continue;
      }
      const child = innerStruct(objects, field);
      if (child === undefined) continue;
      if (open[child.index]) refuse("V4", child.name, `contains itself through ${top.object.name}.${field.name}`);
      const height = heights[child.index]!;
      // One that was looked at before counts with all that is in it.
      if (stack.length + Math.max(1, height) > MAX_NESTING) {
        refuse("V4", start.name, `has structs inside one another more than ${MAX_NESTING} deep`);
      }
      if (height === 0) {
        open[child.index] = 1;
        stack.push({ object: child, next: 0, height: 1 });
      } else top.height = Math.max(top.height, height + 1);
    }
  }
}

interface OpenStruct {
  readonly object: ObjectDef;
  /** Which of its fields comes next. */
  next: number;
  height: number;
}

function innerStruct(objects: readonly ObjectDef[], { type }: FieldDef): ObjectDef | undefined {
  const element = type.baseType === BaseType.Array ? type.element : type.baseType;
  return element === BaseType.Obj ? objects[type.index] : undefined;
}
