import { BUILTIN_ATTRIBUTES } from "../../src/fbs/builtin-attributes.js";
import type { Documented, FieldDef, Schema } from "../../src/model/schema.js";

/** Which parts of a model a comparison leaves out. */
export interface ModelView {
  /** Names of source files: a printed schema is one file. */
  readonly files?: boolean;
  /** Builtin attributes and what only they tell: a .bfbs may lack them. */
  readonly builtins?: boolean;
  /** Comments. */
  readonly docs?: boolean;
  /** Defaults that a .bfbs can't hold: of strings, of uint64 from 2^63 on, the sign of zero. */
  readonly textOnly?: boolean;
}

/** A model as text that can be compared: everything in it, unless `left` says that a part is left out. */
export function modelOf(schema: Schema, left: ModelView = {}): string {
  return JSON.stringify(plainModel(schema, left), plainValue, 1);
}

function plainValue(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "number" && !(Number.isFinite(value) && !Object.is(value, -0))
    ? `number ${Object.is(value, -0) ? "-0" : value}`
    : value;
}

function plainModel(schema: Schema, left: ModelView): object {
  const documented = ({ attributes, documentation }: Documented) => ({
    attributes: [...attributes].filter(([name]) => !(left.builtins && BUILTIN_ATTRIBUTES.includes(name))),
    documentation: left.docs ? [] : documentation,
  });
  const field = (one: FieldDef) => ({
    ...one,
    ...documented(one),
    defaultInteger: left.textOnly && one.defaultInteger >= 2n ** 63n ? 0n : one.defaultInteger,
    defaultReal: left.textOnly ? one.defaultReal + 0 : one.defaultReal,
    defaultString: left.textOnly ? undefined : one.defaultString,
  });
  const file = ({ declarationFile }: { readonly declarationFile: string }) => (left.files ? "" : declarationFile);
  return {
    objects: schema.objectList.map((object) => ({
      ...object,
      ...documented(object),
      fields: object.fields.map(field),
      fieldsByName: [...object.fieldsByName.keys()],
      declarationFile: file(object),
    })),
    enums: schema.enumList.map((declared) => ({
      ...declared,
      ...documented(declared),
      isBitFlags: left.builtins ? undefined : declared.isBitFlags,
      values: declared.values.map((value) => ({ ...value, ...documented(value) })),
      declarationFile: file(declared),
    })),
    services: [...schema.services.values()].map((service) => ({
      ...service,
      ...documented(service),
      declarationFile: file(service),
      calls: service.calls.map((call) => ({
        ...call,
        ...documented(call),
        request: call.request.name,
        response: call.response.name,
      })),
    })),
    root: schema.rootTable?.name,
    fileIdentifier: schema.fileIdentifier,
    fileExtension: schema.fileExtension,
    advancedFeatures: schema.advancedFeatures,
    files: left.files ? [] : schema.files,
  };
}
