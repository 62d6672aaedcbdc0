import type { Schema } from "../../src/index.js";
import { fieldReader } from "../../src/read/field-reader.js";
import { getPath } from "../../src/read/path.js";
import { read } from "../../src/read/read.js";
import type { AnyView } from "../../src/read/value-types.js";

interface W {
  name?: string;
  damage: number;
}
interface M {
  hp: number;
  name?: string;
  id: bigint;
  weapons?: W[];
  pos?: { x: number; y: number };
  inv?: Uint8Array;
  flag: boolean | null;
}
export function f(schema: Schema, bytes: Uint8Array) {
  const m = read<M>(schema, bytes);
  const plain: AnyView = m;
  const hp: number = m.get("hp");
  const w = m.get("weapons")?.at(0);
  const d: number | undefined = w?.get("damage");
  const x: number | undefined = m.get("pos")?.get("x");
  const inv = m.get("inv")?.at(0);
  const r = fieldReader<number>(schema, "M", "hp");
  r(m);
  if (w) r(w);
  const u = read(schema, bytes).get("x");
  // @ts-expect-error no such field
  m.get("hpp");
  const byPath: number | undefined = getPath(m, "weapons[1].damage");
  const deep: number | undefined = getPath(m, "pos.x");
  const parts: unknown = getPath(m, ["pos", "x"]);
  // @ts-expect-error a number is no string
  const wrong: string = getPath(m, "hp");
  const untyped: unknown = getPath(read(schema, bytes), "a.b[0]");
  return [byPath, deep, parts, wrong, untyped, plain, hp, d, x, inv, u] as const;
}
