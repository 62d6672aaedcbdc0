import { describe, expect, it } from "vitest";
import { fromJSON, parseSchema, toJSON, verify } from "../../src/index.js";

const schema = parseSchema(`
  union U { T }
  table T { t: T; i: int; f: double; s: string; list: [T]; fx: [ubyte] (flexbuffer); nest: [ubyte] (nested_flatbuffer: "T");
    u: U; __proto__: int; constructor: string; toString: T; }
  root_type T;`);

const code = (json: string | Uint8Array, options?: object): string => {
  try {
    fromJSON(schema, json, options);
    return "accepted";
  } catch (error) {
    const { name, code: found } = error as { name: string; code: string };
    return name === "FlatbufferError" ? found : String(error);
  }
};
const nested = (open: string, close: string, levels: number) => `${open.repeat(levels)}${close.repeat(levels)}`;

describe("fromJSON stands hostile text", () => {
  it("allows 64 tables inside one another, and more only when told to", () => {
    expect(code(`${nested("{t:", "}", 63).replace("}", "{}}")}`)).toBe("accepted");
    expect(code(`${nested("{t:", "}", 64).replace("}", "{}}")}`)).toBe("depth-limit");
    expect(code(`${nested("{t:", "}", 64).replace("}", "{}}")}`, { limits: { maxDepth: 65 } })).toBe("accepted");
    expect(code(`${nested("{nest:", "}", 64).replace("}", "{}}")}`)).toBe("depth-limit");
  });

  it.each([
    ["tables", nested("{t:", "}", 100_000)],
    ["vectors of tables", nested("{list:[", "]}", 100_000)],
    ["nested buffers", nested("{nest:", "}", 100_000)],
    ["FlexBuffers", `{fx:${nested("[", "]", 100_000)}}`],
    ["conversions", `{f:${nested("sin(", ")", 100_000)}}`],
    ["unions before their type", nested("{u:", ",u_type:T}", 400)],
  ])("refuses very many levels of %s", (_, json) => {
    expect(code(json, { limits: { maxDepth: 1000 } })).toMatch(/^(depth-limit|json-syntax|wrong-type)$/);
  });

  it("refuses deep values of unknown fields", () => {
    expect(code(`{zz:${nested("[", "]", 100_000)}}`, { unknownFields: "ignore" })).toBe("depth-limit");
  });

  it("reads numbers of a million digits, or says that they don't fit", () => {
    const digits = "9".repeat(1_000_000);
    expect(code(`{i:${digits}}`)).toBe("number-out-of-range");
    expect(code(`{i:${"0".repeat(1_000_000)}7}`)).toBe("accepted");
    expect(toJSON(schema, fromJSON(schema, `{f:${digits}}`))).toBe('{"f":"inf"}');
    expect(toJSON(schema, fromJSON(schema, `{f:0.${digits}}`))).toBe('{"f":1}');
    expect(toJSON(schema, fromJSON(schema, `{f:1e-${digits}}`))).toBe("{}");
    expect(code(`{fx:${digits}}`)).toBe("number-out-of-range");
  });

  it("refuses lone surrogates, NULs and bytes that are no UTF-8", () => {
    expect(code('{"s":"\ud800"}')).toBe("invalid-utf8");
    expect(code('{"s":"\\ud800"}')).toBe("json-syntax");
    expect(code('{"s":"\\udc00\\ud800"}')).toBe("json-syntax");
    expect(code('{"s":"a\0b"}')).toBe("json-syntax");
    expect(code('{"i":1}\0')).toBe("json-syntax");
    expect(code('{/*\0*/"i":1}')).toBe("json-syntax");
    expect(code(Uint8Array.of(0x7b, 0x73, 0x3a, 0x22, 0xff, 0x22, 0x7d))).toBe("invalid-utf8");
    expect(code('{"s":"\ufffd"}')).toBe("accepted");
  });

  it.each([0, 1, 15, 16, 17, 1000])(
    "encodes text with %d ASCII characters around others, and sees half a pair",
    (count) => {
      for (const others of ["", "é", "\ufffd", "\u{1f409}", "é€\u{1f409}".repeat(count)]) {
        for (const text of [others + "a".repeat(count), "a".repeat(count) + others]) {
          expect(JSON.parse(toJSON(schema, fromJSON(schema, `{"s":"${text}"}`)))).toEqual({ s: text });
          for (const half of ["\ud800", "\udfff"]) {
            const refusal = { code: "invalid-utf8", line: 1, offset: 6 + new TextEncoder().encode(text).length };
            expect(() => fromJSON(schema, `{"s":"${text}${half}"}`)).toThrow(
              expect.objectContaining({ ...refusal, column: [...`{"s":"${text}`].length + 1 }),
            );
          }
        }
      }
    },
  );

  it("takes names that mean something to JavaScript as names", () => {
    const bytes = fromJSON(schema, '{"__proto__":5,"constructor":"c","toString":{"__proto__":6}}');
    expect(verify(schema, bytes).ok).toBe(true);
    expect(toJSON(schema, bytes)).toBe('{"__proto__":5,"constructor":"c","toString":{"__proto__":6}}');
    expect(code('{"hasOwnProperty":1}')).toBe("unknown-field");
    expect(code('{"valueOf":1}', { unknownFields: "ignore" })).toBe("accepted");
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("gets through a million keys, equal or unknown", () => {
    const keys = Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":0`).join(",");
    expect(code(`{${keys}}`, { unknownFields: "ignore" })).toBe("accepted");
    expect(code(`{${'"i":1,'.repeat(1_000_000)}}`)).toBe("duplicate-field");
    expect(code(`{fx:{${keys}}}`)).toBe("accepted");
  });

  it("refuses every text cut short with one error", () => {
    const whole =
      '{"t":{"i":-1,"s":"a\\u00e9b"},"f":1.5e3,"list":[{},{"s":""}],"fx":{"a":[1,"x",null]},"u_type":"T","u":{}}';
    expect(code(whole)).toBe("accepted");
    for (let length = 0; length < whole.length; length++)
      expect(code(whole.slice(0, length)), whole.slice(0, length)).toMatch(/^(json-syntax|invalid-value|wrong-type)$/);
  });
});
