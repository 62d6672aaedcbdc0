/** A text as a string of the schema language: what can't stand in one as it is, escaped. */
export function quote(text: string): string {
  // The escapes of JSON are among those that schema text knows.
  return JSON.stringify(text);
}
