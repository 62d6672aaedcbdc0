import { describe, expect, it } from "vitest";
import { type FlatbufferErrorCode, type VerifyOptions, verify } from "../../src/index.js";
import {
  type CorpusRow,
  corpusRows,
  corpusSchema,
  hasCorpus,
  type Mutant,
  readBytes,
  readContainer,
  readText,
} from "../support/corpus.js";

/** What strict refuses beyond the native verifier; docs/guide/verify.md says why for each. */
const STRICTER: ReadonlySet<FlatbufferErrorCode> = new Set([
  "vtable-too-short",
  "table-size-out-of-range",
  "field-out-of-range",
  "field-overlaps-soffset",
  "element-misaligned",
  "invalid-utf8",
  "union-value-without-type",
  "unknown-union-type",
  "flexbuffer-invalid",
  "wrong-identifier",
  "buffer-too-short",
  "uoffset-zero",
  "uoffset-out-of-range",
]);

function mutantsOf(row: CorpusRow): readonly Mutant[] {
  if (row.kind !== "malformed-files") return readContainer(row);
  const entries = JSON.parse(readText(row.verdicts!)) as (Mutant & { data: string })[];
  return entries.map((entry) => ({ ...entry, bytes: readBytes(entry.data) }));
}

describe.each(corpusRows("malformed-container", "malformed-container-size-prefixed", "malformed-files"))(
  "$name",
  (row) => {
    const schema = corpusSchema(row.schemaFull);
    const base: VerifyOptions = { rootType: row.rootType, sizePrefixed: row.kind.endsWith("size-prefixed") };
    const mutants = mutantsOf(row);

    it("gets the verdict of the generated C++ verifier in the native profile, buffer by buffer", () => {
      const differing = mutants.filter(({ bytes, generated }) => {
        const { ok } = verify(schema, bytes, { ...base, profile: "native", identifier: "ignore" });
        return (ok ? "accept" : "reject") !== generated;
      });
      expect(differing.map(({ i, mutation }) => `${i} ${mutation}`)).toEqual([]);
    });

    it("has nothing accepted in strict that ought to be rejected, and rejects more only by documented rules", () => {
      for (const { i, mutation, bytes, expected, expectedStrict, generated } of mutants) {
        const result = verify(schema, bytes, { ...base, unknownUnions: "reject" });
        const wanted = expectedStrict ?? expected;
        if (result.ok) expect(`${i} ${mutation} ${wanted}`).toBe(`${i} ${mutation} accept`);
        else if (generated === "accept") expect(STRICTER, `${i} ${mutation}`).toContain(result.issues[0]?.code);
      }
    });
  },
);

it.skipIf(!hasCorpus)("finds rows in the corpus", () => {
  expect(corpusRows().length).toBeGreaterThan(0);
});

describe.runIf(hasCorpus)("every good buffer of the corpus passes", () => {
  it.each(corpusRows("buffer", "size-prefixed"))("$name", (row) => {
    const options: VerifyOptions = { rootType: row.rootType, sizePrefixed: row.kind === "size-prefixed" };
    for (const path of [row.schemaFull, row.schema]) {
      const schema = corpusSchema(path);
      const bytes = readBytes(row.data);
      const strict = verify(schema, bytes, { ...options, lint: true });
      const wanted = row.expectedStrict ?? row.expectedVerify ?? row.verify;
      // The reflective verifier refuses union members of a newer schema; we do when asked to.
      const unknown = strict.ok && strict.notes.some(({ code }) => code === "unknown-union-type");
      if (unknown) expect(verify(schema, bytes, { ...options, unknownUnions: "reject" }).ok).toBe(false);
      else expect(strict.ok ? "accept" : "reject").toBe(wanted);
      const native = verify(schema, bytes, { ...options, profile: "native" });
      if (row.generated !== undefined && path === row.schemaFull)
        expect(native.ok ? "accept" : "reject").toBe(row.generated);
    }
  });
});
