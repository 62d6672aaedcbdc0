import { describe, expect, it } from "vitest";
import { fromJSON, parseSchema } from "../../src/index.js";
import { FlatbufferError } from "../../src/wire/error.js";
import { Flatc, type Outcome } from "../support/flatc.js";
import { attempt, isMeant } from "../support/flatc-differences.js";

/** A field of every kind. */
const FBS = `
  enum Color: ubyte (bit_flags) { Red, Green, Blue = 3 }
  enum Kind: short { None0 = 0, One = 1, Big = 300, Neg = -5 }
  enum Large: ulong { A = 0, Max = 18446744073709551615 }
  struct V { x: float; y: float; }
  struct W { b: bool; k: Kind; n: [ushort:2]; v: V; l: long; }
  table A { x: int; s: string; f: float; }
  union U { A, V, Txt: string, B: A = 9 }
  table T {
    bool: bool; byte: byte; ubyte: ubyte; short: short; ushort: ushort; int: int; uint: uint; long: long; ulong: ulong;
    float: float = 1.5; double: double; isTrue: bool = true; int_: int = null; bool_: bool = null; float_: float = null;
    kind_: Kind = null; color: Color; kind: Kind; large: Large; text: string; text_: string = "def"; v: V; w: W;
    u: U; us: [U]; ubytes: [ubyte]; bytes: [byte]; ints: [int]; longs: [long]; floats: [float]; doubles: [double];
    bools: [bool]; texts: [string]; colors: [Color]; kinds: [Kind]; vs: [V]; ws: [W]; ts: [T]; t: T;
    nested: [ubyte] (nested_flatbuffer: "A"); flex: [ubyte] (flexbuffer); hash: uint (hash: "fnv1a_32");
    hash_: int = null (hash: "fnv1a_32");
    longHash: long (hash: "fnv1_64"); old: int (deprecated);
  }
  root_type T; file_identifier "SINK";`;

const NUMBERS = [
  ..."0 1 -1 2 5 127 128 255 256 -128 -129 32767 32768 65535 65536 2147483647 2147483648 4294967295 4294967296".split(
    " ",
  ),
  ..."9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809 18446744073709551615".split(
    " ",
  ),
  ..."18446744073709551616 -0 +1 +0x1 -0x1 0x10 0XfF 0x 0xG 007 08 1.0 1. .5 -.5 1e2 1E+2 1e-2 1e 1e400 -1e400".split(
    " ",
  ),
  ..."1e-400 0.1 3.4028236e38 0x1p3 0x1.8p1 0x.8p0 0x1.8 0x1p nan +nan -nan inf +inf -inf infinity -infinity".split(
    " ",
  ),
  ..."NaN Infinity INF - + . --1 1e5.5 1_000 1f 0b1 0o7".split(" "),
];
const WORDS =
  "null true false True TRUE Red Color.Red Kind.One One None0 Neg Max Large.Max Kind.Nope Nope.One $ @".split(" ");
const STRINGS = [
  ...["", " ", "0", "1", "-1", " 1", "1 ", "+1", "1.5", "1e2", "0x10", "0x", "abc", "true", "false", "null", "nan"],
  ...["inf", "-inf", "+inf", "infinity", "300", "9223372036854775808", "18446744073709551615", "-18446744073709551615"],
  ...["a'b", "\\u00e9", "\\x41", "\\v", "\\a", "\\'", "\\ud83d", "\\ude00", "\\ud83d\\u0041", "\\ud83d\\ude00"],
  ...["\\u0000", "é", "\u0001", "a\nb", "Red", "Red Blue", "Red  Blue", " Red", "Red ", "Color.Red", "One", "One Big"],
  ...["Color.Red Color.Blue", "Red Color.Blue", "Kind.Big", "Kind.One Kind.Big", "Max", "Nope.One"],
].map((text) => `"${text}"`);
const OTHERS = [
  ...["'1'", "'x'", `'a"b'`, '"unterminated', "[]", "[1]", "[1,2]", "[1,2,]", "[,1]", "[1,,2]", "[null]", '["a"]'],
  ...['["1","2"]', "[true,false]", "[1.5,2.5]", "[nan,inf]", "[[1]]", "[{}]", '[{"x":1,"y":2}]', "[[1,2]]"],
  ...["[[1,2],[3,4],]", "{}", '{"x":1}', '{"x":1,"y":2}', '{"y":2,"x":1}', "{x:1,y:2}", "{x:1,y:2,}", "[[],{}]"],
  ...['{"x":1,"y":2,"z":3}', '{"x":1,"x":2}', '{"x":null,"y":2}', '{"x":"1","y":"2"}', '{"x":5,"s":"q"}', '{"s":null}'],
  ...['{"b":true,"k":"One","n":[1,2],"v":{"x":1,"y":2},"l":5}', '{"b":1,"k":1,"n":[1,2],"v":[1,2],"l":"5"}'],
  ...[
    '[true,"One",[1,2],[1,2],5]',
    '{"b":true,"k":One,"n":[1],"v":{"x":1,"y":2},"l":5}',
    '{"f":nan}',
    '{"x":rad(180)}',
  ],
  ...[
    "rad(180)",
    "deg(3)",
    "sin(1)",
    "cos(0)",
    "sqrt(2)",
    "atan2(1)",
    "floor(1.5)",
    "sin(cos(1))",
    'sin("1")',
    "sin()",
  ],
  ...["Sin(1)", "1 2", "1,", "/*c*/1", "1//c\n", "1#", "(1)", "- 1", '{"int":1}', '{"t":{"int":1}}', '[{"int":1},{}]'],
  ...['{"a":1,"b":[1,2.5,"s",null,true,{"c":-1}]}', '[1,"a",null]', "[1,2,3]", "[1.5,2]", '["a","b"]', "[true]"],
  ...['[{"x":1},"q"]', '{"a":nan}', '{"a":0x10}', '{"a":foo}', "{a:1}", '{"k":1,"k":2}', '{"":1}'],
];
const VALUES = [...NUMBERS, ...WORDS, ...STRINGS, ...OTHERS];

const schema = parseSchema(FBS);
const flatc = new Flatc();

/** Differences on purpose, as docs/decisions/0010 lists them. */
function isKnown(json: string, theirs: Outcome, mine: Uint8Array | FlatbufferError): boolean {
  const code = mine instanceof FlatbufferError ? mine.code : "";
  if (json === '{"hash_":null}') return theirs.ok && code === "";
  const isOddInteger = json.startsWith('{"flex"') && /[89]\d{18}|\d{20}|0[xX]|-0\}/.test(json);
  if (isOddInteger && theirs.ok && (code === "" || code === "number-out-of-range")) return true;
  return /"(us|u|nested)":|"0x"/.test(json) && isMeant(json, theirs, mine);
}

/** Every text is taken or refused alike, and what is taken makes the same bytes. */
async function expectAgreement(texts: readonly string[], flags: readonly string[], options: object): Promise<number> {
  let taken = 0;
  for (const json of texts) {
    const theirs = await flatc.build(FBS, json, flags);
    const mine = attempt(() => fromJSON(schema, json, options));
    const isRefused = mine instanceof FlatbufferError;
    if (!isRefused) taken++;
    const isSame = isRefused ? !theirs.ok : theirs.ok && Buffer.compare(mine, theirs.bytes) === 0;
    if (!isSame && !isKnown(json, theirs, mine)) {
      const said = isRefused ? mine.message : Buffer.from(mine).toString("hex");
      expect(said, json).toBe(theirs.ok ? Buffer.from(theirs.bytes).toString("hex") : theirs.message);
    }
  }
  return taken;
}

const FLAG_SETS = [
  [[], {}],
  [["--force-defaults"], { forceDefaults: true }],
  [["--json-nested-bytes"], { nestedBytes: true }],
  [["--unknown-json"], { unknownFields: "ignore" }],
  [["--size-prefixed"], { sizePrefixed: true }],
] as const;

describe("fromJSON beside flatc 25.12.19", () => {
  const names = schema.rootTable!.fields.map(({ name }) => name).filter((name) => !/^us?(_type)?$/.test(name));

  it.each(names)(`takes and refuses the same of ${VALUES.length} values for the field %s`, async (name) => {
    const texts = VALUES.map((value) => `{"${name}":${value}}`);
    expect(await expectAgreement(texts, [], {})).toBeGreaterThan(0);
  });

  it.each(['"A"', '"V"', '"Txt"', "9", '"NONE"', "0", "U.A", "7"])("and for a union of type %s", async (type) => {
    const texts = VALUES.flatMap((value) => [`{"u_type":${type},"u":${value}}`, `{"u":${value},"u_type":${type}}`]);
    await expectAgreement(texts, [], {});
  });

  it.each(['["A"]', '["A","Txt"]', "[]", "[1]", '["V"]'])("and for unions of types %s", async (types) => {
    const texts = VALUES.flatMap((value) => [
      `{"us_type":${types},"us":${value}}`,
      `{"us":${value},"us_type":${types}}`,
    ]);
    await expectAgreement(texts, [], {});
  });

  it.each(FLAG_SETS)(
    "and for the root, unknown fields, numbers, nested buffers with flags %j",
    async (flags, options) => {
      const shapes = ["@", "{zz:@,int:1}", '{"nested":@}', '{"t":{"float":@}}'];
      const texts = shapes.flatMap((shape) => VALUES.map((value) => shape.replace("@", () => value)));
      const isMangled = (json: string) => flags[0] === "--size-prefixed" && /"nested":[^n]/.test(json); // decision 10
      await expectAgreement(
        texts.filter((json) => !isMangled(json)),
        flags,
        options,
      );
    },
  );
});
