import { describe, expect, it } from "vitest";
import { fromObject, parseSchema, verify } from "../../src/index.js";

const schema = parseSchema(`
  table Inner { a: string; b: string; c: string; list: [Inner]; }
  table Part { kids: [Part]; nested: [ubyte] (nested_flatbuffer: "Inner"); one: string; two: string; three: string; }
  table Root { parts: [Part]; } root_type Root;`);

const inner = { list: Array.from({ length: 6 }, (_, at) => ({ a: `a${at}`, b: `b${at}`, c: `c${at}`, list: [] })) };
const part = (name: string, kids: readonly object[]) => ({
  kids,
  nested: inner,
  one: `one ${name}`,
  two: `two ${name}`,
  three: `three ${name}`,
});

describe("what stands behind a nested buffer in its table", () => {
  it("is checked all the same, whatever the nested buffer was", () => {
    const count = 20;
    const parts = Array.from({ length: count }, (_, at) => part(`${at}`, [part(`${at}a`, []), part(`${at}b`, [])]));
    const bytes = fromObject(schema, { parts });
    expect(bytes.length).toBeGreaterThan(8192);
    expect(verify(schema, bytes)).toMatchObject({ ok: true, stats: { tables: 1 + 3 * count * 8 } });
    const text = new TextDecoder("latin1").decode(bytes);
    for (let at = 0; at < count; at++) {
      for (const [name, path] of [
        [`${at}`, `root.parts[${at}]`],
        [`${at}a`, `root.parts[${at}].kids[0]`],
        [`${at}b`, `root.parts[${at}].kids[1]`],
      ]) {
        for (const word of ["one", "two", "three"]) {
          const bad = bytes.slice();
          bad[text.indexOf(`${word} ${name}\0`)] = 0xff;
          const issue = { code: "invalid-utf8", path: `${path}.${word}` };
          expect(verify(schema, bad)).toMatchObject({ ok: false, issues: [issue] });
        }
      }
    }
  });
});
