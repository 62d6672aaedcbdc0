import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/fbs/index.js";
import { FlatbufferError, type ToJSONOptions, toJSON, toJSONBytes } from "../../src/index.js";

const schema = parseSchema("table T { s: string; } root_type T;");
const utf8 = new TextEncoder();

describe("strings in plain text", () => {
  it("are what JSON.stringify writes, but for DEL, C1 and U+2028/9, for every character", () => {
    for (let code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 37) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const text = `a${String.fromCodePoint(code)}b`;
      expect(print(utf8.encode(text))).toBe(escapeAwkward(JSON.stringify(text)));
    }
  });

  it("are right at every length and at every place of the special character", () => {
    for (let length = 0; length < 40; length++) {
      for (const special of ["", '"', "\\", "\n", "\u0001", "\u007f", "é", "世", "😀"]) {
        for (const at of new Set([0, 1, 2, 3, 4, 7, length])) {
          const text = "x".repeat(Math.min(at, length)) + special + "y".repeat(Math.max(0, length - at));
          expect(print(utf8.encode(text))).toBe(escapeAwkward(JSON.stringify(text)));
        }
      }
    }
  });

  it("are right when they end with the buffer and nothing follows", () => {
    for (let length = 0; length < 9; length++) {
      const text = "\u00e9ab\u4e16c".slice(0, length);
      expect(print(utf8.encode(text), {}, 0)).toBe(JSON.stringify(text));
    }
  });

  it("are right across the pieces that long ones are cut into", () => {
    for (const filler of ["x", "é", "世", "😀", "\n"]) {
      for (let shift = 0; shift < 6; shift++) {
        const text = "-".repeat(shift) + filler.repeat(40_000);
        expect(print(utf8.encode(text)) === JSON.stringify(text)).toBe(true);
      }
    }
  });

  it("are right in texts so long that another way leads to a JavaScript string", () => {
    for (const text of ["世x😀é".repeat(120_000), "x".repeat(1_500_000), `${"x".repeat(900_000)}é`]) {
      expect(print(utf8.encode(text)) === JSON.stringify(text)).toBe(true);
    }
  });

  it("become ASCII with ascii: true, in lower-case hex", () => {
    expect(print(utf8.encode("é世😀\u00ff"), { ascii: true })).toBe('"\\u00e9\\u4e16\\ud83d\\ude00\\u00ff"');
  });

  it("keep a byte order mark, NUL and unpaired-looking text as they are", () => {
    expect(print(utf8.encode("\ufeffa\0b\ufffd"))).toBe('"\ufeffa\\u0000b\ufffd"');
  });
});

describe("strings in flatc's text", () => {
  it("have upper-case escapes for all but printable ASCII", () => {
    expect(print(utf8.encode('é世😀\u007f\u0001\n\t\b\f\r"\\/'), { style: "flatc" })).toBe(
      '"\\u00E9\\u4E16\\uD83D\\uDE00\\u007F\\u0001\\n\\t\\b\\f\\r\\"\\\\/"',
    );
  });

  it("with ascii: false are raw but for control characters, which would be no JSON", () => {
    expect(print(utf8.encode("é\u007f\u0080\u2028\u0001\u001f"), { style: "flatc", ascii: false })).toBe(
      '"é\u007f\u0080\u2028\\u0001\\u001F"',
    );
  });
});

describe("bytes that are no UTF-8", () => {
  const bad: readonly (readonly number[])[] = [
    [0x80],
    [0xff],
    [0xc0, 0xaf],
    [0xc3],
    [0xe0, 0x80, 0x80],
    [0xe4, 0xb8],
    [0xed, 0xa0, 0x80],
    [0xf0, 0x80, 0x80, 0x80],
    [0xf0, 0x9f, 0x98],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf8, 0x88, 0x80, 0x80, 0x80],
    [0xe4, 0xb8, 0x41, 0xf0, 0x9f, 0xff],
  ];

  it.each(bad.map((bytes) => [bytes]))("%j are refused with place and byte", (bytes) => {
    const text = Uint8Array.from([0x61, 0x62, ...bytes, 0x63]);
    for (const trusted of [false, true]) {
      expect(() => print(text, { trusted })).toThrow(FlatbufferError);
      expect(() => print(text, { trusted })).toThrow(
        expect.objectContaining({ code: "invalid-utf8", path: "root.s", offset: 26 }),
      );
    }
  });

  it("become U+FFFD as often as any decoder says", () => {
    const lossy = new TextDecoder("utf-8", { ignoreBOM: true });
    for (let first = 0x80; first < 0x100; first++) {
      for (const rest of [
        [],
        [0x41],
        [0x80],
        [0xbf, 0x80],
        [0x9f, 0x98, 0x80],
        [0xa0, 0x80, 0x41],
        [0x90, 0xc3, 0xa9],
      ]) {
        const bytes = Uint8Array.from([0x61, first, ...rest]);
        const wanted = lossy.decode(bytes);
        expect(JSON.parse(print(bytes, { invalidUtf8: "replace" }))).toBe(wanted);
        expect(JSON.parse(print(bytes, { invalidUtf8: "replace", ascii: true }))).toBe(wanted);
      }
    }
  });

  it("become \\xFF byte by byte as with --allow-non-utf8", () => {
    expect(print(Uint8Array.of(0xff, 0xfe, 0x41), { style: "flatc", invalidUtf8: "escape" })).toBe('"\\xFF\\xFEA"');
    expect(print(Uint8Array.of(0xe4, 0xb8, 0x41), { invalidUtf8: "escape" })).toBe('"\\xE4\\xB8A"');
  });
});

describe("toJSONBytes of text beyond ASCII", () => {
  it("is the UTF-8 of what toJSON gives", () => {
    const bytes = bufferOf(utf8.encode("né世😀"));
    expect(toJSONBytes(schema, bytes)).toEqual(utf8.encode(toJSON(schema, bytes)));
  });
});

/** The text of the string with these bytes, quotes included. */
function print(bytes: Uint8Array, options: ToJSONOptions = {}, padding = 4): string {
  const text = toJSON(schema, bufferOf(bytes, padding), {
    indent: -1,
    ...options,
    ...(padding === 0 && { trusted: true }),
  });
  return text.slice(text.indexOf(":") + (options.style === "flatc" ? 2 : 1), -1);
}

/** A buffer with nothing but the string, whose bytes start at 24. */
function bufferOf(text: Uint8Array, padding = 4): Uint8Array {
  const bytes = new Uint8Array(24 + text.length + padding);
  const data = new DataView(bytes.buffer);
  data.setUint32(0, 12, true);
  for (const [index, word] of [6, 8, 4, 0].entries()) data.setUint16(4 + 2 * index, word, true);
  data.setInt32(12, 8, true);
  data.setUint32(16, 4, true);
  data.setUint32(20, text.length, true);
  bytes.set(text, 24);
  return bytes;
}

function escapeAwkward(json: string): string {
  return json.replace(/[\u007f-\u009f\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
