import type { EnumDef, FieldDef, ObjectDef, SchemaParts } from "../model/schema.js";
import { FlatbufferError } from "../wire/error.js";

/** Attributes by the full name of what carries them: `ns.Table.field`, `ns.Table` or `ns.Enum`. */
export type AttributeOverrides = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The parts with the caller's attributes added. Throws `invalid-option` for a name that isn't in the schema. */
export function applyOverrides(parts: SchemaParts, overrides: AttributeOverrides | undefined): SchemaParts {
  const wanted = new Map(Object.entries(overrides ?? {}));
  if (wanted.size === 0) return parts;
  const used = new Set<string>();
  const added = (name: string, attributes: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
    const more = wanted.get(name);
    if (more === undefined) return attributes;
    used.add(name);
    return new Map([...attributes, ...Object.entries(more)].sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const objects = parts.objects.map((object) => overrideObject(object, added));
  const enums = parts.enums.map((enumDef) => overrideEnum(enumDef, added));
  const unknown = [...wanted.keys()].find((name) => !used.has(name));
  if (unknown !== undefined) {
    throw new FlatbufferError(
      "invalid-option",
      `attributes names ${JSON.stringify(unknown)}, which is not in the schema`,
    );
  }
  return { ...parts, objects, enums, rootTable: parts.rootTable && objects[parts.rootTable.index] };
}

type Added = (name: string, attributes: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;

function overrideObject(object: ObjectDef, added: Added): ObjectDef {
  const fields = object.fields.map(
    (field): FieldDef =>
      Object.freeze({ ...field, attributes: added(`${object.name}.${field.name}`, field.attributes) }),
  );
  return Object.freeze({
    ...object,
    fields: Object.freeze(fields),
    fieldsByName: new Map(fields.map((field) => [field.name, field])),
    attributes: added(object.name, object.attributes),
  });
}

function overrideEnum(enumDef: EnumDef, added: Added): EnumDef {
  const attributes = added(enumDef.name, enumDef.attributes);
  return Object.freeze({ ...enumDef, attributes, isBitFlags: !enumDef.isUnion && attributes.has("bit_flags") });
}
