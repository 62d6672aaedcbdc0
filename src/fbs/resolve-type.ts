import { BaseType } from "../model/base-type.js";
import { resolveName } from "../model/resolve-name.js";
import { type EnumDraft, type ObjectDraft, plainType, type TypeDraft } from "./drafts.js";
import type { Resolution } from "./resolution.js";
import { useObject } from "./symbols.js";
import type { Mark, TypeSyntax } from "./syntax.js";

/**
 * What a written type means here. A name that no enum or union has is a table or struct, if need be one that is declared
 * later.
 */
export function resolveType(resolution: Resolution, syntax: TypeSyntax): TypeDraft {
  switch (syntax.kind) {
    case "builtin":
      return plainType(syntax.baseType);
    case "name":
      return resolveTypeName(resolution, syntax.name, syntax.mark);
    default: {
      const element = resolveType(resolution, syntax.element);
      return {
        baseType: syntax.kind === "array" ? BaseType.Array : BaseType.Vector,
        element: element.baseType,
        object: element.object,
        enum: element.enum,
        fixedLength: syntax.kind === "array" ? syntax.length : 0,
      };
    }
  }
}

/** The table or struct of that name, declared or not; enums don't count. */
export function resolveObject(resolution: Resolution, name: string, mark: Mark): ObjectDraft {
  const { symbols, namespace, file } = resolution;
  return useObject(symbols, namespace, name, () => `${file.fileName ?? "schema"}:${file.scanner.place(mark).line}`);
}

/** The enum or union that a name means here, or undefined. Enums must be declared before they are used. */
export function findEnum(resolution: Resolution, name: string): EnumDraft | undefined {
  return resolveName(resolution.symbols.enums, resolution.namespace, name);
}

function resolveTypeName(resolution: Resolution, name: string, mark: Mark): TypeDraft {
  const found = findEnum(resolution, name);
  if (found === undefined) return { ...plainType(BaseType.Obj), object: resolveObject(resolution, name, mark) };
  return { ...plainType(found.isUnion ? BaseType.Union : found.underlying), enum: found };
}
