import fc from "fast-check";
import type { FlexBuilder } from "../../src/flexbuffers/builder.js";
import type { FlexValue } from "../../src/flexbuffers/value.js";

/** A value as JSON text, as calls of the builder and as what reading must give back. */
export type Doc =
  | { readonly kind: "null" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "vector"; readonly value: readonly Doc[] }
  | { readonly kind: "map"; readonly value: readonly (readonly [string, Doc])[] };

/** JSON text from which flatc builds the document: floats always have a point or an exponent. */
export function docText(doc: Doc): string {
  if (doc.kind === "null") return "null";
  if (doc.kind === "vector") return `[${doc.value.map(docText).join(",")}]`;
  if (doc.kind === "map")
    return `{${doc.value.map(([key, value]) => `${JSON.stringify(key)}:${docText(value)}`).join(",")}}`;
  if (doc.kind === "string") return JSON.stringify(doc.value);
  const text = Object.is(doc.value, -0) ? "-0.0" : String(doc.value);
  return doc.kind === "float" && !/[.e]/.test(text) ? `${text}.0` : text;
}

export function pushDoc(builder: FlexBuilder, doc: Doc): void {
  if (doc.kind === "null") builder.null();
  else if (doc.kind === "bool") builder.bool(doc.value);
  else if (doc.kind === "int") builder.int(doc.value);
  else if (doc.kind === "float") builder.float(doc.value);
  else if (doc.kind === "string") builder.string(doc.value);
  else if (doc.kind === "vector") {
    builder.startVector();
    for (const element of doc.value) pushDoc(builder, element);
    builder.endVector();
  } else {
    builder.startMap();
    for (const [key, value] of doc.value) {
      builder.key(key);
      pushDoc(builder, value);
    }
    builder.endMap();
  }
}

export function docValue(doc: Doc): FlexValue {
  if (doc.kind === "null") return null;
  if (doc.kind === "int") return Number.isSafeInteger(Number(doc.value)) ? Number(doc.value) : doc.value;
  if (doc.kind === "vector") return doc.value.map(docValue);
  if (doc.kind !== "map") return doc.value;
  const map: { [key: string]: FlexValue } = Object.create(null);
  for (const [key, value] of [...doc.value].sort(([left], [right]) => compareUtf8(left, right)))
    map[key] = docValue(value);
  return map;
}

/** Documents that stress widths: numbers and lengths at the edges of 1, 2, 4 and 8 bytes, few distinct keys and texts. */
export const docs: fc.Arbitrary<Doc> = fc.letrec<{ doc: Doc }>((tie) => ({
  doc: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant<Doc>({ kind: "null" }),
    fc.boolean().map((value): Doc => ({ kind: "bool", value })),
    edgeInts().map((value): Doc => ({ kind: "int", value })),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value): Doc => ({ kind: "float", value })),
    fc.float({ noNaN: true, noDefaultInfinity: true }).map((value): Doc => ({ kind: "float", value })),
    texts().map((value): Doc => ({ kind: "string", value })),
    fc.array(tie("doc"), { maxLength: 40 }).map((value): Doc => ({ kind: "vector", value })),
    fc
      .uniqueArray(fc.tuple(keys(), tie("doc")), { selector: ([key]) => key, maxLength: 40 })
      .map((value): Doc => ({ kind: "map", value })),
  ),
})).doc;

function edgeInts(): fc.Arbitrary<bigint> {
  const edges = [7n, 8n, 15n, 16n, 31n, 32n, 53n].flatMap((bits) => [2n ** bits, -(2n ** bits)]);
  return fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.tuple(fc.constantFrom(0n, ...edges), fc.bigInt({ min: -2n, max: 2n })).map(([edge, near]) => edge + near),
    fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n)),
  );
}

function texts(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom("", "a", "same", "é", "\u{1F600}", "a\nb", '"\\/'),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.integer({ min: 250, max: 260 }).map((length) => "x".repeat(length)),
  );
}

function keys(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom("", "a", "b", "name", "x y", "__proto__", "constructor", "é", "aa", "a1", "1", "10", "2"),
    fc.integer({ min: 0, max: 99 }).map((number) => `k${number}`),
  );
}

function compareUtf8(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
