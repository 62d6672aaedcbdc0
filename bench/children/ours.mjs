import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { requireNoCodeFromText, serve } from "./child.mjs";
import { digest } from "./digest.mjs";
import { readLoops } from "./ours-read.mjs";

requireNoCodeFromText();
const flatlens = await import(pathToFileURL(process.argv[2]).href);

serve({
  verify(input) {
    const { schema, bytes } = open(input);
    const options = { rootType: input.rootType, profile: input.profile, identifier: "ignore" };
    const verdict = flatlens.verify(schema, bytes, options);
    if (!verdict.ok) return { skip: `verify says no: ${verdict.issues[0].message}` };
    return { once: () => flatlens.verify(schema, bytes, options) };
  },

  "to-json"(input) {
    const { schema, bytes } = open(input);
    const options = { rootType: input.rootType, style: input.style, indent: Number(input.indent) };
    options.trusted = input.trusted === "true";
    const print = input.output === "string" ? flatlens.toJSON : flatlens.toJSONBytes;
    return { once: () => print(schema, bytes, options), facts: digest(print(schema, bytes, options)) };
  },

  "from-json"(input) {
    if (flatlens.fromJSON === undefined) return { skip: "fromJSON is not there yet" };
    const { schema } = open(input);
    const text = input.as === "string" ? readFileSync(input.text, "utf8") : readFileSync(input.text);
    const options = { rootType: input.rootType };
    return {
      once: () => flatlens.fromJSON(schema, text, options),
      facts: digest(flatlens.fromJSON(schema, text, options)),
    };
  },

  "to-object"(input) {
    if (flatlens.toObject === undefined) return { skip: "toObject is not there yet" };
    const { schema, bytes } = open(input);
    const options = { rootType: input.rootType, trusted: input.trusted === "true" };
    if (input.vectors !== undefined) options.vectors = input.vectors;
    return { once: () => flatlens.toObject(schema, bytes, options) };
  },

  "from-object"(input) {
    if (flatlens.fromObject === undefined) return { skip: "fromObject is not there yet" };
    const { schema, bytes } = open(input);
    const options = { rootType: input.rootType };
    const value = flatlens.toObject(schema, bytes, options);
    return {
      once: () => flatlens.fromObject(schema, value, options),
      facts: digest(flatlens.fromObject(schema, value, options)),
    };
  },

  ...readLoops(flatlens, open),
});

function open({ bfbs, data }) {
  return { schema: flatlens.loadSchema(readFileSync(bfbs)), bytes: readFileSync(data) };
}
