import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type VerifyOptions, type VerifyResult, verify } from "../../src/index.js";
import { CHANGES, damaged, victims } from "./damage.js";

/*
 * What verify says of thousands of damaged buffers, word for word: verdicts.txt has, for every fixture, kind of damage
 * and profile, how often each code came up and a hash of all results. A line that changed is worth a look at the results
 * themselves; `VERDICTS=write npx vitest run test/verify/verdicts.test.ts` writes the file anew when they are right.
 */

const FILE = new URL("../verify/verdicts.txt", import.meta.url);
const isWriting = process.env["VERDICTS"] === "write";
const recorded = isWriting ? [] : readFileSync(FILE, "utf8").trimEnd().split("\n");

const GATES: readonly (readonly [name: string, options: VerifyOptions])[] = [
  ["strict", { lint: true, limits: { maxIssues: 2 } }],
  ["native", { profile: "native", limits: { maxIssues: 2 } }],
];

describe("what verify says of damaged buffers is what it has always said", () => {
  for (const { name, schema, data, options } of victims) {
    for (const [damage, change] of CHANGES) {
      for (const [gate, gateOptions] of GATES) {
        const title = `${name}, each word ${damage}, ${gate}`;
        it(title, () => {
          const summary = new Summary();
          for (const bytes of damaged(data, change)) summary.add(verify(schema, bytes, { ...options, ...gateOptions }));
          const line = `${title}: ${summary.text()}`;
          if (isWriting) recorded.push(line);
          else expect(line).toBe(recorded.find((known) => known.startsWith(`${title}:`)));
        });
      }
    }
  }

  it("is recorded line by line", () => {
    if (isWriting) writeFileSync(FILE, `${recorded.join("\n")}\n`);
    expect(recorded.length).toBe(victims.length * CHANGES.length * GATES.length);
  });
});

/** Counts results by their codes, and hashes them whole. */
class Summary {
  readonly #counts = new Map<string, number>();
  #hash = 0x811c9dc5;

  add(result: VerifyResult): void {
    const codes = result.ok ? result.notes.map(({ code }) => `note ${code}`) : result.issues.map(({ code }) => code);
    for (const code of codes.length === 0 ? ["ok"] : codes) this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    for (const char of JSON.stringify(result)) this.#hash = Math.imul(this.#hash ^ char.charCodeAt(0), 0x01000193);
  }

  text(): string {
    const counts = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]) => `${count} ${code}`);
    return `${counts.join(", ")}; ${(this.#hash >>> 0).toString(16).padStart(8, "0")}`;
  }
}
