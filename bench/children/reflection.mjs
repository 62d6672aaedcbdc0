/** npm `flatbuffers_reflection`, by its fastest road: a function made once for the root type. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ByteBuffer } from "flatbuffers";
import { requireNoCodeFromText, serve } from "./child.mjs";

requireNoCodeFromText();
const require = createRequire(import.meta.url);
const { Parser, Table } = require("flatbuffers_reflection");
const { Schema } = require("flatbuffers_reflection/dist/cjs/reflection_generated.js");
BigInt.prototype.toJSON = function toJSON() {
  return this.toString();
};

serve({
  "to-json"(input) {
    const toObject = converter(input);
    JSON.stringify(toObject());
    return { once: () => JSON.stringify(toObject()) };
  },

  "to-object"(input) {
    const toObject = converter(input);
    toObject();
    return { once: toObject };
  },
});

function converter({ bfbs, data, rootType }) {
  const schema = Schema.getRootAsSchema(new ByteBuffer(readFileSync(bfbs)));
  const bytes = readFileSync(data);
  const table = () => Table.getNamedTable(new ByteBuffer(bytes), schema, rootType);
  const toObject = new Parser(schema).toObjectLambda(table().typeIndex);
  return () => toObject(table());
}
