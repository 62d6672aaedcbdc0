import { describe, expect, it } from "vitest";
import { programOf } from "../../src/program/compile.js";
import { FIELD_WORDS } from "../../src/program/program.js";
import { Trail } from "../../src/verify/report.js";
import { hostile } from "../support/fb.js";

const program = programOf(hostile);

/** The program's address of a field of the root. */
function address(name: string): number {
  const object = hostile.rootTable!;
  return program.objectFields[object.index]! + object.fieldsByName.get(name)!.id * FIELD_WORDS;
}

/** The path in words of steps through fields of the root, each with what a walk left as index and tag. */
function path(...steps: readonly (readonly [field: string, index: number, tag: number])[]): string {
  const trail = new Trail();
  for (const [at, [field, index, tag]] of steps.entries()) {
    trail.fields[at + 1] = address(field);
    trail.indexes[at + 1] = index;
    trail.tags[at + 1] = tag;
  }
  return trail.toPath(program, steps.length);
}

describe("a path in words", () => {
  it("is that of the root where no field is known yet", () => {
    expect(path()).toBe("root");
    expect(new Trail().toPath(program, 1)).toBe("root");
    expect(new Trail().toPath(program, 2)).toBe("root");
  });

  it.each(["names", "leaves", "points", "anys"])(
    "has an index behind a vector whose elements may be bad: %s",
    (name) => {
      expect(path([name, 0, 0])).toBe(`root.${name}[0]`);
      expect(path([name, 12, 0])).toBe(`root.${name}[12]`);
      expect(path([name, -1, 0])).toBe(`root.${name}`);
    },
  );

  it.each(["number", "point", "text", "leaf", "bytes", "any", "nested", "flex"])(
    "has no index behind what has no such elements, whatever an earlier field left: %s",
    (name) => {
      expect(path([name, 3, 0])).toBe(`root.${name}`);
    },
  );

  it("has the member's name behind a union, or its number where the schema knows none", () => {
    expect(path(["any", -1, 1])).toBe("root.any<Leaf>");
    expect(path(["any", -1, 9])).toBe("root.any<Text>");
    expect(path(["any", -1, 77])).toBe("root.any<77>");
    expect(path(["anys", 2, 5])).toBe("root.anys[2]<Point>");
    expect(path(["anys", -1, 0])).toBe("root.anys");
    expect(path(["leaf", -1, 1])).toBe("root.leaf");
  });

  it("goes on level by level up to the first that is unknown", () => {
    expect(path(["child", -1, 0], ["children", 4, 0], ["text", -1, 0])).toBe("root.child.children[4].text");
    const trail = new Trail();
    trail.fields[1] = address("child");
    trail.fields[2] = -1;
    trail.fields[3] = address("text");
    expect(trail.toPath(program, 3)).toBe("root.child");
  });
});
