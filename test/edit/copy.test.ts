import { describe, expect, it } from "vitest";
import { edit, isFlatbufferError, toJSON, toObject, verify } from "../../src/index.js";
import { fixtures } from "../support/fixtures.js";

describe("edit without a change", () => {
  it.each(fixtures())("gives $name back: the same values, verified", ({ schema, data, options }) => {
    let copy: Uint8Array;
    try {
      copy = edit(schema, data, [], options);
    } catch (error) {
      // What a newer writer left is named; everything else comes back.
      if (!isFlatbufferError(error)) throw error;
      expect(["unknown-field", "unknown-union-type"]).toContain(error.code);
      copy = edit(schema, data, [], { ...options, unknownFields: "drop" });
      expect(verify(schema, copy, options)).toMatchObject({ ok: true });
      return;
    }
    expect(verify(schema, copy, options)).toMatchObject({ ok: true });
    for (const defaults of [false, true]) {
      expect(toJSON(schema, copy, { ...options, defaults })).toBe(toJSON(schema, data, { ...options, defaults }));
      const plain = { ...options, defaults };
      expect(toObject(schema, copy, plain)).toEqual(toObject(schema, data, plain));
    }
    expect(copy.length).toBeLessThan(data.length * 1.5 + 64);
  });
});
