import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/fbs/index.js";
import { compareSchemas } from "../../src/reflection/compare.js";

/** The findings as `code path [breaks]`. */
function changes(base: string, next: string): string[] {
  return compareSchemas(parseSchema(base), parseSchema(next)).map(({ code, path, breaks }) => {
    return `${code} ${path} [${breaks.join(" ")}]`.replace("  ", " ");
  });
}

const BOTH = "old-reader new-reader";
const ALL = `${BOTH} json`;

describe("compareSchemas finds what flatc --conform refuses", () => {
  it.each([
    [
      "a moved field",
      "table T { a: int; b: int; }",
      "table T { b: int; a: int; }",
      [`field-moved T.a [${BOTH}]`, `field-moved T.b [${BOTH}]`],
    ],
    ["another type", "table T { a: int; }", "table T { a: uint; }", [`field-type-changed T.a [${ALL}]`]],
    ["another element", "table T { a: [int]; }", "table T { a: [long]; }", [`field-type-changed T.a [${ALL}]`]],
    ["another default", "table T { a: int = 1; }", "table T { a: int = 2; }", [`field-default-changed T.a [${ALL}]`]],
    [
      "another real default",
      "table T { a: float = 1.5; }",
      "table T { a: float; }",
      [`field-default-changed T.a [${ALL}]`],
    ],
    ["null for 0", "table T { a: int; }", "table T { a: int = null; }", [`field-optional-changed T.a [${ALL}]`]],
    [
      "a default for absence",
      "table T { a: [int]; }",
      "table T { a: [int] = []; }",
      [`field-default-changed T.a [${BOTH}]`],
    ],
    [
      "another string default",
      'table T { a: string = "x"; }',
      'table T { a: string = "y"; }',
      [`field-default-changed T.a [${BOTH}]`],
    ],
    [
      "64-bit offsets",
      "table T { a: [int]; }",
      "table T { a: [int] (offset64); }",
      [`field-offset64-changed T.a [${BOTH}]`],
    ],
    ["a deleted field", "table T { a: int; b: int; }", "table T { a: int; }", ["field-removed T.b [old-reader json]"]],
    [
      "a reused id",
      "table T { a: int; }",
      "table T { b: string; }",
      ["field-removed T.a [old-reader json]", `field-added T.b [${BOTH}]`],
    ],
    ["an enumerator's number", "enum E : byte { A, B }", "enum E : byte { A, B = 5 }", [`value-changed E.B [${ALL}]`]],
    ["an enum's width", "enum E : byte { A }", "enum E : short { A }", [`underlying-type-changed E [${BOTH}]`]],
    ["a struct's field", "struct S { a: int; }", "struct S { a: float; }", [`field-type-changed S.a [${ALL}]`]],
  ])("%s", (_, base, next, expected) => {
    expect(changes(base, next)).toEqual(expected);
  });
});

describe("compareSchemas finds what flatc --conform doesn't", () => {
  it.each([
    [
      "a field that became required",
      "table T { a: string; }",
      "table T { a: string (required); }",
      ["field-required-added T.a [new-reader json]"],
    ],
    [
      "a new required field",
      "table T {}",
      "table T { a: string (required); }",
      ["field-added T.a []", "field-required-added T.a [new-reader json]"],
    ],
    [
      "a field no longer required",
      "table T { a: string (required); }",
      "table T { a: string; }",
      ["field-required-removed T.a [old-reader]"],
    ],
    [
      "a longer array",
      "struct S { a: [int:2]; }",
      "struct S { a: [int:3]; }",
      [`array-length-changed S.a [${ALL}]`, `struct-layout-changed S [${BOTH}]`],
    ],
    [
      "a longer struct",
      "struct S { a: int; }",
      "struct S { a: int; b: int; }",
      [`field-added S.b [${BOTH}]`, `struct-layout-changed S [${BOTH}]`],
    ],
    [
      "a wider alignment",
      "struct S { a: int; }",
      "struct S (force_align: 8) { a: int; }",
      [`struct-layout-changed S [${BOTH}]`],
    ],
    ["a removed enumerator", "enum E : byte { A, B }", "enum E : byte { A }", ["value-removed E.B [new-reader json]"]],
    [
      "a member of another type",
      "table A {} table B {} union U { X: A }",
      "table A {} table B {} union U { X: B }",
      [`member-type-changed U.X [${ALL}]`],
    ],
    [
      "a new identifier",
      'table T {} root_type T; file_identifier "AAAA";',
      'table T {} root_type T; file_identifier "BBBB";',
      [`identifier-changed [${BOTH}]`],
    ],
    [
      "the first identifier",
      "table T {} root_type T;",
      'table T {} root_type T; file_identifier "BBBB";',
      ["identifier-changed [new-reader]"],
    ],
    [
      "another root",
      "table T {} table R {} root_type T;",
      "table T {} table R {} root_type R;",
      [`root-type-changed [${BOTH}]`],
    ],
    ["a new key", "table T { a: int; }", "table T { a: int (key); }", ["field-key-changed T.a [new-reader]"]],
    ["a lost key", "table T { a: int (key); }", "table T { a: int; }", ["field-key-changed T.a [old-reader]"]],
    [
      "another hash",
      'table T { a: int (hash: "fnv1_32"); }',
      'table T { a: int (hash: "fnv1a_32"); }',
      ["field-hash-changed T.a [json]"],
    ],
    [
      "another nested root",
      'table A {} table B {} table T { a: [ubyte] (nested_flatbuffer: "A"); }',
      'table A {} table B {} table T { a: [ubyte] (nested_flatbuffer: "B"); }',
      [`field-nested-changed T.a [${ALL}]`],
    ],
    ["flags", "enum E : ubyte { A = 1, B = 2 }", "enum E : ubyte (bit_flags) { A, B }", ["bit-flags-changed E [json]"]],
    ["a table made a struct", "table T { a: int; }", "struct T { a: int; }", [`kind-changed T [${ALL}]`]],
    [
      "an enum made a union",
      "enum E : byte { A }",
      "table A {} union E { A }",
      [`type-added A []`, `kind-changed E [${ALL}]`],
    ],
    ["an enum made a table", "enum E : byte { A }", "table E {}", [`kind-changed E [${ALL}]`]],
    [
      "a lost method",
      "table T {} rpc_service R { f(T): T; g(T): T; }",
      "table T {} rpc_service R { f(T): T; }",
      [`method-removed R.g [${BOTH}]`],
    ],
    ["a lost service", "table T {} rpc_service R { f(T): T; }", "table T {}", [`service-removed R [${BOTH}]`]],
  ])("%s", (_, base, next, expected) => {
    expect(changes(base, next)).toEqual(expected);
  });
});

describe("compareSchemas tells what breaks nothing, and what only JSON notices", () => {
  it.each([
    ["nothing at all", "table T { a: int; } root_type T;", "table T { a: int; } root_type T;", []],
    ["a new field", "table T { a: int; }", "table T { a: int; b: string; }", ["field-added T.b []"]],
    ["a renamed field", "table T { a: int; }", "table T { b: int; }", ["field-renamed T.a [json]"]],
    [
      "a deprecated field",
      "table T { a: int; }",
      "table T { a: int (deprecated); }",
      ["field-deprecated-changed T.a []"],
    ],
    ["a new enumerator", "enum E : byte { A }", "enum E : byte { A, B }", ["value-added E.B []"]],
    ["a renamed enumerator", "enum E : byte { A, B }", "enum E : byte { A, C }", ["value-renamed E.B [json]"]],
    ["a new member", "table A {} union U { A }", "table A {} union U { A, B: A }", ["value-added U.B []"]],
    ["new and lost types", "table A {}", "table B {}", ["type-removed A []", "type-added B []"]],
    [
      "another way to write a default",
      "table T { a: float = 1.50; b: int = 0x10; }",
      "table T { a: float = 15e-1; b: int = 16; }",
      [],
    ],
    ["another extension", 'table T {} file_extension "a";', 'table T {} file_extension "b";', ["extension-changed []"]],
    [
      "a type in another namespace, whose content is compared",
      "namespace A; table X { a: int; } namespace; table T { x: A.X; }",
      "namespace B; table X { a: long; } namespace; table T { x: B.X; }",
      ["type-removed A.X []", "type-added B.X []", "type-moved T.x []", `field-type-changed A.X.a [${ALL}]`],
    ],
  ])("%s", (_, base, next, expected) => {
    expect(changes(base, next)).toEqual(expected);
  });

  it("calls breaking what breaks readers of buffers, not what breaks JSON alone", () => {
    const [renamed] = compareSchemas(parseSchema("table T { a: int; }"), parseSchema("table T { b: int; }"));
    expect(renamed).toMatchObject({ breaking: false, breaks: ["json"] });
    const [moved] = compareSchemas(parseSchema("table T { a: int; }"), parseSchema("table T { a: long; }"));
    expect(moved).toMatchObject({ breaking: true });
    expect(moved?.message).toBe("'a' was int and is long");
    expect(Object.isFrozen(moved)).toBe(true);
  });
});
