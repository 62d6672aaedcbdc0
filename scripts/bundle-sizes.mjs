/** `npm run sizes`: what a program ships that uses a part of the library: minified and gzipped, as a bundler leaves it. */
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const ENTRY = "entry.mjs";

const PARTS = {
  "reading only: loadSchema, verify, toJSON": `export { loadSchema, verify, toJSON } from "./dist/index.js";`,
  "flatlens/fbs": `export * from "./dist/fbs/index.js";`,
  everything: `export * from "./dist/index.js";`,
};

for (const [name, code] of Object.entries(PARTS)) {
  const { text, modules } = await bundled(code);
  const parser = modules.some((id) => id.includes("/dist/fbs/")) ? "with" : "without";
  const sizes = [text.length, gzipSync(text, { level: 9 }).length].map((bytes) => `${(bytes / 1000).toFixed(1)} kB`);
  console.log(`${name}: ${sizes[0]} minified, ${sizes[1]} gzipped, ${parser} the parser of schema text`);
}

/** The minified text of a program with this code, and the modules that it is made of. */
async function bundled(code) {
  const bundle = await rolldown({
    input: ENTRY,
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === ENTRY ? `${process.cwd()}/${ENTRY}` : null),
        load: (id) => (id.endsWith(`/${ENTRY}`) ? code : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  return { text: output[0].code, modules: Object.keys(output[0].modules) };
}
