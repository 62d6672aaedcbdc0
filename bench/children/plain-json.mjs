/** The engine's own JSON, on text and objects that are ready. */
import { readFileSync } from "node:fs";
import { requireNoCodeFromText, serve } from "./child.mjs";

requireNoCodeFromText();

serve({
  /** Objects from JSON.parse: numbers are numbers, no bigint slows it down. */
  "to-json"({ text }) {
    const value = JSON.parse(readFileSync(text, "utf8"));
    return { once: () => JSON.stringify(value) };
  },

  "from-json"({ text, as }) {
    if (as === "string") {
      const string = readFileSync(text, "utf8");
      return { once: () => JSON.parse(string) };
    }
    const bytes = readFileSync(text);
    return { once: () => JSON.parse(bytes.toString()) };
  },
});
