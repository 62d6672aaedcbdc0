import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ParseSchemaOptions, parseSchema } from "../../src/fbs/index.js";
import { BaseType } from "../../src/model/base-type.js";
import type { FieldDef, Schema } from "../../src/model/schema.js";
import { FlatbufferError } from "../../src/wire/error.js";

describe("parseSchema", () => {
  it("makes of reflection.fbs the .bfbs that flatc makes, to the byte", () => {
    const folder = new URL("../../reflection/", import.meta.url);
    const text = readFileSync(new URL("reflection.fbs", folder), "utf8");
    const bfbs = { builtins: true, comments: true, fileNames: "." };
    const schema = parseSchema(text, { fileName: "reflection.fbs", bfbs });
    expect(Buffer.compare(schema.bytes, readFileSync(new URL("reflection.bfbs", folder)))).toBe(0);
  });

  it("takes text and UTF-8 bytes, with and without byte order mark", () => {
    const text = "table T { a: int; } root_type T;";
    for (const source of [text, `\ufeff${text}`, new TextEncoder().encode(`\ufeff${text}`)]) {
      expect(parseSchema(source).rootTable?.name).toBe("T");
    }
  });

  it.each([[undefined], [null], [5], [{}], [["table T { }"]]])("takes no %j for text", (source) => {
    expect(() => parseSchema(source as unknown as string)).toThrow(
      expect.objectContaining({ name: "FlatbufferError", code: "invalid-argument" }),
    );
  });

  it("leaves names that mean something to JavaScript what they are", () => {
    const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "then", "toJSON"];
    const schema = parseSchema(
      `attribute "__proto__"; namespace constructor;
       table Proto (__proto__: "x") { ${names.map((name) => `${name}: int;`).join(" ")} }
       enum toString : byte { __proto__, constructor } rpc_service valueOf { __proto__(Proto): Proto; }`,
    );
    const object = schema.object("constructor.Proto");
    expect([...object!.fieldsByName.keys()]).toEqual(names);
    expect(object?.attributes.get("__proto__")).toBe("x");
    expect(schema.enum("constructor.toString")?.values.map(({ name }) => name)).toEqual(["__proto__", "constructor"]);
    expect(schema.services.get("constructor.valueOf")?.calls[0]?.name).toBe("__proto__");
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe("types", () => {
  it("know all words for scalars", () => {
    const words = "bool byte int8 ubyte uint8 short int16 ushort uint16 int int32 uint uint32 long int64 ulong uint64";
    const types = `${words} float float32 double float64 string`.split(" ");
    const fields = fieldsOf(types.map((type, index) => `f${index}: ${type};`).join(" "));
    expect(fields.map(({ type }) => type.baseType)).toEqual([
      2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    ]);
  });

  it("lay structs out as C does", () => {
    const schema = parseSchema(
      `struct A { a: byte; b: short; c: byte; d: double; e: [byte:3]; f: ushort; }
       struct B (force_align: 16) { a: A; b: [A:2]; c: bool; }`,
    );
    const [a, b] = schema.objectList;
    const layout = (fields: readonly FieldDef[]) => fields.map(({ name, offset, padding }) => [name, offset, padding]);
    expect([a!.byteSize, a!.minAlign, b!.byteSize, b!.minAlign]).toEqual([24, 8, 80, 16]);
    expect(layout(a!.fields)).toEqual([
      ["a", 0, 1],
      ["b", 2, 0],
      ["c", 4, 3],
      ["d", 8, 0],
      ["e", 16, 1],
      ["f", 20, 2],
    ]);
    expect(layout(b!.fields)).toEqual([
      ["a", 0, 0],
      ["b", 24, 0],
      ["c", 72, 7],
    ]);
  });

  it("give a union a field for its type, one id before its own", () => {
    const fields = fieldsOf("a: int (id: 2); u: U (id: 1, deprecated); v: [U] (id: 4, required);", "union U { T }");
    expect(fields.map(({ name, id, deprecated, required }) => [name, id, deprecated, required])).toEqual([
      ["u_type", 0, true, false],
      ["u", 1, true, false],
      ["a", 2, false, false],
      ["v_type", 3, false, true],
      ["v", 4, false, true],
    ]);
    expect(fields[0]!.type).toEqual({ baseType: BaseType.UType, element: 0, index: 0, fixedLength: 0 });
    expect(fields[3]!.type).toEqual({ baseType: BaseType.Vector, element: BaseType.UType, index: 0, fixedLength: 0 });
    expect(fields[0]!.attributes.get("id")).toBe("0");
  });

  it("find names in the namespace at hand, then outwards", () => {
    const schema = parseSchema(
      `enum E : byte { Outer } namespace A; enum E : byte { Middle } namespace A.B; enum E : byte { Inner }
       table T { a: E; b: A.E; c: A.B.E; } namespace A.C; table U { a: E; } namespace D; table V { a: E; b: A.B.E; }`,
    );
    const first = (name: string) =>
      schema.object(name)!.fields.map(({ type }) => schema.enumList[type.index]!.values[0]!.name);
    expect(first("A.B.T")).toEqual(["Inner", "Middle", "Inner"]);
    expect(first("A.C.U")).toEqual(["Middle"]);
    expect(first("D.V")).toEqual(["Outer", "Inner"]);
  });

  it("bind a name that is declared later to its first declaration anywhere, as flatc does, and warn", () => {
    const schema = parseSchema(
      "namespace A; table T { x: Fwd; } namespace B; table Fwd {} namespace A; table Other {}",
    );
    expect(schema.objectList[schema.object("A.T")!.fields[0]!.type.index]?.name).toBe("B.Fwd");
    expect(schema.warnings.join()).toContain("'Fwd'");
    const usual = parseSchema("namespace A.B; table T { x: Fwd; } namespace A; table Fwd {}");
    expect(usual.warnings).toEqual([]);
  });
});

describe("enums and unions", () => {
  it("count on from the value before and sort by value", () => {
    const { values } = parseSchema("enum E : short { A = 5, B, C = -3, D, E = 0x10 }").enum("E")!;
    expect(values.map(({ name, value }) => `${name}=${value}`)).toEqual(["C=-3", "D=-2", "A=5", "B=6", "E=16"]);
  });

  it("keep the whole range of ulong", () => {
    const { values } = parseSchema("enum E : ulong { A, B = 18446744073709551615, C = 9223372036854775808 }").enum(
      "E",
    )!;
    expect(values.map(({ value }) => value)).toEqual([0n, 2n ** 63n, 2n ** 64n - 1n]);
  });

  it("turn bit numbers of bit_flags into bits, up to the 63rd", () => {
    const flags = parseSchema("enum E : ulong (bit_flags) { A, B = 63, C = 5 }").enum("E")!;
    expect(flags.isBitFlags).toBe(true);
    expect(flags.values.map(({ value }) => value)).toEqual([1n, 32n, 2n ** 63n]);
  });

  it("name members after their types, with aliases, strings, structs and explicit values", () => {
    const schema = parseSchema(
      "struct S { a: int; } union U { n.T, Again: n.T = 9, S, Text: string } namespace n; table T {}",
    );
    const kind = ({ name, value, unionType }: { name: string; value: bigint; unionType: unknown }) => {
      const { baseType, index } = unionType as { baseType: number; index: number };
      return `${name}=${value}:${baseType === BaseType.Obj ? schema.objectList[index]!.name : baseType}`;
    };
    expect(schema.enum("U")!.values.map(kind)).toEqual([
      "NONE=0:0",
      "n_T=1:n.T",
      "Again=9:n.T",
      "S=10:S",
      "Text=11:13",
    ]);
  });

  it("give an empty enum the value NONE", () => {
    expect(
      parseSchema("enum E : byte {}")
        .enum("E")!
        .values.map(({ name }) => name),
    ).toEqual(["NONE"]);
  });

  it("warn of what flatc lets pass: a number twice, signed flags, a union of another width", () => {
    const text = "enum E : byte (bit_flags) { A, B = 2, C = 2 } union U : int { T = 300 } table T {}";
    const { warnings } = parseSchema(text, { fileName: "w.fbs" });
    expect(warnings).toHaveLength(3);
    expect(warnings.every((warning) => /^w\.fbs:1:\d+: /.test(warning))).toBe(true);
  });
});

describe("defaults", () => {
  const integers: readonly (readonly [string, bigint])[] = [
    ["a: int = 5", 5n],
    ["a: int = -0x10", -16n],
    ['a: int = "12 "', 12n],
    ["a: ulong = 18446744073709551615", 2n ** 64n - 1n],
    ["a: long = -9223372036854775808", -(2n ** 63n)],
    ["a: bool = true", 1n],
    ['a: bool = "false"', 0n],
    ["a: bool = 2", 2n],
    ["a: E = B", 1n],
    ['a: F = "A C"', 5n],
    ['a: int = "E.B F.C"', 5n],
  ];
  it.each(integers)("%s", (field, value) => {
    const [first] = fieldsOf(`${field};`, "enum E : byte { A, B } enum F : ubyte (bit_flags) { A, B, C }");
    expect(first?.defaultInteger).toBe(value);
    expect(first?.optional).toBe(false);
  });

  const reals: readonly (readonly [string, number])[] = [
    ["a: float = 0.1", 0.1],
    ["a: double = -.5e-3", -0.0005],
    ["a: double = 0x1.8p1", 3],
    ["a: float = nan", Number.NaN],
    ["a: double = -inf", Number.NEGATIVE_INFINITY],
    ["a: double = +infinity", Number.POSITIVE_INFINITY],
    ['a: double = " 1.5 "', 1.5],
    ["a: double = 1e400", Number.POSITIVE_INFINITY],
    ["a: double = rad(100)", 1.745329251994],
    ["a: double = sin(rad(90))", 1],
    ["a: float = -0.0", -0],
  ];
  it.each(reals)("%s", (field, value) => {
    expect(fieldsOf(`${field};`)[0]?.defaultReal).toBe(value);
  });

  it("know null, strings and empty vectors, and what they mean for absence", () => {
    const fields = fieldsOf(
      'a: int = null; b: string; c: string = "x\\n"; d: string = ""; e: [int]; f: [int] = []; g: T; h: string (required); i: string (key);',
    );
    expect(fields.map(({ optional, required, defaultString }) => [optional, required, defaultString])).toEqual([
      [true, false, undefined],
      [true, false, undefined],
      [false, false, "x\n"],
      [false, false, undefined],
      [true, false, undefined],
      [false, false, undefined],
      [true, false, undefined],
      [false, true, undefined],
      [false, true, undefined],
    ]);
  });

  it('takes the string "0" for no default, as flatc does, and warns', () => {
    const schema = parseSchema('table T { a: string = "0"; }');
    expect(schema.object("T")?.fields[0]).toMatchObject({ optional: true, defaultString: undefined });
    expect(schema.warnings).toHaveLength(1);
  });

  it("mark the features that readers must know", () => {
    const features = (text: string) => parseSchema(text).advancedFeatures;
    expect(features("struct S { a: [int:2]; }")).toBe(1n);
    expect(features("union U { T } table T { u: [U]; }")).toBe(2n);
    expect(features("table T { a: int = null; }")).toBe(4n);
    expect(features("table T { a: [int] = []; }")).toBe(8n);
    expect(features("table T { a: int = 1; }")).toBe(0n);
  });
});

describe("comments and attributes", () => {
  it("belong to what follows them", () => {
    const schema = parseSchema(
      `/// Enum
       enum E : byte { /* no */
         /// First
         ///second line
         A, // no
         /// B
         B }
       /// Table
       table T {
         /// Field
         a: int;
         // no
         b: int; }
       /// Service
       rpc_service R {
         /// Call
         f(T): T; }`,
    );
    expect(schema.enum("E")?.documentation).toEqual([" Enum"]);
    expect(schema.enum("E")?.values.map(({ documentation }) => documentation)).toEqual([
      [" First", "second line"],
      [" B"],
    ]);
    expect(schema.object("T")?.documentation).toEqual([" Table"]);
    expect(schema.object("T")?.fields.map(({ documentation }) => documentation)).toEqual([[" Field"], []]);
    expect(schema.services.get("R")?.calls[0]?.documentation).toEqual([" Call"]);
  });

  it("are kept as text, sorted by name, the first of two alike", () => {
    const schema = parseSchema('attribute b; attribute "a c"; table T (b: 0x10, "a c": "x", key, b: 2) {}');
    expect([...schema.object("T")!.attributes]).toEqual([
      ["a c", "x"],
      ["b", "16"],
      ["key", "0"],
    ]);
    expect(schema.warnings).toHaveLength(1);
  });

  it("leave bytes that are no UTF-8 alone in comments and refuse them in strings", () => {
    const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
    const schema = parseSchema(bytes("/// caf\xe9\ntable T { a: int; } // \xff"));
    expect(schema.object("T")?.documentation).toEqual([" caf\ufffd"]);
    expect(() => parseSchema(bytes('table T { a: string = "\xff"; }'))).toThrow(FlatbufferError);
  });
});

describe("bfbs options", () => {
  const text = "/// Doc\ntable T (original_order) { a: int (deprecated); } root_type T;";
  const bytesOf = (options: ParseSchemaOptions) => Buffer.from(parseSchema(text, options).bytes).toString("latin1");

  it("leave out builtin attributes and comments by default, and write them when asked", () => {
    expect(bytesOf({})).not.toMatch(/original_order|Doc/);
    expect(bytesOf({ bfbs: { builtins: true } })).toMatch(/original_order/);
    expect(bytesOf({ bfbs: { comments: true } })).toMatch(/ Doc/);
  });

  it("write a builtin attribute that the text declares itself", () => {
    const { bytes } = parseSchema("attribute original_order; table T (original_order) {}");
    expect(Buffer.from(bytes).toString("latin1")).toContain("original_order");
  });

  it("see file names from the schema's folder or from the one given", () => {
    const names = (options: ParseSchemaOptions) => [...bytesOf(options).matchAll(/\/\/[\w./]+/g)].map(String);
    expect(names({ fileName: "a/b/t.fbs" })).toEqual(["//t.fbs"]);
    expect(names({ fileName: "a/b/t.fbs", bfbs: { fileNames: "a" } })).toEqual(["//b/t.fbs"]);
    expect(names({ fileName: "/a/t.fbs", bfbs: { fileNames: "/a/b/c" } })).toEqual(["//../../t.fbs"]);
    expect(names({ fileName: "t.fbs", bfbs: { fileNames: "." } })).toEqual(["//t.fbs"]);
    expect(names({ fileName: "t.fbs" })).toEqual([]);
    expect(names({})).toEqual([]);
  });

  it("make the bytes once, when they are asked for", () => {
    const schema = parseSchema(text);
    expect(schema.bytes).toBe(schema.bytes);
  });
});

describe("data behind the declarations", () => {
  const schema = "table T { a: int; } root_type T;";
  it("is checked as flatc checks it", () => {
    expect(parseSchema(`${schema}\n{ a: 5 }`).rootTable?.name).toBe("T");
    expect(() => parseSchema(`${schema}\n{ b: 5 }`)).toThrow(/b/);
    expect(() => parseSchema(`${schema}\n{ a: 5 } table U {}`)).toThrow(FlatbufferError);
    expect(() => parseSchema("table T { a: int; }\n{ a: 5 }")).toThrow(/root_type/);
  });

  it("is told with its place in the file", () => {
    const error = errorOf(() => parseSchema(`${schema}\n\n{ a: 5,\n bad: 5 }`, { fileName: "d.fbs" }));
    expect([error.file, error.line]).toEqual(["d.fbs", 4]);
  });
});

function fieldsOf(fields: string, before = ""): readonly FieldDef[] {
  const schema: Schema = parseSchema(`${before} table T { ${fields} }`);
  return schema.object("T")!.fields;
}

function errorOf(work: () => unknown): FlatbufferError {
  try {
    work();
  } catch (error) {
    if (error instanceof FlatbufferError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
