import { BaseType } from "../model/base-type.js";
import { type ObjectDraft, qualify, type ServiceDraft, type TypeDraft } from "./drafts.js";
import { guard, semanticError } from "./problems.js";
import type { Resolution } from "./resolution.js";
import { resolveAttributes } from "./resolve-attributes.js";
import { resolveType } from "./resolve-type.js";
import type { RpcCallSyntax, ServiceSyntax } from "./syntax.js";

/** Takes in an rpc_service with its methods. Goes on with the next method after a mistake in one. */
export function resolveServiceDeclaration(resolution: Resolution, syntax: ServiceSyntax): void {
  const { problems, file, namespace, services, declarationFile } = resolution;
  const { name, docs, nameMark } = syntax;
  const service: ServiceDraft = { name, namespace, calls: [], attributes: new Map(), docs, declarationFile };
  const full = qualify(namespace, name);
  if (services.has(full)) {
    guard(problems, file, () => {
      throw semanticError(nameMark, `the service '${full}' is declared already`);
    });
  } else services.set(full, service);
  guard(problems, file, () => {
    service.attributes = resolveAttributes(resolution, syntax.attributes);
  });
  const names = new Set<string>();
  for (const call of syntax.calls) guard(problems, file, () => resolveCall(resolution, service, names, call));
}

function resolveCall(resolution: Resolution, service: ServiceDraft, names: Set<string>, syntax: RpcCallSyntax): void {
  const { name, typesMark, docs } = syntax;
  if (syntax.request === undefined || syntax.response === undefined || typesMark === undefined) return;
  const request = tableOf(resolveType(resolution, syntax.request));
  const response = tableOf(resolveType(resolution, syntax.response));
  if (request === undefined || response === undefined) {
    throw semanticError(typesMark, `a method takes a table and returns a table; '${name}' does not`);
  }
  if (names.has(name)) throw semanticError(typesMark, `'${service.name}' has a method '${name}' already`);
  names.add(name);
  const attributes = resolveAttributes(resolution, syntax.attributes);
  service.calls.push({ name, request, response, attributes, docs });
}

function tableOf({ baseType, object }: TypeDraft): ObjectDraft | undefined {
  return baseType === BaseType.Obj && object?.isStruct === false ? object : undefined;
}
