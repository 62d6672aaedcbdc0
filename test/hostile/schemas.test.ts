import { describe, expect, it } from "vitest";
import { loadSchema, toJSON } from "../../src/index.js";
import { saveSchema } from "../../src/reflection/save.js";
import { honest, hostile } from "../support/fb.js";
import { Draft, hostileSchemas } from "./schemas.js";

describe("a hostile schema is refused by the rule it breaks, and only by that", () => {
  it("passes undamaged", () => {
    const schema = loadSchema(new Draft().save());
    expect(schema.objectList.map(({ name }) => name)).toEqual(hostile.objectList.map(({ name }) => name));
    expect(toJSON(schema, honest)).toBe(toJSON(hostile, honest));
  });

  it.each(hostileSchemas)("$rule: $what", ({ rule, damage }) => {
    const draft = new Draft();
    damage(draft);
    expect(() => loadSchema(draft.save())).toThrow(
      expect.objectContaining({ code: "invalid-schema", message: expect.stringMatching(new RegExp(`^rule ${rule}:`)) }),
    );
  });

  it("V4: a chain of structs too deep to walk", () => {
    const draft = new Draft();
    const point = draft.object("Point");
    const depth = 70;
    const chain = Array.from({ length: depth }, (_, level) => ({
      ...point,
      name: `Hostile.Z${String(level).padStart(3, "0")}`,
      index: draft.objects.length + level,
      fields: [
        {
          ...draft.field("Flags.at"),
          id: 0,
          offset: 0,
          padding: 0,
          type: {
            ...draft.field("Flags.at").type,
            index: level + 1 < depth ? draft.objects.length + level + 1 : point.index,
          },
        },
      ],
    }));
    draft.objects.push(...chain);
    expect(() => loadSchema(draft.save())).toThrow(
      expect.objectContaining({ message: expect.stringContaining("rule V4") }),
    );
  });

  it("V5: a table of more fields than a vtable can hold", () => {
    const draft = new Draft();
    const entry = draft.object("Entry");
    entry.fields = Array.from({ length: 32_766 }, (_, id) => ({
      ...draft.field("Root.number"),
      name: `f${id}`,
      id,
      offset: (4 + 2 * id) % 65_536,
    }));
    expect(() => loadSchema(draft.save())).toThrow(
      expect.objectContaining({ message: expect.stringContaining("rule V5") }),
    );
  });

  it("V10: sizes that a schema claims are computed, not believed", () => {
    const bytes = saveSchema(hostile, { comments: false, isSaved: () => true });
    expect(loadSchema(bytes).object("Hostile.Flags")?.byteSize).toBe(24);
  });

  it("V14: more objects than an index can tell", () => {
    const draft = new Draft();
    const leaf = draft.object("Leaf");
    for (let index = draft.objects.length; index < 65_536; index++) {
      draft.objects.push({ ...leaf, name: `Hostile.Z${String(index).padStart(6, "0")}`, index, fields: [] });
    }
    expect(() => loadSchema(draft.save())).toThrow(
      expect.objectContaining({ message: expect.stringContaining("rule V14") }),
    );
  });

  it("sorts what a writer left unsorted, and every index follows", () => {
    const draft = new Draft();
    draft.object("Leaf").name = "Hostile.ZLeaf";
    draft.enum("Any").name = "Hostile.ZAny";
    const schema = loadSchema(draft.save());
    expect(schema.objectList.map(({ name }) => name)).toEqual(schema.objectList.map(({ name }) => name).sort());
    expect(schema.objectList.map(({ index }) => index)).toEqual(schema.objectList.map((_, index) => index));
    expect(toJSON(schema, honest)).toBe(toJSON(hostile, honest));
  });
});
