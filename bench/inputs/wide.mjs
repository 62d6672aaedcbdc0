/**
 * Schema text of a table with so many int fields, in a vector: what does a field cost that is in the schema and not in
 * the bytes? Names have one length, so that the texts differ only in what is asked about.
 */
export function wideSchema(fieldCount) {
  const fields = Array.from({ length: fieldCount }, (_, i) => `${fieldName(i)}: int;`);
  return `namespace wide;\ntable Row { ${fields.join(" ")} }\ntable Rows { rows: [Row]; }\nroot_type Rows;\n`;
}

/** JSON text of rows with two of the fields, `first` and `last` by number. */
export function wideText(rowCount, first, last) {
  const rows = Array.from({ length: rowCount }, (_, i) => `{"${fieldName(first)}":${i + 1},"${fieldName(last)}":7}`);
  return `{"rows":[${rows.join(",")}]}`;
}

function fieldName(i) {
  return `f${String(i).padStart(3, "0")}`;
}
