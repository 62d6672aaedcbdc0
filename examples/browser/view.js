// In a page of your own: a bundler, an import map, or a copy of the package's dist folder.
import { isFlatbufferError, loadSchema, toJSON } from "../../dist/index.js";

const [schemaInput, bufferInput, answer] = ["schema", "buffer", "answer"].map((id) => document.getElementById(id));
for (const input of [schemaInput, bufferInput]) input.addEventListener("change", show);

async function show() {
  const [schemaFile, bufferFile] = [schemaInput.files[0], bufferInput.files[0]];
  if (schemaFile === undefined || bufferFile === undefined) return;
  // textContent, never innerHTML: what a buffer says is text and nothing else.
  answer.textContent = jsonOf(await schemaFile.arrayBuffer(), await bufferFile.arrayBuffer());
}

function jsonOf(schemaBytes, bufferBytes) {
  try {
    return toJSON(loadSchema(schemaBytes), bufferBytes, { indent: 2 });
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    return `${error.code} at byte ${error.offset} (${error.path}): ${error.message}`;
  }
}
