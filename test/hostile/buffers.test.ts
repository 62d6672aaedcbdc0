import { describe, expect, it } from "vitest";
import { FlatbufferError, read, verify } from "../../src/index.js";
import { hostile } from "../support/fb.js";
import { hostileBuffers } from "./buffers.js";

describe("a hostile buffer fails for one reason, and its honest twin passes", () => {
  for (const { code, what, make, path, at, options = {}, native } of hostileBuffers) {
    it(`${code}: ${what}`, () => {
      const bad = make(true);
      const result = verify(hostile, bad.build(), options);
      if (result.ok) throw new Error("accepted");
      const [issue] = result.issues;
      expect({ code: issue?.code, path: issue?.path }).toEqual({ code, path });
      if (at !== undefined) expect(issue?.offset).toBe(bad.at(at));

      expect(verify(hostile, make(false).build(), options)).toMatchObject({ ok: true });
      expect(verify(hostile, bad.build(), { ...options, profile: "native" }).ok).toBe(native === "accept");
      expect(() => read(hostile, bad.build(), options)).toThrow(FlatbufferError);
    });
  }
});
