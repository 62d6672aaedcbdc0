/**
 * What a service does with buffers from strangers: every message is verified before anything reads it, kept as a line of
 * JSON when it is good, answered with a code and a place when it is not. `node examples/inbox.mjs SCHEMA.bfbs FILE...`
 */
import { readFileSync } from "node:fs";
import { isFlatbufferError, loadSchema, toJSON } from "flatlens";

const [schemaPath, ...messages] = process.argv.slice(2);
const schema = loadSchema(readFileSync(schemaPath));

for (const path of messages) console.log(JSON.stringify(receive(readFileSync(path))));

function receive(bytes) {
  try {
    // Verifies first: `trusted` is off unless one asks for it. A message that unfolds to more than a megabyte is refused.
    const json = toJSON(schema, bytes, { int64: "string", limits: { maxOutputBytes: 1_000_000 } });
    return { status: 200, stored: JSON.parse(json) };
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    return { status: 400, code: error.code, path: error.path, offset: error.offset };
  }
}
