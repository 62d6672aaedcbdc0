import { describe, expect, it } from "vitest";
import { FlexBuilder } from "../../src/flexbuffers/builder.js";
import { bytesOf, codeOf, eventsOf } from "./events.js";

const rows: [what: string, hex: string, events: string][] = [
  ["null", "00 00 01", "null"],
  ["a signed byte", "ff 04 01", "-1"],
  ["a signed short", "feff 05 02", "-2"],
  ["a signed int", "00000080 06 04", "-2147483648"],
  ["a signed long that a number holds", "ffffffffffff1f00 07 08", "9007199254740991"],
  ["a signed long that no number holds", "0000000000002000 07 08", "9007199254740992n"],
  ["the least long that a number holds", "010000000000e0ff 07 08", "-9007199254740991"],
  ["the least long", "0000000000000080 07 08", "-9223372036854775808n"],
  ["an unsigned byte", "ff 08 01", "255"],
  ["an unsigned short", "ffff 09 02", "65535"],
  ["an unsigned int", "ffffffff 0a 04", "4294967295"],
  ["an unsigned long", "ffffffffffffffff 0b 08", "18446744073709551615n"],
  ["an unsigned long that no number holds", "0000000000002000 0b 08", "9007199254740992n"],
  ["an unsigned long that a number would round", "0100000000002000 0b 08", "9007199254740993n"],
  ["a float", "0000c03f 0e 04", "float 1.5"],
  ["a negative zero", "00000080 0e 04", "float -0"],
  ["a double", "9a9999999999b93f 0f 08", "float 0.1"],
  ["a float of 2 bytes as C++ does", "feff 0d 02", "float -2"],
  ["a float of 1 byte as C++ does", "80 0c 01", "float -128"],
  ["a bool of 2 bytes", "0001 69 02", "true"],
  ["a bool that is 0", "00 68 01", "false"],
  ["a long out of line", "0000000000000080 | 08 1b 01", "-9223372036854775808n"],
  ["an unsigned short out of line", "ffff | 02 1d 01", "65535"],
  ["a double out of line", "9a9999999999b93f | 08 23 01", "float 0.1"],
  ["a key", "616200 | 03 10 01", "key ab"],
  ["a string with a NUL", "03 610062 00 | 04 14 01", "string a\0b"],
  ["a string with a length of 2 bytes", "0100 61 00 | 02 15 01", "string a"],
  ["a blob", "02 00ff | 02 64 01", "blob \0\xff"],
  ["a vector", "02 01 05 04 68 | 04 28 01", "[2 #0 1 #1 true ]2"],
  ["a vector of ints", "02 01ff | 02 2c 01", "[2 #0 1 #1 -1 ]2"],
  ["a vector of unsigned", "02 01ff | 02 30 01", "[2 #0 1 #1 255 ]2"],
  ["a vector of floats", "01000000 0000c03f | 04 36 01", "[1 #0 float 1.5 ]1"],
  ["a vector of bools", "03 010002 | 03 90 01", "[3 #0 true #1 false #2 true ]3"],
  ["a vector of keys", "61006200 02 0504 | 02 38 01", "[2 #0 key a #1 key b ]2"],
  ["strings of early versions as keys", "016100 01 03 | 01 3c 01", "[1 #0 key a ]1"],
  ["an int pair", "01ff | 02 40 01", "[2 #0 1 #1 -1 ]2"],
  ["an unsigned pair", "01ff | 02 44 01", "[2 #0 1 #1 255 ]2"],
  ["a float pair", "0000c03f 0000803f | 08 4a 01", "[2 #0 float 1.5 #1 float 1 ]2"],
  ["an int triple", "0102ff | 03 4c 01", "[3 #0 1 #1 2 #2 -1 ]3"],
  ["an unsigned triple", "0102ff | 03 50 01", "[3 #0 1 #1 2 #2 255 ]3"],
  ["a float triple", "000000000000c03f0000803f | 0c 56 01", "[3 #0 float 0 #1 float 1.5 #2 float 1 ]3"],
  ["an int quad", "010203ff | 04 58 01", "[4 #0 1 #1 2 #2 3 #3 -1 ]4"],
  ["an unsigned quad", "010203ff | 04 5c 01", "[4 #0 1 #1 2 #2 3 #3 255 ]4"],
  ["a float quad", "0000803f0000803f0000803f0000803f | 10 62 01", "[4 #0 float 1 #1 float 1 #2 float 1 #3 float 1 ]4"],
  ["a map", "6100620002 0504 | 020102 0102 0468 | 04 24 01", "{2 .0 a 1 .1 b true }2"],
  ["a map with keys wider than itself", "6100 0100 0400 | 020201 01 04 | 02 24 01", "{1 .0 a 1 }1"],
  ["a map with fewer values than keys", "6100 020304 | 020101 07 04 04 | 03 24 01", "{2 .0 a 7 .1 a null }2"],
  ["a map with fewer keys than values", "6100 0003 | 010101 01 04 | 02 24 01", "{0 }0"],
];

describe("walkFlexBuffer", () => {
  it.each(rows)("tells %s", (_what, hex, events) => {
    expect(eventsOf(bytesOf(hex)).join(" ")).toBe(events);
  });

  it("tells what is nested, in stored order", () => {
    const builder = new FlexBuilder();
    builder.startVector();
    builder.startMap();
    builder.key("z");
    builder.startVector();
    builder.endVector();
    builder.key("");
    builder.null();
    builder.endMap();
    builder.string("é");
    builder.endVector();
    expect(eventsOf(builder.finish()).join(" ")).toBe("[2 #0 {2 .0  null .1 z [0 ]0 }2 #1 string Ã© ]2");
  });

  it("says the same wherever in a buffer the window lies", () => {
    for (const [, hex, events] of rows) {
      const inner = bytesOf(hex);
      for (let start = 0; start < 9; start++) {
        const outer = new Uint8Array(start + inner.length + 8).fill(0xa5);
        outer.set(inner, start);
        expect(eventsOf(outer, start, start + inner.length).join(" ")).toBe(events);
      }
    }
  });

  it("sees that a map has more keys than there are bytes before it counts them", () => {
    const map = "04000000 04000000 01000000 01000000 06 | 05 26 01";
    expect(eventsOf(bytesOf(`61000000 01000000 08000000 | ${map}`)).join(" ")).toBe("{1 .0 a 1 }1");
    expect(codeOf(() => eventsOf(bytesOf(`61000000 ffffff7f 08000000 | ${map}`)))).toBe("flexbuffer-invalid");
  });

  it.each([27, 35, 37, 63])("stops at type %i", (type) => {
    expect(codeOf(() => eventsOf(Uint8Array.of(0, 1, type * 4, 1)))).toBe("flexbuffer-invalid");
  });
});
