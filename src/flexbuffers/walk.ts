import { type Budget, enter, spend } from "./budget.js";
import * as FlexType from "./flex-type.js";
import { elementTypeOf, isInline, tupleLengthOf, typeOf, widthOf } from "./packed-type.js";
import { TrackedWindow } from "./trail.js";
import {
  exactIntAt,
  exactUintAt,
  type FlexWindow,
  flexError,
  floatAt,
  keyEnd,
  keysWidthAt,
  lengthBefore,
  need,
  rootSlot,
  targetOf,
  uintAt,
} from "./window.js";

/**
 * What a walk tells, value by value, in the order they are stored (maps: in the order of their keys vector).
 * `start` and `end` are positions in the view.
 */
export interface FlexSink {
  null(): void;
  bool(value: boolean): void;
  /** Signed or unsigned; a bigint beyond 2^53. */
  int(value: number | bigint): void;
  float(value: number): void;
  /** A key that stands as a value, without its NUL. */
  key(start: number, end: number): void;
  /** The bytes of a string without its NUL; it may hold NULs. */
  string(start: number, end: number): void;
  blob(start: number, end: number): void;
  /** Vectors, typed vectors and tuples alike. */
  startVector(length: number): void;
  /** Before each value of the vector. */
  element(index: number): void;
  endVector(length: number): void;
  startMap(length: number): void;
  /** Before each value of the map: its key, without the NUL. */
  entry(index: number, keyStart: number, keyEnd: number): void;
  endMap(length: number): void;
}

/**
 * Walks the FlexBuffer in `window` and tells `sink` about every value. Needs no check before: it never reads outside
 * the window, spends `budget`, and stops at damage.
 *
 * Throws `flexbuffer-invalid`, `depth-limit`, `visit-limit` or `apparent-size-limit`. A window that passed
 * `checkFlexBuffer` in either profile, under the same limits, makes it throw nothing.
 */
export function walkFlexBuffer(window: FlexWindow, budget: Budget, sink: FlexSink): void {
  const walk: Walk = { window: new TrackedWindow(window), budget, sink };
  const { packed, pos, slotWidth } = rootSlot(walk.window);
  spend(budget, 1, slotWidth + 2, pos, walk.window);
  walkValue(walk, packed, pos, slotWidth);
}

/** As the element type of a vector whose elements tell their types themselves. */
const UNTYPED = -1;

interface Walk {
  readonly window: TrackedWindow;
  readonly budget: Budget;
  readonly sink: FlexSink;
}

function walkValue(walk: Walk, packed: number, pos: number, slotWidth: number): void {
  const { window, sink } = walk;
  const type = typeOf(packed);
  if (!isInline(type)) {
    walkTarget(walk, type, targetOf(window, pos, slotWidth), widthOf(packed));
    return;
  }
  if (type === FlexType.Int) sink.int(exactIntAt(window, pos, slotWidth));
  else if (type === FlexType.UInt) sink.int(exactUintAt(window, pos, slotWidth));
  else if (type === FlexType.Float) sink.float(floatAt(window, pos, slotWidth));
  else if (type === FlexType.Bool) sink.bool(uintAt(window, pos, slotWidth) !== 0);
  else sink.null();
}

function walkTarget(walk: Walk, type: number, pos: number, width: number): void {
  const { window, sink } = walk;
  if (type === FlexType.Map) walkMap(walk, pos, width);
  else if (type === FlexType.Vector) walkVector(walk, UNTYPED, pos, width, lengthBefore(window, pos, width));
  else if (type === FlexType.String) sink.string(pos, walkBytes(walk, pos, width));
  else if (type === FlexType.Blob) sink.blob(pos, walkBytes(walk, pos, width));
  else if (type === FlexType.Key) sink.key(pos, walkKey(walk, pos));
  else if (type >= FlexType.IndirectInt && type <= FlexType.IndirectFloat) walkIndirect(walk, type, pos, width);
  else {
    const elementType = elementTypeOf(type);
    if (elementType < 0) throw flexError(window, pos, `${type} is no type`);
    walkVector(walk, elementType, pos, width, tupleLengthOf(type) || lengthBefore(window, pos, width));
  }
}

function walkIndirect(walk: Walk, type: number, pos: number, width: number): void {
  const { window, budget, sink } = walk;
  spend(budget, 0, width, pos, window);
  if (type === FlexType.IndirectInt) sink.int(exactIntAt(window, pos, width));
  else if (type === FlexType.IndirectUInt) sink.int(exactUintAt(window, pos, width));
  else sink.float(floatAt(window, pos, width));
}

/** The end of the string or blob at `pos`. */
function walkBytes(walk: Walk, pos: number, width: number): number {
  const { window, budget } = walk;
  const length = lengthBefore(window, pos, width);
  need(window, pos, length);
  spend(budget, 0, width + length, pos, window);
  return pos + length;
}

/** `elementType` UNTYPED: each element has a type byte of its own after the last element. */
function walkVector(walk: Walk, elementType: number, pos: number, width: number, length: number): void {
  const { window, budget, sink } = walk;
  const types = pos + length * width;
  need(window, pos, vectorBytes(length, width, elementType === UNTYPED));
  enter(budget, pos, window);
  spend(budget, length, vectorBytes(length, width, elementType === UNTYPED) + width, pos, window);
  sink.startVector(length);
  for (let index = 0; index < length; index++) {
    sink.element(index);
    window.steps.push(index);
    const packed = elementType === UNTYPED ? window.view.bytes[types + index]! : elementType * 4;
    walkValue(walk, packed, pos + index * width, width);
    window.steps.pop();
  }
  sink.endVector(length);
  budget.depthLeft++;
}

/** As C++ reads it: the keys vector says how many entries there are, and a key without a value has null. */
function walkMap(walk: Walk, pos: number, width: number): void {
  const { window, budget, sink } = walk;
  const valueCount = lengthBefore(window, pos, width);
  const types = pos + valueCount * width;
  need(window, pos, vectorBytes(valueCount, width, true));
  enter(budget, pos, window);
  spend(budget, valueCount, vectorBytes(valueCount, width, true) + 3 * width, pos, window);
  const keys = targetOf(window, pos - 3 * width, width);
  const keysWidth = keysWidthAt(window, pos - 2 * width, width);
  const length = lengthBefore(window, keys, keysWidth);
  need(window, keys, length * keysWidth);
  spend(budget, length, (length + 1) * keysWidth, keys, window);
  sink.startMap(length);
  for (let index = 0; index < length; index++) {
    const key = targetOf(window, keys + index * keysWidth, keysWidth);
    sink.entry(index, key, walkKey(walk, key));
    window.steps.push(-1 - key);
    if (index < valueCount) walkValue(walk, window.view.bytes[types + index]!, pos + index * width, width);
    else sink.null();
    window.steps.pop();
  }
  sink.endMap(length);
  budget.depthLeft++;
}

function walkKey(walk: Walk, pos: number): number {
  const end = keyEnd(walk.window, pos);
  spend(walk.budget, 0, end - pos + 1, pos, walk.window);
  return end;
}

function vectorBytes(length: number, width: number, hasTypes: boolean): number {
  return length * (hasTypes ? width + 1 : width);
}
