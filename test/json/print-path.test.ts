import { describe, expect, it } from "vitest";
import {
  fromJSON,
  parseSchema,
  read,
  type Schema,
  Struct,
  Table,
  type ToJSONOptions,
  toJSON,
  Vector,
} from "../../src/index.js";
import { pathPrinter } from "../../src/json/print-path.js";
import { fixtures } from "../support/fixtures.js";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

type Path = (string | number)[];

/** Every value of the document is printed by itself, and put together they must be the whole text again. */
function recomposed(schema: Schema, bytes: Uint8Array, options: ToJSONOptions): string {
  const printer = pathPrinter(schema, bytes, options);
  const indent = options.indent ?? -1;
  const print = (path: Path) => {
    const text = printer(path);
    return text && decoder.decode(text);
  };

  const compose = (path: Path, value: unknown): string | undefined => {
    const whole = print(path);
    if (whole === undefined) return undefined;
    const parts = partsOf(path, value, options);
    if (parts !== undefined) expect(whole, JSON.stringify(path)).toBe(parts);
    return whole;
  };

  const partsOf = (path: Path, value: unknown, { nested, flex }: ToJSONOptions): string | undefined => {
    if (value instanceof Table || value instanceof Struct) {
      const inside = value.fields().flatMap(({ name, isNested, isFlex }: Field) => {
        if ((isNested && nested === false) || (isFlex && flex === false)) return [];
        const text = compose([...path, name], value.get(name));
        return text === undefined ? [] : [`${JSON.stringify(name)}:${indent < 0 ? "" : " "}${text}`];
      });
      return wrap("{", inside, "}");
    }
    if (value instanceof Vector || Array.isArray(value)) {
      if (options.bytes === "base64") return undefined;
      const inside = Array.from({ length: value.length }, (_, i) => compose([...path, i], value.at(i)) ?? "null");
      return wrap("[", inside, "]");
    }
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) return undefined;
    const inside = Object.entries(value).map(
      ([key, part]) =>
        `${print([...path, key]) && JSON.stringify(key)}:${indent < 0 ? "" : " "}${compose([...path, key], part)}`,
    );
    return wrap("{", inside, "}");
  };

  const wrap = (open: string, inside: string[], close: string): string => {
    if (inside.length === 0) return open + close;
    if (indent < 0) return open + inside.join(",") + close;
    const deeper = `\n${" ".repeat(indent)}`;
    return `${open}${deeper}${inside.map((text) => text.replaceAll("\n", deeper)).join(`,${deeper}`)}\n${close}`;
  };

  const text = compose([], read(schema, bytes, options))!;
  return indent < 0 ? text : `${text}\n`;
}

interface Field {
  readonly name: string;
  readonly isNested?: boolean;
  readonly isFlex?: boolean;
}

describe("the values at all paths, put together, are the text of toJSON", () => {
  const settings: ToJSONOptions[] = [
    {},
    { indent: 2 },
    { indent: 0, int64: "string", enums: "number" },
    { bytes: "base64", nonFinite: "null", trusted: true },
  ];

  it.each(fixtures())("$name", ({ schema, data: bytes, options: gate }) => {
    for (const setting of settings) {
      const options = { ...setting, ...gate };
      expect(recomposed(schema, bytes, options)).toBe(toJSON(schema, bytes, options));
    }
  });
});

const schema = parseSchema(`
  enum Mood : byte { Calm, Cross = 5 }
  table Weapon { name: string; damage: short = 3; }
  struct Pos { x: float; cells: [int:3]; }
  union Any { Weapon, Pos, Text: string }
  table Note { text: string; }
  table Root {
    hp: short = 100; id: ulong; mood: Mood = Cross; maybe: int = null; name: string; pos: Pos; weapons: [Weapon];
    any: Any; many: [Any]; note: [ubyte] (nested_flatbuffer: "Note"); flex: [ubyte] (flexbuffer); moods: [Mood];
  }
  root_type Root;`);
const bytes = fromJSON(
  schema,
  `{ id: 18446744073709551615, name: "a\\"b\\n\\u00e9", weapons: [{ name: "axe" }, { name: "bow", damage: 7 }],
     many_type: ["Weapon", "Text"], many: [{ name: "pike" }, "hi"], note: { text: "inside" },
     flex: { a: [1.5, 9007199254740993, { b: null }], "k.k": "v" }, moods: ["Cross", 3] }`,
);

describe("a single value", () => {
  it.each([
    ["id", "18446744073709551615"],
    ["name", '"a\\"b\\né"'],
    ["weapons[1].damage", "7"],
    ["weapons[-1]", '{"name":"bow","damage":7}'],
    ["many[1]", '"hi"'],
    ["many_type", '["Weapon","Text"]'],
    ["many_type[1]", '"Text"'],
    ["note.text", '"inside"'],
    ["flex.a[1]", "9007199254740993"],
    ["flex.a[2].b", "null"],
    ['flex["k.k"]', '"v"'],
    ["moods[0]", '"Cross"'],
    ["moods[1]", "3"],
    ["", toJSON(schema, bytes)],
  ])("%j is %s", (path, text) => {
    expect(text).toBe(printed(bytes, path));
  });

  it.each([
    ["hp", "100"],
    ["mood", '"Cross"'],
    ["weapons[0].damage", "3"],
    ["any_type", '"NONE"'],
  ])("%s is absent and has its default, %s", (path, text) => {
    expect(printed(bytes, path)).toBe(text);
  });

  it.each(["maybe", "pos", "pos.x", "any", "any.name", "weapons[2]", "weapons[2].name", "many[2]", "flex.b"])(
    "%s is none",
    (path) => expect(printed(bytes, path)).toBeUndefined(),
  );

  it("of a union type that the schema doesn't know is none", () => {
    const data = fromJSON(schema, `{ any_type: "Text", any: "x", many_type: ["Text"], many: ["y"] }`);
    const table = read(schema, data);
    table.bytes("any_type")![0] = 9;
    table.bytes("many_type")![0] = 9;
    expect(["any_type", "any", "many_type[0]", "many[0]"].map((path) => printed(data, path))).toEqual([
      "9",
      undefined,
      "9",
      undefined,
    ]);
  });

  it.each([
    ["nope", "unknown-field"],
    ["weapons.name", "invalid-path"],
    ["weapons[0][1]", "invalid-path"],
    ["hp.x", "invalid-path"],
    ["name[0]", "invalid-path"],
    ["a..b", "invalid-path"],
    ["[0]", "invalid-path"],
  ])("%s throws %s", (path, code) => {
    expect(() => printed(bytes, path)).toThrow(expect.objectContaining({ name: "FlatbufferError", code }));
  });

  it("is laid out as it would be by itself", () => {
    expect(printed(bytes, "weapons[1]", { indent: 2 })).toBe('{\n  "name": "bow",\n  "damage": 7\n}');
    expect(printed(bytes, "weapons[1]", { style: "flatc" })).toBe('{\n  "name": "bow",\n  "damage": 7\n}');
    expect(printed(bytes, "name", { ascii: true })).toBe('"a\\"b\\n\\u00e9"');
  });

  it("that can't be printed is named in the error, and the next one is printed all the same", () => {
    const data = fromJSON(schema, `{ weapons: [{}, { name: "bow" }], many_type: ["Weapon"], many: [{ name: "axe" }] }`);
    const table = read(schema, data);
    const { name } = { name: "name" } as const;
    ((table.get("weapons") as Vector).at(1) as Table).bytes(name)![1] = 0xff;
    ((table.get("many") as Vector).at(0) as Table).bytes(name)![1] = 0xff;
    const printer = pathPrinter(schema, data, { trusted: true });
    const failing = {
      weapons: "root.weapons[1].name",
      "weapons[1]": "root.weapons[1].name",
      many: "root.many[0]<Weapon>.name",
    };
    for (const [path, place] of Object.entries(failing)) {
      expect(() => printer(path), path).toThrow(expect.objectContaining({ code: "invalid-utf8", path: place }));
    }
    expect(() => printer("weapons[1].name")).toThrow(expect.objectContaining({ path: "root.weapons[1].name" }));
    expect(decoder.decode(printer("weapons[0]"))).toBe("{}");
    expect(() => pathPrinter(schema, data)).toThrow(expect.objectContaining({ code: "invalid-utf8" }));
    expect(printed(data, "weapons[1].name", { invalidUtf8: "replace" })).toBe('"b\ufffdw"');
  });

  it("keeps to the limit of its text", () => {
    const limits = { maxOutputBytes: 5 };
    expect(printed(bytes, "weapons[1].damage", { limits })).toBe("7");
    expect(() => printed(bytes, "weapons", { limits })).toThrow(expect.objectContaining({ code: "output-limit" }));
  });
});

describe("trusted bytes", () => {
  it("need not be sound anywhere but on the way to the value", () => {
    const damaged = bytes.slice();
    const table = read(schema, damaged);
    const weapons = (table.get("weapons") as Vector).at(0) as Table;
    weapons.bytes("name")!.fill(0xff);
    expect(() => pathPrinter(schema, damaged)).toThrow(expect.objectContaining({ code: "invalid-utf8" }));
    expect(printed(damaged, "weapons[1].name", { trusted: true })).toBe('"bow"');
  });

  it("give a value or a FlatbufferError, whatever byte is wrong, the same whatever lies around them", () => {
    const paths = ["hp", "name", "weapons", "weapons[1].name", "many", "many[1]", "note", "note.text", "flex.a[2]", ""];
    const outcome = (data: Uint8Array, path: string): string => {
      try {
        return printed(data, path, { trusted: true, limits: { maxOutputBytes: 100_000 } }) ?? "none";
      } catch (error) {
        expect((error as Error).name).toBe("FlatbufferError");
        return (error as Error).message;
      }
    };
    const placed = (poison: number) => {
      const around = new Uint8Array(bytes.length + 64).fill(poison);
      around.set(bytes, 13);
      return around.subarray(13, 13 + bytes.length);
    };
    const [first, second] = [placed(0), placed(0xa5)];
    for (let pos = 0; pos < bytes.length; pos++) {
      for (const byte of [0, 0x7f, 0xff]) {
        first[pos] = second[pos] = byte;
        for (const path of paths) expect(outcome(first, path)).toBe(outcome(second, path));
      }
      first[pos] = second[pos] = bytes[pos]!;
    }
  });
});

function printed(data: Uint8Array, path: string, options: ToJSONOptions = {}): string | undefined {
  const text = pathPrinter(schema, data, options)(path);
  return text && decoder.decode(text);
}
