import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { isFlatbufferError } from "../wire/error.js";
import type { Limits } from "../wire/limits.js";
import { readError, type View } from "../wire/view.js";
import { firstUnsorted, keyField } from "./lint-keys.js";
import { Regions } from "./lint-regions.js";
import { lintInline, lintScalars, lintStruct, type NoteSink } from "./lint-values.js";
import { nestedType, STRING_TYPE, tableType } from "./memo.js";
import { type Note, Trail } from "./report.js";
import type { Root } from "./root.js";

/** Notes are for reading by people; a lint keeps no more of them than this or `maxIssues`, whichever is larger. */
const MIN_NOTES = 100;

/**
 * Looks over a buffer that passed verification for what is legal but suspicious. Visits every part once, but for what
 * wasn't verified: deprecated fields by the native profile.
 */
export function lintBuffer(
  program: P.Program,
  root: Root,
  whole: View,
  limits: Limits,
  strict: boolean,
): readonly Note[] {
  const notes: Note[] = [];
  const most = Math.max(MIN_NOTES, limits.maxIssues);
  const note: NoteSink = (code, pos, message) => {
    if (notes.length < most) notes.push({ code, path: lint.path(), offset: pos, message });
  };
  const lint = new Lint(program, root.view, strict, note);
  try {
    lintWhole(lint, root, whole);
  } catch (error) {
    // What only the native profile accepts may lead a lint out of the buffer: then it tells what it found so far.
    if (!isFlatbufferError(readError(root.view, error))) throw error;
  }
  return notes;
}

function lintWhole(lint: Lint, root: Root, whole: View): void {
  const { program } = lint;
  lint.regions.add(0, root.start + 4 + (hasIdentifier(program, root) ? 4 : 0), "the header");
  lint.table(root.object.index, root.pos);
  lint.depth = 0;
  lint.regions.report(root.view, root.view.byteLength, lint.isWhole, lint.note);
  const behind = whole.byteLength - root.view.byteLength;
  if (behind > 0)
    lint.note("trailing-bytes", root.view.byteLength, `${behind} bytes follow what the size prefix covers`);
}

class Lint {
  readonly program: P.Program;
  readonly view: View;
  readonly strict: boolean;
  readonly note: NoteSink;
  readonly regions: Regions = new Regions();
  readonly trail: Trail = new Trail();
  readonly #seen = new Set<number>();
  depth = 0;
  /** Whether all parts were visited. */
  isWhole = true;

  constructor(program: P.Program, view: View, strict: boolean, note: NoteSink) {
    this.program = program;
    this.view = view;
    this.strict = strict;
    this.note = note;
  }

  path(): string {
    return this.trail.toPath(this.program, this.depth);
  }

  table(object: number, pos: number): void {
    if (this.#known(pos, tableType(object))) return;
    const { view, program } = this;
    const vtable = pos - view.i32(pos);
    const vtableSize = view.u16(vtable);
    if (!this.#known(vtable, VTABLE)) this.regions.add(vtable, vtable + vtableSize, "a vtable");
    this.depth++;
    const known = program.objectFieldCount[object]!;
    // A newer writer's fields have a size we don't know: then the table counts as used all over.
    const whole = (vtableSize - 4) / 2 > known;
    if (whole) this.regions.add(pos, pos + view.u16(vtable + 2), "a table");
    else this.regions.add(pos, pos + 4, "a table");
    for (let id = 0; id < known; id++) {
      const field = program.objectFields[object]! + id * P.FIELD_WORDS;
      const slot = 4 + 2 * id;
      const entry = slot < vtableSize ? view.u16(vtable + slot) : 0;
      if (entry === 0) continue;
      if (!this.#isVerified(field)) {
        this.isWhole = false;
        continue;
      }
      this.trail.fields[this.depth] = field;
      this.trail.indexes[this.depth] = -1;
      this.trail.tags[this.depth] = 0;
      const place = pos + entry;
      if (!whole) this.regions.add(place, place + program.fields[field + P.FIELD_SIZE]!, "a field");
      this.#field(field, place, pos, vtable);
    }
    this.trail.fields[this.depth] = -1;
    this.depth--;
  }

  #isVerified(field: number): boolean {
    return this.strict || (this.program.fields[field + P.FIELD_FLAGS]! & P.FLAG_DEPRECATED) === 0;
  }

  #field(field: number, place: number, pos: number, vtable: number): void {
    const { fields } = this.program;
    const kind = fields[field + P.FIELD_KIND]!;
    if (kind <= Kind.LAST_SCALAR || kind === Kind.Struct) {
      lintInline(this.program, this.view, field, place, this.note);
      return;
    }
    const child = fields[field + P.FIELD_CHILD]!;
    const target = this.#target(field, place);
    if (kind === Kind.String) this.#string(target);
    else if (kind === Kind.Table) this.table(child, target);
    else if (kind === Kind.Union) {
      const typeEntry = this.view.u16(vtable + fields[field + P.FIELD_SLOT]! - 2);
      if (typeEntry !== 0) this.#member(child, this.view.u8(pos + typeEntry), target);
    } else this.#vector(field, kind, target, pos, vtable);
  }

  #vector(field: number, kind: number, at: number, pos: number, vtable: number): void {
    const { program, view, note } = this;
    const count = P.hasLongLength(program, field) ? Number(view.u64(at)) : view.u32(at);
    const first = at + P.lengthSize(program, field);
    const stride = program.fields[field + P.FIELD_STRIDE]!;
    const child = program.fields[field + P.FIELD_CHILD]!;
    if (this.#known(at, kind === Kind.NestedFlatbuffer ? nestedType(child) : VECTOR + kind)) return;
    if (kind === Kind.NestedFlatbuffer) {
      this.regions.add(at, first + 4, "a nested buffer's header");
      this.table(child, first + view.u32(first));
      return;
    }
    this.regions.add(at, first + count * stride, "a vector");
    const placeOf = (index: number) => first + index * stride;
    const follow = (index: number) => placeOf(index) + view.u32(placeOf(index));
    if (kind === Kind.ScalarVector) lintScalars(program, view, field, first, count, note);
    else if (kind === Kind.StructVector) {
      for (let index = 0; index < count; index++) lintStruct(program, view, child, placeOf(index), note);
      this.#keys(child, count, placeOf);
    } else if (kind === Kind.StringVector) this.#each(count, (index) => this.#string(follow(index)));
    else if (kind === Kind.TableVector) {
      this.#each(count, (index) => this.table(child, follow(index)));
      this.#keys(child, count, follow);
    } else if (kind === Kind.UnionVector) {
      const typesPlace = pos + view.u16(vtable + program.fields[field + P.FIELD_SLOT]! - 2);
      const types = typesPlace + view.u32(typesPlace) + 4;
      this.#each(count, (index) => this.#member(child, view.u8(types + index), follow(index)));
    }
  }

  #each(count: number, visit: (index: number) => void): void {
    for (let index = 0; index < count; index++) {
      this.trail.indexes[this.depth] = index;
      visit(index);
    }
    this.trail.indexes[this.depth] = -1;
  }

  #keys(object: number, count: number, placeOf: (index: number) => number): void {
    const key = keyField(this.program, object);
    if (key < 0 || !this.#isVerified(key)) return;
    const index = firstUnsorted(this.program, this.view, object, key, count, placeOf);
    if (index < 0) return;
    this.note(
      "keys-unsorted",
      placeOf(index),
      `element ${index} has a smaller key than the one before; lookups by key will miss`,
    );
  }

  #member(union: number, tag: number, target: number): void {
    const { program, view } = this;
    const member = P.unionMember(program, union, tag);
    if (member < 0) return;
    const object = program.memberObject[member]!;
    const kind = program.memberKind[member]!;
    this.trail.tags[this.depth] = tag;
    if (kind === Kind.String) this.#string(target);
    else if (kind === Kind.Table) this.table(object, target);
    else if (!this.#known(target, tableType(object))) {
      this.regions.add(target, target + program.objectSize[object]!, "a struct");
      lintStruct(program, view, object, target, this.note);
    }
  }

  #string(pos: number): void {
    if (!this.#known(pos, STRING_TYPE)) this.regions.add(pos, pos + 5 + this.view.u32(pos), "a string");
  }

  #target(field: number, place: number): number {
    const wide = (this.program.fields[field + P.FIELD_FLAGS]! & P.FLAG_OFFSET64) !== 0;
    return place + (wide ? Number(this.view.u64(place)) : this.view.u32(place));
  }

  #known(pos: number, type: number): boolean {
    const key = pos * 1_048_576 + type;
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    return false;
  }
}

/** Types of positions beside those of the memo. */
const VTABLE = 300_000;
const VECTOR = 300_001;

function hasIdentifier(program: P.Program, root: Root): boolean {
  const expected = program.schema.fileIdentifier;
  if (expected === "" || root.view.byteLength < root.start + 8) return false;
  return expected === String.fromCharCode(...root.view.bytes.subarray(root.start + 4, root.start + 8));
}
