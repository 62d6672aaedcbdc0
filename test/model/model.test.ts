import { describe, expect, it } from "vitest";
import {
  BaseType,
  baseTypeName,
  isFloat,
  isInteger,
  isScalar,
  scalarInfo,
  scalarSize,
} from "../../src/model/base-type.js";
import { namespaceOf, resolveName } from "../../src/model/resolve-name.js";

describe("a name as a schema writes it", () => {
  const types = new Map(["A", "N.A", "N.M.B", "M.B", "N.M.M.C"].map((name) => [name, name]));

  it.each([
    ["N.M", "B", "N.M.B"],
    ["N.M", "A", "N.A"],
    ["", "A", "A"],
    ["X.Y", "A", "A"],
    ["N.M", "M.B", "N.M.B"],
    ["N.M", "M.C", "N.M.M.C"],
    ["N", "M.B", "N.M.B"],
    ["", "M.B", "M.B"],
    ["N.M", "N.M.B", "N.M.B"],
    ["N", "B", undefined],
    ["N.M", "__proto__", undefined],
  ])("in namespace '%s', %s is %s", (namespace, name, found) => {
    expect(resolveName(types, namespace, name)).toBe(found);
  });

  it("has a namespace before its last dot", () => {
    expect([namespaceOf("A"), namespaceOf("N.A"), namespaceOf("N.M.A")]).toEqual(["", "N", "N.M"]);
  });
});

describe("the table of scalars", () => {
  it("tells size, sign and range", () => {
    expect(scalarInfo(BaseType.Byte)).toMatchObject({ name: "byte", size: 1, isSigned: true, min: -128n, max: 127n });
    expect(scalarInfo(BaseType.ULong)).toMatchObject({ size: 8, isSigned: false, min: 0n, max: 2n ** 64n - 1n });
    expect(scalarInfo(BaseType.Int)).toMatchObject({ min: -(2n ** 31n), max: 2n ** 31n - 1n });
    expect(scalarInfo(BaseType.Float)).toMatchObject({ size: 4, isInteger: false });
    expect(scalarInfo(BaseType.String)).toBeUndefined();
    expect([scalarSize(BaseType.Double), scalarSize(BaseType.Obj)]).toEqual([8, 0]);
  });

  it("sorts base types into kinds", () => {
    const all = Object.values(BaseType);
    expect(all.filter(isScalar)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(all.filter(isInteger)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(all.filter(isFloat)).toEqual([11, 12]);
    expect([baseTypeName(BaseType.Long), baseTypeName(BaseType.Vector64), baseTypeName(77 as BaseType)]).toEqual([
      "long",
      "vector64",
      "base type 77",
    ]);
  });
});
