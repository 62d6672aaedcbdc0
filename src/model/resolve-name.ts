/**
 * Finds a type the way FlatBuffers resolves a name as written in a schema: first inside the given namespace, then in
 * each enclosing one, last as a global name.
 *
 * @param namespace Full namespace with dots, empty for the global one.
 */
export function resolveName<T>(types: ReadonlyMap<string, T>, namespace: string, name: string): T | undefined {
  let scope = namespace;
  while (scope !== "") {
    const found = types.get(`${scope}.${name}`);
    if (found !== undefined) return found;
    scope = namespaceOf(scope);
  }
  return types.get(name);
}

/** All but the last part of a full name; empty when there is only one part. */
export function namespaceOf(fullName: string): string {
  const dot = fullName.lastIndexOf(".");
  return dot < 0 ? "" : fullName.slice(0, dot);
}
