import { describe, expect, it } from "vitest";
import { fromJSON, parseSchema, toJSON, verify } from "../../src/index.js";
import { corpusRows, corpusSchema, hasCorpus, readBytes, readText } from "../support/corpus.js";

/** Hex in groups of four bytes, as the vectors are written. */
function hex(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/.{8}(?=.)/g, "$& ");
}

/** Schema text, JSON, bytes that flatc builds; and options where they are not the default ones. */
const VECTORS: readonly (readonly [title: string, fbs: string, json: string, bytes: string, options?: object])[] = [
  ["an empty table", "table R{} root_type R;", "{}", "08000000 04000400 04000000"],
  ["a file identifier", 'table R{} root_type R; file_identifier "TEST";', "{}", "0c000000 54455354 04000400 04000000"],
  [
    "a size prefix",
    "table R{a:int;b:int;c:int;i32:int;} root_type R;",
    "{i32:3}",
    "18000000 10000000 0c000800 00000000 00000400 0c000000 03000000",
    { sizePrefixed: true },
  ],
  [
    "strings in order",
    "table R{a:string;b:string;} root_type R;",
    '{a:"A",b:"B"}',
    "0c000000 08000c00 04000800 08000000 10000000 04000000 01000000 42000000 01000000 41000000",
  ],
  [
    "strings in the other order",
    "table R{a:string;b:string;} root_type R;",
    '{b:"B",a:"A"}',
    "0c000000 08000c00 04000800 08000000 08000000 0c000000 01000000 41000000 01000000 42000000",
  ],
  [
    "shared strings",
    "table R{a:string(shared);b:string(shared);c:string;} root_type R;",
    '{a:"xy",b:"xy",c:"xy"}',
    "10000000 00000a00 10000400 08000c00 0a000000 14000000 10000000 04000000 02000000 78790000 02000000 78790000",
  ],
  [
    "an empty vector",
    "table R{v:[double];} root_type R;",
    "{v:[]}",
    "0c000000 00000600 08000400 06000000 04000000 00000000",
  ],
  [
    "an aligned vector",
    "table R{v:[double];s:string;} root_type R;",
    '{s:"A",v:[1]}',
    "10000000 00000000 08000c00 04000800 08000000 08000000 10000000 01000000 00000000 0000f03f 01000000 41000000",
  ],
  [
    "a struct",
    "struct D{d:double;} table R{a:string;s:D;x:ubyte;} root_type R;",
    '{a:"A",s:{d:1},x:1}',
    "14000000 00000000 00000a00 14000800 0c000700 0a000000 00000001 0c000000 00000000 0000f03f 01000000 41000000",
  ],
  [
    "the padding a struct leaves behind",
    "struct D{d:double;} table S{x:ubyte;} table R{a:string;s:D;t:S;} root_type R;",
    '{a:"ABCDE",s:{d:1},t:{x:3}}',
    "10000000 00000a00 1a000400 08001400 0a000000 28000000 00000000 0000f03f 00000000 0c000000 00000600 08000700 06000000 00000003 00000000 05000000 41424344 45000000",
  ],
  [
    "a vtable used twice",
    "table T{a:int;} table R{t:[T];} root_type R;",
    "{t:[{a:1},{a:2},{}]}",
    "04000000 ceffffff 04000000 03000000 2c000000 18000000 08000000 04000600 04000000 00000600 0a000400 06000000 02000000 00000600 08000400 06000000 01000000",
  ],
  [
    "force_align",
    "table R{v:[ubyte](force_align:16);} root_type R;",
    "{v:[1,2,3]}",
    "14000000 00000000 00000000 00000600 08000400 06000000 04000000 03000000 01020300 00000000 00000000 00000000",
  ],
  [
    "a nested buffer",
    'table N{d:double;} table R{p:ubyte;nb:[ubyte](nested_flatbuffer:"N");} root_type R; file_identifier "FIDD";',
    "{nb:{d:1}}",
    "14000000 46494444 00000000 08000800 00000400 08000000 04000000 18000000 0c000000 00000600 0c000400 06000000 00000000 0000f03f",
  ],
  [
    "FlexBuffers",
    "table R{fx:[ubyte](flexbuffer);} root_type R;",
    '{fx:{a:[1,2,3],b:"x"}}',
    "0c000000 00000600 08000400 06000000 04000000 1b000000 61000301 02030404 04620001 7800020f 07020102 11092814 04240100 00000000",
  ],
  [
    "a struct's own padding",
    "struct S{a:byte;b:int;} table R{s:S;} root_type R;",
    "{s:{b:1,a:2}}",
    "0c000000 00000600 0c000400 06000000 02000000 01000000",
  ],
  [
    "NaN, which never equals its default",
    "table R{f:float=nan;d:double=nan;} root_type R;",
    "{f:nan,d:nan}",
    "10000000 00000000 08001000 04000800 08000000 0000c07f 00000000 0000f87f",
  ],
  [
    "a 64-bit offset",
    "table R{a:[ubyte](vector64);b:string(offset64);c:[ubyte](vector64);x:int;} root_type R;",
    '{x:5,b:"hey"}',
    "14000000 00000000 0c001400 00000400 00001000 0c000000 10000000 00000000 00000000 05000000 03000000 68657900",
  ],
];

describe("fromJSON builds flatc's bytes", () => {
  for (const [title, fbs, json, bytes, options] of VECTORS) {
    it(`for ${title}`, () => {
      const schema = parseSchema(fbs);
      const built = fromJSON(schema, json, options);
      expect(hex(built)).toBe(bytes);
      expect(verify(schema, built, options).ok).toBe(true);
    });
  }

  const rows = corpusRows("buffer", "size-prefixed").flatMap((row) =>
    [
      { row, text: row.golden?.json, bytes: row.golden?.fromJson, name: `${row.name} fromJson` },
      { row, text: row.golden?.defaults, bytes: row.golden?.fromDefaultsJson, name: `${row.name} fromDefaultsJson` },
    ].filter(({ text, bytes }) => typeof text === "string" && typeof bytes === "string"),
  );

  it.skipIf(!hasCorpus)(
    `for all ${rows.length} texts of the corpus, which pass verify and print the same again`,
    () => {
      expect(rows.length).toBeGreaterThan(500);
      for (const { row, text, bytes, name } of rows) {
        const schema = corpusSchema(row.schemaFull);
        const options = { rootType: row.rootType, sizePrefixed: row.kind === "size-prefixed" };
        const built = fromJSON(schema, readBytes(text!), options);
        expect(Buffer.compare(built, readBytes(bytes!)), name).toBe(0);
        expect(verify(schema, built, options).ok, name).toBe(true);
        const plain = toJSON(schema, built, options);
        expect(toJSON(schema, fromJSON(schema, plain, options), options), name).toBe(plain);
      }
    },
  );
});

const FLAG_SETS = [
  ["default", {}],
  ["unknown", { unknownFields: "ignore" }],
  ["forceDefaults", { forceDefaults: true }],
  ["nestedBytes", { nestedBytes: true }],
] as const;

interface Outcome {
  readonly hex?: string;
  readonly error?: string;
}

describe.skipIf(!hasCorpus)("fromJSON accepts and refuses what flatc does", () => {
  for (const row of corpusRows("json-input-table")) {
    const cases = JSON.parse(readText(row.data)) as (Record<string, Outcome> & { json: string })[];
    it.each(FLAG_SETS)(`in every row of the table, flags: %s`, (flags, options) => {
      const schema = corpusSchema(row.schemaFull);
      for (const entry of cases) {
        const expected = entry[flags] ?? entry["default"]!;
        let found: string;
        try {
          found = Buffer.from(fromJSON(schema, entry.json, { rootType: row.rootType, ...options })).toString("hex");
        } catch (error) {
          expect(error, entry.json).toMatchObject({ name: "FlatbufferError" });
          found = "refused";
        }
        expect(found, entry.json).toBe(expected.hex ?? "refused");
      }
    });
  }
});

const LIBERAL = parseSchema(`
  enum Color: byte { Red = 1, Green = 2, Blue = 4 }
  struct Vec { x: float; y: float; }
  table Leaf { n: int; s: string; }
  union Any { Leaf, Vec, Text: string }
  table R { i: int; u: ulong; f: float; b: bool; c: Color = Red; s: string; v: Vec; l: Leaf; a: Any; list: [Any];
    h: ushort (hash: "fnv1a_16"); fx: [ubyte] (flexbuffer); raw: [ubyte]; o: int = null; a2: Any; }
  root_type R;`);
const read = (json: string, options?: object) => toJSON(LIBERAL, fromJSON(LIBERAL, json, options));

describe("fromJSON reads flatc's liberal JSON", () => {
  it.each([
    ["comments and trailing commas", "{ // one\n i: 5, /* two */ }", '{"i":5}'],
    ["single quotes and keys without", `{'i':5,s:'it\\'s'}`, `{"i":5,"s":"it's"}`],
    ["hexadecimal and numbers in quotes", `{i:-0x10,u:"0xffffffffffffffff"}`, '{"i":-16,"u":18446744073709551615}'],
    ["names of enums, combined and bare", `{c:"Green Blue",i:"Color.Blue"}`, '{"i":4,"c":6}'],
    ["nan, inf and conversions", "{f:cos(rad(180)),v:{x:inf,y:nan}}", '{"f":-1,"v":{"x":"inf","y":"nan"}}'],
    ["arrays in place of structs and tables", `{v:[1,2],l:[7,"x"]}`, '{"v":{"x":1,"y":2},"l":{"n":7,"s":"x"}}'],
    ["null as absent", "{s:null,v:null,o:null}", "{}"],
    ["$schema", `{"$schema":"https://x","i":1}`, '{"i":1}'],
    ["escapes", `{s:"\\x41\\u00e9\\ud83d\\ude00\\/\\u0000"}`, '{"s":"Aé😀/\\u0000"}'],
  ])("%s", (_, json, expected) => {
    expect(read(json)).toBe(expected);
  });

  it("finds the type of a union anywhere in the object", () => {
    const expected = '{"i":3,"a_type":"Leaf","a":{"n":1}}';
    expect(read("{a_type:Leaf,i:3,a:{n:1}}")).toBe(expected);
    expect(read("{a:{n:1},a_type:Leaf,i:3}")).toBe(expected);
    expect(read("{a:{n:1},i:3,a_type:Leaf}")).toBe(expected);
  });

  it("takes the type of a union from its own type field, not from another union's", () => {
    const json = '{"a_type":"Leaf","a":{"n":1},"a2_type":"Vec","a2":{"x":1,"y":2}}';
    expect(read("{a2_type:Vec,a_type:Leaf,a:{n:1},a2:{x:1,y:2}}")).toBe(json);
  });

  it("hashes text for 16 bits, and keeps integers of FlexBuffers that flatc makes 0", () => {
    expect(read('{h:"hello"}')).toBe('{"h":25396}');
    expect(read("{fx:[0x10,18446744073709551615]}")).toBe('{"fx":[16,18446744073709551615]}');
  });

  it("hashes the text null, and takes the word for an absent value", () => {
    const schema = parseSchema('table T { a: int = null (hash: "fnv1a_32"); } root_type T;');
    expect(toJSON(schema, fromJSON(schema, '{a: "null"}'))).toBe('{"a":1996966820}');
    expect(toJSON(schema, fromJSON(schema, "{a: null}"))).toBe("{}");
  });

  it("refuses numbers that are none where nobody knows what they are for", () => {
    const schema = parseSchema("table T { a: int; } root_type T;");
    for (const text of ["0x", "1e", "0x1.8", "0x1p", "-", "+"]) {
      expect(() => fromJSON(schema, `{zz: ${text}}`, { unknownFields: "ignore" }), text).toThrow(
        expect.objectContaining({ name: "FlatbufferError", line: 1, column: 6 }),
      );
    }
  });

  it("takes base64 where asked", () => {
    expect(read('{raw:"AQID/w=="}', { bytes: "base64" })).toBe('{"raw":[1,2,3,255]}');
    expect(() => read('{raw:"AQID"}')).toThrowError(expect.objectContaining({ code: "wrong-type" }));
    expect(() => read('{raw:"AQI!"}', { bytes: "base64" })).toThrowError(
      expect.objectContaining({ code: "invalid-value", column: 10 }),
    );
  });

  it.each([
    "{i:5}",
    '{"i":5,}',
    "{'i':5}",
    '{"i":0x10}',
    '{"i":007}',
    '{"i":+1}',
    '{"f":.5}',
    '{"f":5.}',
    '{"f":nan}',
    '{"c":Green}',
    '{"s":"\\x41"}',
    '{"s":"\\\'"}',
    '{"i":5} // c',
    '{/**/"i":5}',
    '{"fx":{a:1}}',
    '{"fx":[1,]}',
  ])("refuses %s when strict", (json) => {
    expect(() => fromJSON(LIBERAL, json)).not.toThrow();
    expect(() => fromJSON(LIBERAL, json, { strict: true })).toThrowError(
      expect.objectContaining({ code: "json-syntax" }),
    );
  });

  it("takes numbers and names in quotes when strict", () => {
    expect(read('{"i":"5","c":"Green","f":"nan","b":true}', { strict: true })).toBe(
      '{"i":5,"f":"nan","b":true,"c":"Green"}',
    );
  });
});
