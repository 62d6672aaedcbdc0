import { describe, expect, it } from "vitest";
import { BaseType, type ObjectDef } from "../../src/index.js";
import { validateStructs } from "../../src/reflection/validate-structs.js";
import { Draft, set } from "../hostile/schemas.js";
import { type Judged, PASSES, verdictOf, verdictOn } from "../support/refusal.js";

function struct(name: string, byteSize: number, minAlign: number): (draft: Draft) => void {
  return (draft) => set(draft.object(name), { byteSize, minAlign });
}

function field(path: string, changes: Partial<ReturnType<Draft["field"]>>): (draft: Draft) => void {
  return (draft) => set(draft.field(path), changes);
}

/** What the rules say to a struct without fields. */
function empty(byteSize: number, minAlign: number): string {
  const draft = new Draft();
  const alone = { ...draft.object("Point"), name: "S", index: 0, byteSize, minAlign, fields: [] };
  return verdictOf(() => validateStructs([alone]));
}

function badAlign(minAlign: number): string {
  return `rule V3: S has the alignment ${minAlign}; it must be 1, 2, 4, 8, 16 or 32`;
}

const layouts: readonly Judged[] = [
  ["a wider alignment", struct("Flags", 32, 16), PASSES],
  ["bytes behind the fields", struct("Flags", 32, 8), PASSES],
  [
    "a size off the alignment",
    struct("Flags", 28, 8),
    "rule V3: Hostile.Flags has 28 bytes, no multiple of its alignment 8",
  ],
  [
    "fields that end behind the struct",
    struct("Flags", 16, 8),
    "rule V3: Hostile.Flags has 16 bytes, but its fields end at 24",
  ],
  [
    "an id out of turn",
    field("Point.y", { id: 2 }),
    "rule V5: Hostile.Point.y has the id 2 where 1 is due: ids must count from 0 without gaps",
  ],
  [
    "a field inside the one before",
    field("Point.y", { offset: 0 }),
    "rule V3: Hostile.Point.y starts at 0, inside the field before it, which ends at 4",
  ],
  [
    "a field a byte too early",
    field("Flags.colors", { offset: 0 }),
    "rule V3: Hostile.Flags.colors starts at 0, inside the field before it, which ends at 1",
  ],
  [
    "a field before the start",
    field("Point.x", { offset: -4 }),
    "rule V3: Hostile.Point.x starts at -4, inside the field before it, which ends at 0",
  ],
  [
    "a field off its alignment",
    field("Point.y", { offset: 12 }),
    "rule V3: Hostile.Point.y starts at 12, no multiple of its alignment 8",
  ],
  [
    "a struct off its alignment",
    field("Flags.at", { offset: 12 }),
    "rule V3: Hostile.Flags.at starts at 12, no multiple of its alignment 8",
  ],
];

describe("the layout of a struct", () => {
  it("has a size of a byte or more", () => {
    expect(empty(1, 1)).toBe(PASSES);
    expect(empty(0, 1)).toBe("rule V3: S is a struct of 0 bytes");
    expect(empty(-8, 8)).toBe("rule V3: S is a struct of -8 bytes");
  });

  it("has an alignment that is a power of two up to 32", () => {
    for (const good of [1, 2, 4, 8, 16, 32]) expect(empty(64, good)).toBe(PASSES);
    for (const bad of [-1, 0, 3, 5, 6, 7, 9, 12, 24, 31, 33, 48, 64]) expect(empty(192, bad)).toBe(badAlign(bad));
  });

  it.each(layouts)("has its fields in order: %s", (_what, damage, verdict) => {
    expect(verdictOn(damage)).toBe(verdict);
  });

  it("is as wide as its widest field", () => {
    expect(verdictOn(struct("Point", 16, 4))).toBe("rule V3: Hostile.Point.y needs the alignment 8; its struct has 4");
    expect(verdictOn(struct("Flags", 24, 4))).toBe("rule V3: Hostile.Flags.at needs the alignment 8; its struct has 4");
  });

  it("counts every element of an array", () => {
    const colors = (fixedLength: number) => verdictOn((d) => set(d.field("Flags.colors").type, { fixedLength }));
    expect(colors(7)).toBe(PASSES);
    expect(colors(8)).toBe("rule V3: Hostile.Flags.at starts at 8, inside the field before it, which ends at 9");
    const points = (fixedLength: number) =>
      verdictOn((d) => set(d.field("Flags.at").type, { baseType: BaseType.Array, element: BaseType.Obj, fixedLength }));
    expect(points(1)).toBe(PASSES);
    expect(points(2)).toBe("rule V3: Hostile.Flags has 24 bytes, but its fields end at 40");
  });

  it("asks nothing of tables", () => {
    expect(verdictOn(struct("Leaf", -1, 0))).toBe(PASSES);
  });
});

/** Structs S0, S1 ... of 16 bytes, each of which holds those whose numbers are given. */
function nested(...held: readonly (readonly number[])[]): ObjectDef[] {
  const draft = new Draft();
  const inner = draft.field("Flags.at");
  return held.map((numbers, index) => ({
    ...draft.object("Point"),
    name: `S${index}`,
    index,
    fields: numbers.map((number, id) => ({
      ...inner,
      name: `f${id}`,
      id,
      offset: 16 * id,
      type: { ...inner.type, index: number },
    })),
  }));
}

/** A chain in which every struct holds the next. */
function chain(length: number): ObjectDef[] {
  return nested(...Array.from({ length }, (_, at) => (at + 1 < length ? [at + 1] : [])));
}

/** What the rules say, but for the sizes, which are all the same. */
function nesting(objects: ObjectDef[]): string {
  const verdict = verdictOf(() => validateStructs(objects));
  return verdict.startsWith("rule V3") ? PASSES : verdict;
}

describe("structs inside one another", () => {
  it.each([
    ["itself", nested([0]), "rule V4: S0 contains itself through S0.f0"],
    ["itself, second", nested([1, 0], []), "rule V4: S0 contains itself through S0.f1"],
    ["one that holds it", nested([1], [0]), "rule V4: S0 contains itself through S1.f0"],
    ["one further in that holds itself", nested([1], [2], [2]), "rule V4: S2 contains itself through S2.f0"],
    ["one behind another", nested([1, 2], [], [0]), "rule V4: S0 contains itself through S2.f0"],
  ])("may not hold %s", (_what, objects, verdict) => {
    expect(nesting(objects)).toBe(verdict);
  });

  it("may not hold themselves in an array", () => {
    const [outer] = nested([0]);
    const held = outer!.fields[0]!;
    const type = { ...held.type, baseType: BaseType.Array, element: BaseType.Obj, fixedLength: 1 };
    expect(nesting([{ ...outer!, fields: [{ ...held, type }] }])).toBe("rule V4: S0 contains itself through S0.f0");
  });

  it("may hold the same one many times", () => {
    expect(nesting(nested([1, 1, 2], [2, 2], []))).toBe(PASSES);
    expect(nesting(nested([2], [2], []))).toBe(PASSES);
  });

  it("end after 64", () => {
    expect(nesting(chain(63))).toBe(PASSES);
    expect(nesting(chain(64))).toBe(PASSES);
    expect(nesting(chain(65))).toBe("rule V4: S0 has structs inside one another more than 64 deep");
  });

  it("end after 64 levels in whatever order their names come", () => {
    const insideOut = (length: number) => nested(...Array.from({ length }, (_, at) => (at > 0 ? [at - 1] : [])));
    expect(nesting(insideOut(64))).toBe(PASSES);
    expect(nesting(insideOut(65))).toBe("rule V4: S64 has structs inside one another more than 64 deep");
    // S0 to S39 from the outside in, S40 to S64 around them from the inside out; one short side branch each.
    const bothWays = (length: number) =>
      nested(
        ...Array.from({ length: 40 }, (_, at) => (at < 39 ? [39, at + 1] : [])),
        ...Array.from({ length: length - 40 }, (_, at) => (at === 0 ? [39, 0] : [39, 39 + at])),
      );
    expect(nesting(bothWays(64))).toBe(PASSES);
    expect(nesting(bothWays(65))).toBe("rule V4: S64 has structs inside one another more than 64 deep");
  });

  it("are not looked for in tables, which may hold themselves", () => {
    const [table] = nested([0]);
    expect(nesting([{ ...table!, isStruct: false }])).toBe(PASSES);
  });
});
