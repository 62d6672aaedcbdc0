import { FlatbufferError } from "../wire/error.js";
import type { VerifyProfile } from "../wire/options.js";
import { findInvalidUtf8 } from "../wire/utf8.js";
import { type Budget, enter, needDepth, spend } from "./budget.js";
import * as FlexType from "./flex-type.js";
import { createMemo, type Memo, recall, remember } from "./memo.js";
import { elementTypeOf, isInline, packType, tupleLengthOf, typeOf, widthOf } from "./packed-type.js";
import { TrackedWindow } from "./trail.js";
import { type FlexWindow, flexError, keyEnd, keysWidthAt, lengthBefore, need, rootSlot, targetOf } from "./window.js";

/** Options of `checkFlexBuffer`. */
export interface CheckFlexOptions {
  /**
   * `'native'` accepts what the C++ FlexBuffers verifier accepts; `'strict'` also wants every string's NUL, as many
   * keys as values, floats of 4 or 8 bytes, exact key widths, aligned keys vectors, and that everything ends before
   * the offset that leads to it. Whatever a FlexBuffers builder writes passes both. Default `'strict'`.
   */
  readonly profile?: VerifyProfile | undefined;
  /** Whether strings and keys must be UTF-8. Default true in `'strict'`, false in `'native'`. */
  readonly utf8?: boolean | undefined;
}

/**
 * Checks every offset, length, type and key of the FlexBuffer in `window`, and pays for it from `budget` as
 * `walkFlexBuffer` will. Shared parts cost their full price each time, yet are looked at once. Returns how many levels
 * of vectors and maps there are; 0 for a scalar.
 *
 * Gives how many levels of vectors and maps there are. Throws `flexbuffer-invalid` or `invalid-utf8` with the position
 * and the place in the data, or a limit's error.
 */
export function checkFlexBuffer(window: FlexWindow, budget: Budget, options: CheckFlexOptions = {}): number {
  const strict = options.profile !== "native";
  const check: Check = {
    window: new TrackedWindow(window),
    budget,
    strict,
    utf8: options.utf8 ?? strict,
    memo: undefined,
    bytesBefore: budget.bytesLeft,
  };
  const { packed, pos, slotWidth } = rootSlot(check.window);
  spend(budget, 1, slotWidth + 2, pos, check.window);
  return checkValue(check, packed, pos, slotWidth);
}

interface Check {
  readonly window: TrackedWindow;
  readonly budget: Budget;
  readonly strict: boolean;
  readonly utf8: boolean;
  memo: Memo | undefined;
  readonly bytesBefore: number;
}

/** Returns the levels of vectors and maps in the value, as all below do that return a number. */
function checkValue(check: Check, packed: number, pos: number, slotWidth: number): number {
  const type = typeOf(packed);
  if (isInline(type)) {
    if (type === FlexType.Float) needFloatWidth(check, pos, slotWidth);
    return 0;
  }
  const { window } = check;
  const width = widthOf(packed);
  const target = targetOf(window, pos, slotWidth);
  needAligned(check, pos, target, width);
  if (type === FlexType.Map || type === FlexType.Vector) return checkContainer(check, packed, target, pos);
  if (elementTypeOf(type) >= 0) return checkTypedVector(check, packed, target, pos);
  if (type === FlexType.String || type === FlexType.Blob) checkBytes(check, packed, target, pos);
  else if (type === FlexType.Key) checkKey(check, target, pos);
  else if (type >= FlexType.IndirectInt && type <= FlexType.IndirectFloat) checkIndirect(check, packed, target, pos);
  else throw flexError(window, pos, `${type} is no type`);
  return 0;
}

/** A map or an untyped vector. With a memo, each is looked into once. `slot` is where the offset to it stands. */
function checkContainer(check: Check, packed: number, pos: number, slot: number): number {
  const { window, budget } = check;
  const width = widthOf(packed);
  const length = lengthBefore(window, pos, width);
  needRange(check, pos, length * (width + 1), slot);
  const memo = memoOf(check);
  const known = memo === undefined ? -1 : recall(memo, packed, pos);
  if (known >= 0) {
    needDepth(budget, memo!.heights[known]!, pos, window);
    spend(budget, memo!.visits[known]!, memo!.byteLengths[known]!, pos, window);
    return memo!.heights[known]!;
  }
  const { visitsLeft, bytesLeft } = budget;
  enter(budget, pos, window);
  spend(budget, length, length * (width + 1) + width, pos, window);
  const keys = typeOf(packed) === FlexType.Map ? checkKeysOf(check, pos, width, length) : NO_KEYS;
  const height = 1 + checkElements(check, pos, width, length, keys);
  budget.depthLeft++;
  if (memo !== undefined) {
    const visits = visitsLeft - budget.visitsLeft;
    remember(memo, packed, pos, { visits, byteLength: bytesLeft - budget.bytesLeft, height });
  }
  return height;
}

function checkElements(check: Check, pos: number, width: number, length: number, keys: Keys): number {
  const { window } = check;
  const types = pos + length * width;
  let highest = 0;
  for (let index = 0; index < length; index++) {
    const isNamed = index < keys.count;
    window.steps.push(isNamed ? -1 - targetOf(window, keys.pos + index * keys.width, keys.width) : index);
    const height = checkValue(check, window.view.bytes[types + index]!, pos + index * width, width);
    if (height > highest) highest = height;
    window.steps.pop();
  }
  return highest;
}

/** Where the keys of a map are. */
interface Keys {
  readonly pos: number;
  readonly width: number;
  readonly count: number;
}

const NO_KEYS: Keys = { pos: 0, width: 1, count: 0 };

function checkKeysOf(check: Check, mapPos: number, mapWidth: number, length: number): Keys {
  const { window, strict } = check;
  const slot = mapPos - 3 * mapWidth;
  const pos = targetOf(window, slot, mapWidth);
  const width = keysWidthAt(window, slot + mapWidth, mapWidth, strict);
  const count = lengthBefore(window, pos, width);
  needRange(check, pos, count * width, slot);
  if (strict && count !== length) throw flexError(window, mapPos, `a map has ${count} keys and ${length} values`);
  if (strict) needAligned(check, slot, pos, width);
  spend(check.budget, 0, 2 * mapWidth, slot, window);
  checkKeys(check, pos, width, count);
  return { pos, width, count };
}

/** The keys vector at `pos`, whose range is known to be good. */
function checkKeys(check: Check, pos: number, width: number, count: number): void {
  const { window, budget } = check;
  const memo = memoOf(check);
  const packed = packType(FlexType.VectorKey, width);
  const known = memo === undefined ? -1 : recall(memo, packed, pos);
  if (known >= 0) {
    spend(budget, memo!.visits[known]!, memo!.byteLengths[known]!, pos, window);
    return;
  }
  const { bytesLeft } = budget;
  spend(budget, count, (count + 1) * width, pos, window);
  for (let index = 0; index < count; index++) {
    const slot = pos + index * width;
    checkKey(check, targetOf(window, slot, width), slot);
  }
  if (memo !== undefined) {
    remember(memo, packed, pos, { visits: count, byteLength: bytesLeft - budget.bytesLeft, height: 1 });
  }
}

function checkKey(check: Check, pos: number, slot: number): void {
  const { window } = check;
  const memo = memoOf(check);
  const known = memo === undefined ? -1 : recall(memo, KEY, pos);
  const byteLength = known >= 0 ? memo!.byteLengths[known]! : keyEnd(window, pos) - pos + 1;
  needRange(check, pos, byteLength, slot);
  spend(check.budget, 0, byteLength, pos, window);
  if (known >= 0) return;
  if (check.utf8) needUtf8(check, pos, pos + byteLength - 1);
  if (memo !== undefined) remember(memo, KEY, pos, { visits: 0, byteLength, height: 0 });
}

/** A vector or tuple whose type tells that of its elements. Only keys need a look each. */
function checkTypedVector(check: Check, packed: number, pos: number, slot: number): number {
  const { window, budget } = check;
  const type = typeOf(packed);
  const width = widthOf(packed);
  const elementType = elementTypeOf(type);
  const length = tupleLengthOf(type) || lengthBefore(window, pos, width);
  if (elementType === FlexType.Float) needFloatWidth(check, pos, width);
  needRange(check, pos, length * width, slot);
  needDepth(budget, 1, pos, window);
  if (elementType === FlexType.Key) checkKeys(check, pos, width, length);
  else spend(budget, length, (length + 1) * width, pos, window);
  return 1;
}

function checkBytes(check: Check, packed: number, pos: number, slot: number): void {
  const { window } = check;
  const width = widthOf(packed);
  const length = lengthBefore(window, pos, width);
  const isString = typeOf(packed) === FlexType.String;
  needRange(check, pos, isString ? length + 1 : length, slot);
  spend(check.budget, 0, width + length, pos, window);
  if (!isString) return;
  if (check.strict && window.view.bytes[pos + length] !== 0) {
    throw flexError(window, pos + length, `a string of ${length} bytes without its NUL`);
  }
  if (!check.utf8) return;
  const memo = length > LONG ? memoOf(check) : undefined;
  if (memo !== undefined && recall(memo, packed, pos) >= 0) return;
  needUtf8(check, pos, pos + length);
  if (memo !== undefined) remember(memo, packed, pos, { visits: 0, byteLength: length, height: 0 });
}

function checkIndirect(check: Check, packed: number, pos: number, slot: number): void {
  const width = widthOf(packed);
  if (typeOf(packed) === FlexType.IndirectFloat) needFloatWidth(check, pos, width);
  needRange(check, pos, width, slot);
  spend(check.budget, 0, width, pos, check.window);
}

/** Whoever writes a FlexBuffer appends, so that what an offset leads to ends before the offset; no cycle passes this. */
function needRange(check: Check, pos: number, byteLength: number, slot: number): void {
  const { window, strict } = check;
  need(window, pos, byteLength);
  if (strict && pos + byteLength > slot) {
    throw flexError(window, slot, `an offset leads to ${byteLength} bytes at ${pos}, which end behind it`);
  }
  // The native verifier takes no range that is the whole buffer.
  if (byteLength >= window.end - window.start)
    throw flexError(window, pos, `${byteLength} bytes leave none for the root`);
}

function needAligned(check: Check, slot: number, pos: number, width: number): void {
  const { window } = check;
  if ((pos - window.start) % width === 0) return;
  throw flexError(window, slot, `an offset leads to ${pos - window.start}, which is no multiple of ${width}`);
}

function needFloatWidth(check: Check, pos: number, width: number): void {
  if (check.strict && width < 4) throw flexError(check.window, pos, `no float has ${width} bytes, only 4 or 8`);
}

function needUtf8(check: Check, start: number, end: number): void {
  const { window } = check;
  const { bytes } = window.view;
  const bad = findInvalidUtf8(bytes, start, end);
  if (bad < 0) return;
  const { path } = window;
  const byte = bytes[bad]!.toString(16).padStart(2, "0");
  throw new FlatbufferError(
    "invalid-utf8",
    `FlexBuffer in ${path}: byte 0x${byte} at ${bad} is no part of valid UTF-8`,
    {
      path,
      offset: bad,
    },
  );
}

/** A memo from the moment on that more bytes were shown than there are: then some must be shared. */
function memoOf(check: Check): Memo | undefined {
  const { window, budget } = check;
  const byteLength = window.end - window.start;
  if (check.memo === undefined && check.bytesBefore - budget.bytesLeft > byteLength)
    check.memo = createMemo(byteLength);
  return check.memo;
}

const KEY = packType(FlexType.Key, 1);

/** Shorter strings are read again faster than remembered. */
const LONG = 32;
