import { BaseType } from "../model/base-type.js";
import { elementType, fullName, type ObjectDraft } from "./drafts.js";
import { note, warn } from "./problems.js";
import type { Resolution } from "./resolution.js";
import type { FileSyntax } from "./syntax.js";

/** Bounds of what `loadSchema` takes, so that every parsed schema can be loaded again. */
const MAX_TYPES = 65_535;
const MAX_NAME = 1024;

/** What can only be said when everything is known: names nobody declared, structs inside themselves. */
export function checkWhole(resolution: Resolution, main: FileSyntax): void {
  const { problems, symbols } = resolution;
  const complain = (reason: string) => note(problems, main, "schema-semantics", main.endMark, reason);
  // Behind a mistake in the text a declaration may be missing only because it could not be read.
  const isReadable = !problems.issues.some(({ code }) => code !== "schema-semantics");
  for (const object of symbols.objectList) {
    if (!object.isDefined) {
      if (isReadable) complain(`'${object.name}' is used (first in ${object.firstUse}) but never declared`);
    } else if (containsItself(object)) complain(`the struct '${fullName(object)}' contains itself`);
    else if (fullName(object).length > MAX_NAME) complain(`a type's name has more than ${MAX_NAME} characters`);
  }
  for (const { calls } of resolution.services.values()) {
    for (const { name, request, response } of calls) {
      // flatc doesn't look again at what was not declared yet when it read the method.
      if (!request.isStruct && !response.isStruct) continue;
      warn(problems, main, main.endMark, `the method '${name}' takes or returns a struct; loadSchema will refuse that`);
    }
  }
  if (resolution.root?.isStruct)
    complain(`the root type '${fullName(resolution.root)}' must be a table, it is a struct`);
  if (symbols.objectList.length > MAX_TYPES) complain(`there are more than ${MAX_TYPES} tables and structs`);
  if (symbols.enums.size > MAX_TYPES) complain(`there are more than ${MAX_TYPES} enums and unions`);
  const start = main.jsonStart;
  if (start >= 0 && resolution.root === undefined && isReadable) {
    note(
      problems,
      main,
      "no-root-type",
      start + 1,
      "an object stands behind the declarations, but there is no root_type",
    );
  }
}

/** A struct can only contain structs that were complete before, or, by mistake, itself. */
function containsItself(object: ObjectDraft): boolean {
  if (!object.isStruct) return false;
  return object.fields.some(({ type }) => {
    const inner = type.baseType === BaseType.Array ? elementType(type) : type;
    return inner.baseType === BaseType.Obj && inner.object === object;
  });
}
