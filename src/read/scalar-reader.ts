import * as Kind from "../program/kind.js";
import { integerReader } from "./integer-reader.js";
import { placeIn as importedPlaceIn, sourceIn as importedSourceIn } from "./place-in.js";
import type { Spot } from "./spot.js";
import type { AnyView } from "./value-types.js";
import type { ViewType } from "./view-type.js";

/* Their names here, since the engine looks an import up each time it is used. */
const placeIn = importedPlaceIn;
const sourceIn = importedSourceIn;

/**
 * A reader of its own for each kind: the engine compiles every one of them straight to the one read it makes, where a
 * switch or a shared callback costs as much again as the read (bench, `--only read`).
 */
export function scalarReader(type: ViewType, { kind, slot, inner, absent }: Spot): (view: AnyView) => unknown {
  if (!type.isStruct && typeof absent === "number" && kind <= Kind.UInt) return integerReader(type, kind, slot, absent);
  switch (kind) {
    case Kind.Bool:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 1);
        return pos === 0 ? absent : sourceIn(view, type).data.getUint8(pos) !== 0;
      };
    case Kind.UType:
    case Kind.UByte:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 1);
        return pos === 0 ? absent : sourceIn(view, type).data.getUint8(pos);
      };
    case Kind.Byte:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 1);
        return pos === 0 ? absent : sourceIn(view, type).data.getInt8(pos);
      };
    case Kind.Short:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 2);
        return pos === 0 ? absent : sourceIn(view, type).data.getInt16(pos, true);
      };
    case Kind.UShort:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 2);
        return pos === 0 ? absent : sourceIn(view, type).data.getUint16(pos, true);
      };
    case Kind.Int:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 4);
        return pos === 0 ? absent : sourceIn(view, type).data.getInt32(pos, true);
      };
    case Kind.UInt:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 4);
        return pos === 0 ? absent : sourceIn(view, type).data.getUint32(pos, true);
      };
    case Kind.Long:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 8);
        return pos === 0 ? absent : sourceIn(view, type).data.getBigInt64(pos, true);
      };
    case Kind.ULong:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 8);
        return pos === 0 ? absent : sourceIn(view, type).data.getBigUint64(pos, true);
      };
    case Kind.Float:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 4);
        return pos === 0 ? absent : sourceIn(view, type).data.getFloat32(pos, true);
      };
    default:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 8);
        return pos === 0 ? absent : sourceIn(view, type).data.getFloat64(pos, true);
      };
  }
}
