import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/index.js";
import { words } from "../support/fb.js";
import { verdict } from "./verdict.js";

const schema = parseSchema(`
  enum Tone : ubyte { Low } struct Point { x: ubyte; y: int; }
  table Root { late: bool; tone: Tone (deprecated); bools: [bool] (deprecated); points: [Point] (deprecated);
    next: Root (deprecated); flex: [ubyte] (flexbuffer, deprecated); } root_type Root;`);

/** A root whose bool is 2, with something deprecated that nothing verified: the field with this id, at `entry`. */
function forged(id: number, entry: number, ...rest: number[]): Uint8Array {
  const entries = Array.from({ length: id + 1 }, (_, at) => (at === id ? entry : at === 0 ? 8 : 0));
  const out = words().to("root").label("vtable");
  out.u16(4 + 2 * entries.length, 12, ...entries).align(4);
  return out
    .table("root")
    .u32(8, 2, ...rest)
    .build();
}

describe("a lint by the native profile leaves alone what that doesn't verify", () => {
  it.each([
    ["an enum far beyond the end", forged(1, 60_000)],
    ["a vector of a million bools that aren't there", forged(2, 4, 1_000_000)],
    ["a vector of structs that aren't there", forged(3, 4, 1000)],
    ["a table that is no table", forged(4, 4, 7)],
    ["FlexBuffers that are none", forged(5, 4, 3, 0xffffffff)],
  ])("%s", (_, bytes) => {
    const late = `bool-not-0-or-1 root.late ${new DataView(bytes.buffer).getUint32(0, true) + 8}`;
    expect(verdict(schema, bytes, { profile: "native", lint: true })).toEqual([late]);
  });
});
