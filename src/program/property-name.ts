/**
 * A name as the engine holds names of properties: such strings are equal only if they are the same one, so that it
 * needn't look at the text where it compares them with keys or stores by them.
 */
export function propertyName(name: string): string {
  return Object.keys({ [name]: null })[0]!;
}
