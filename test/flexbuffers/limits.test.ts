import { describe, expect, it } from "vitest";
import type { Budget } from "../../src/flexbuffers/budget.js";
import { FlexBuilder } from "../../src/flexbuffers/builder.js";
import { checkFlexBuffer } from "../../src/flexbuffers/check.js";
import { flexToValue } from "../../src/flexbuffers/value.js";
import { View } from "../../src/wire/view.js";
import { budgetFor, codeOf, eventsOf } from "./events.js";

const FANOUT = 64;
const VECTOR4 = 0x2a;
const MAP4 = 0x26;
const STRING4 = 0x16;
const BLOB4 = 0x66;
const INTS4 = 0x2e;
const KEY = 0x10;

describe("depth", () => {
  const nested = (levels: number, end: (builder: FlexBuilder) => void) => {
    const builder = new FlexBuilder();
    for (let level = 0; level < levels; level++) builder.startVector();
    end(builder);
    for (let level = 0; level < levels; level++) builder.endVector();
    return builder.finish();
  };

  it.each([
    ["a number", (builder: FlexBuilder) => builder.int(1)],
    ["a string", (builder: FlexBuilder) => builder.string("a")],
  ])("counts vectors, and not %s in them", (_what, end) => {
    expect(check(nested(64, end))).toBe(64);
    expect(() => check(nested(65, end))).toThrow(expect.objectContaining({ code: "depth-limit", limit: 64 }));
    expect(codeOf(() => eventsOf(nested(64, end)))).toBe("ok");
    expect(codeOf(() => eventsOf(nested(65, end)))).toBe("depth-limit");
    expect(check(nested(65, end), { ...budgetFor(100), depthLeft: 65 })).toBe(65);
  });

  it("counts maps, typed vectors and tuples, and not the keys of a map", () => {
    const bytes = nested(63, (builder) => {
      builder.startMap();
      builder.key("a");
      builder.int(1);
      builder.endMap();
    });
    expect(check(bytes)).toBe(64);
    for (const kind of ["typed", "tuple"] as const) {
      const end = (builder: FlexBuilder) => {
        builder.startVector();
        builder.int(1);
        builder.int(2);
        builder.endVector(kind);
      };
      expect(check(nested(63, end))).toBe(64);
      expect(codeOf(() => check(nested(64, end)))).toBe("depth-limit");
      expect(codeOf(() => eventsOf(nested(64, end)))).toBe("depth-limit");
    }
  });

  it("goes on in a budget that the buffer around has used already, and leaves it as deep as it was", () => {
    const bytes = nested(10, (builder) => builder.int(1));
    const budget = { ...budgetFor(100), depthLeft: 10 };
    check(bytes, budget);
    expect(budget.depthLeft).toBe(10);
    expect(codeOf(() => check(bytes, { ...budgetFor(100), depthLeft: 9 }))).toBe("depth-limit");
  });

  it("bears the deepest that can be asked for", () => {
    const bytes = nested(1000, (builder) => builder.int(1));
    expect(check(bytes, budgetFor(bytes.length, { maxDepth: 1000 }))).toBe(1000);
    expect(eventsOf(bytes, 0, bytes.length, budgetFor(bytes.length, { maxDepth: 1000 })).length).toBe(3001);
  });
});

describe("sharing", () => {
  it("that multiplies is refused by the check and by the walk", () => {
    const bomb = fanOut(8);
    expect(codeOf(() => check(bomb))).toBe("visit-limit");
    expect(codeOf(() => eventsOf(bomb))).toBe("visit-limit");
    expect(codeOf(() => flexToValue(View.on(bomb), 0, bomb.length))).toBe("visit-limit");
  });

  it("costs the check no time: 64^6 values are counted to the last one, and looked at once", () => {
    const bytes = fanOut(6);
    const budget = budgetFor(bytes.length, { maxVisits: 1e15, maxApparentBytes: 1e15 });
    expect(check(bytes, budget)).toBe(6);
    let visits = 1;
    for (let level = 1; level <= 6; level++) visits += FANOUT ** level;
    expect(1e15 - budget.visitsLeft).toBe(visits);
  });

  it("of one large string, blob or key is refused by its apparent size", () => {
    for (const type of [STRING4, BLOB4, KEY]) {
      const bytes = sharedBytes(type, 1 << 20, 8192);
      expect(
        codeOf(() => check(bytes)),
        String(type),
      ).toBe("apparent-size-limit");
      expect(codeOf(() => flexToValue(View.on(bytes), 0, bytes.length, { limits: { maxApparentBytes: 1e7 } }))).toBe(
        "apparent-size-limit",
      );
    }
  });

  it("of one short string by a million elements is accepted", () => {
    const bytes = sharedBytes(STRING4, 100, 1_000_000);
    expect(check(bytes)).toBe(1);
  });

  it("of one vector of numbers is refused by the number of values", () => {
    const bytes = sharedBytes(INTS4, 1 << 20, 4096);
    expect(codeOf(() => check(bytes))).toBe("visit-limit");
    const limits = { maxVisits: 1e6 };
    expect(codeOf(() => flexToValue(View.on(bytes), 0, bytes.length, { limits }))).toBe("visit-limit");
  });

  it("of a keys vector by many maps pays for the keys each time", () => {
    const bytes = fanOutOfKeys(5);
    expect(codeOf(() => check(bytes))).toBe("visit-limit");
  });

  it("deeper than before still counts the depth below it", () => {
    // The tower is shared often enough to be remembered, then stands once more at the end of a chain.
    const { bytes, tower, chain } = towerAndChain(10, 20);
    expect(check(bytes, budgetFor(bytes.length, { maxDepth: tower + chain }))).toBe(tower + chain);
    expect(codeOf(() => check(bytes, budgetFor(bytes.length, { maxDepth: tower + chain - 1 })))).toBe("depth-limit");
  });
});

describe("what the check lets pass", () => {
  it("is walked within exactly the budget that the check used", () => {
    const all = [fanOut(3), sharedBytes(STRING4, 50, 500), towerAndChain(5, 5).bytes, fanOutOfKeys(0), fanOutOfKeys(1)];
    for (const bytes of all) {
      const used = budgetFor(bytes.length, { maxVisits: 1e15, maxApparentBytes: 1e15 });
      const height = check(bytes, used);
      const exact: Budget = {
        limits: used.limits,
        depthLeft: height,
        visitsLeft: 1e15 - used.visitsLeft,
        bytesLeft: 1e15 - used.bytesLeft,
      };
      expect(codeOf(() => eventsOf(bytes, 0, bytes.length, { ...exact }))).toBe("ok");
      expect(codeOf(() => eventsOf(bytes, 0, bytes.length, { ...exact, depthLeft: height - 1 }))).toBe("depth-limit");
      expect(codeOf(() => check(bytes, { ...exact, visitsLeft: exact.visitsLeft - 1 }))).toBe("visit-limit");
      expect(codeOf(() => check(bytes, { ...exact, bytesLeft: exact.bytesLeft - 1 }))).toBe("apparent-size-limit");
    }
  });
});

function check(bytes: Uint8Array, budget = budgetFor(bytes.length)): number {
  return checkFlexBuffer({ view: View.on(bytes), start: 0, end: bytes.length }, budget);
}

/** Bytes written front to back, all in words of 4. */
class Words {
  readonly bytes: Uint8Array;
  readonly data: DataView;
  pos = 0;

  constructor(byteLength: number) {
    this.bytes = new Uint8Array(byteLength);
    this.data = new DataView(this.bytes.buffer);
  }

  word(value: number): this {
    this.data.setUint32(this.pos, value, true);
    this.pos += 4;
    return this;
  }

  /** An untyped vector of `count` offsets to `target`, each of type `packed`; its position. */
  vector(count: number, target: number, packed: number): number {
    this.word(count);
    const start = this.pos;
    for (let index = 0; index < count; index++) this.word(this.pos - target);
    this.bytes.fill(packed, this.pos, this.pos + count);
    this.pos += count + ((4 - (count % 4)) % 4);
    return start;
  }

  /** The bytes up to here with a root that leads to `target`. */
  root(target: number, packed: number): Uint8Array {
    this.word(this.pos - target);
    this.bytes[this.pos++] = packed;
    this.bytes[this.pos++] = 4;
    return this.bytes.slice(0, this.pos);
  }
}

/** `levels` vectors, each of 64 offsets to the one before; the innermost holds 64 numbers. */
function fanOut(levels: number): Uint8Array {
  const words = new Words(levels * 400 + 100);
  let target = words.word(FANOUT).pos;
  words.pos += FANOUT * 4;
  words.bytes.fill(0x06, words.pos, words.pos + FANOUT);
  words.pos += FANOUT;
  for (let level = 1; level < levels; level++) target = words.vector(FANOUT, target, VECTOR4);
  return words.root(target, VECTOR4);
}

/** As `fanOut`, but innermost are two maps, each shown 64 times, that share one keys vector. */
function fanOutOfKeys(levels: number): Uint8Array {
  const words = new Words(levels * 400 + 3000);
  words.word(0x61);
  words.word(FANOUT);
  const keys = words.pos;
  for (let index = 0; index < FANOUT; index++) words.word(words.pos);
  const maps = [0, 1].map(() => {
    words
      .word(words.pos - keys)
      .word(4)
      .word(FANOUT);
    words.pos += FANOUT * 5;
    return words.pos - FANOUT * 5;
  });
  const [left, right] = maps.map((map) => words.vector(FANOUT, map, MAP4));
  words.word(2);
  let target = words.pos;
  words.word(words.pos - left!).word(words.pos - right!);
  words.bytes.fill(VECTOR4, words.pos, words.pos + 2);
  words.pos += 4;
  for (let level = 0; level < levels; level++) target = words.vector(FANOUT, target, VECTOR4);
  return words.root(target, VECTOR4);
}

/** A vector of `count` offsets to the same `byteLength` bytes, which are a string, a blob, a key or 4-byte numbers. */
function sharedBytes(packed: number, byteLength: number, count: number): Uint8Array {
  const words = new Words(byteLength + count * 5 + 100);
  words.word(packed === INTS4 ? byteLength / 4 : byteLength);
  const target = words.pos;
  words.bytes.fill(0x61, target, target + byteLength);
  words.pos += byteLength + 4 - (byteLength % 4);
  return words.root(words.vector(count, target, packed), VECTOR4);
}

function towerAndChain(tower: number, chain: number): { bytes: Uint8Array; tower: number; chain: number } {
  const words = new Words(10_000);
  let top = words.vector(0, 0, 0);
  for (let level = 1; level < tower; level++) top = words.vector(1, top, VECTOR4);
  let chained = words.vector(100, top, VECTOR4);
  // One more vector that has the hundred first, so that the memo knows the tower when the chain gets there.
  let link = top;
  for (let level = 2; level < chain; level++) link = words.vector(1, link, VECTOR4);
  words.word(2);
  const root = words.pos;
  words.word(words.pos - chained).word(words.pos - link);
  words.bytes.fill(VECTOR4, words.pos, words.pos + 2);
  words.pos += 4;
  chained = words.vector(1, root, VECTOR4);
  return { bytes: words.root(chained, VECTOR4), tower, chain };
}
