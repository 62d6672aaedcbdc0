/**
 * What every environment must show for a row of the fixtures: it verifies, prints the expected texts by both forms of
 * its schema, and is refused when it is cut. Uses nothing but the library and the language, so that it runs in a
 * browser page too. Returns what is wrong, one sentence each.
 *
 * @param flatlens The module under test.
 * @param row One of `fixtureRows()`.
 */
export function rowFaults(flatlens, row) {
  const { rootType, sizePrefixed, data } = row;
  const options = { rootType, sizePrefixed };
  const schema = flatlens.loadSchema(row.schema);
  const verdict = flatlens.verify(schema, data, options);
  if (!verdict.ok) return [`doesn't verify: ${verdict.issues[0].code} at ${verdict.issues[0].path}`];
  const faults = [];
  const same = (what, actual, expected) => {
    if (expected !== undefined && actual !== expected) faults.push(`${what}: got ${actual}, expected ${expected}`);
  };
  same("plain text", flatlens.toJSON(schema, data, options), row.plain);
  same("plain bytes", new TextDecoder().decode(flatlens.toJSONBytes(schema, data, options)), row.plain);
  same("flatc's text", flatlens.toJSON(schema, data, { ...options, style: "flatc", identifier: "ignore" }), row.flatc);
  if (!row.fbs.includes("\ninclude ")) {
    same("text by the schema's text", flatlens.toJSON(flatlens.parseSchema(row.fbs), data, options), row.plain);
  }
  for (const length of [0, 3, 11, data.length >> 1]) {
    const { ok } = flatlens.verify(schema, data.subarray(0, length), options);
    same(`verdict on its first ${length} bytes`, ok, false);
  }
  return faults;
}
