import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import { derived } from "../program/derived.js";
import type { Program } from "../program/program.js";
import type { JsonEscape } from "../text/escape-json.js";
import type { OpenBuffer } from "../verify/open.js";
import type { Limits } from "../wire/limits.js";
import type { View } from "../wire/view.js";
import { defaultValues } from "./default-values.js";
import { type EnumNameTable, enumNameTable } from "./enum-names.js";
import { KEY_STYLES, type KeyStyle, keyTable } from "./key-table.js";
import type { TextRules } from "./options.js";
import type { PlanCache } from "./plan-cache.js";
import type { Sink } from "./sink.js";
import type { TextTable } from "./text-table.js";
import type { Trail } from "./trail.js";
import type { Workspace } from "./workspace.js";
import { COMMA, SEPARATOR } from "./write-text.js";

/** The state of one call: what is read, what is left of the budget, how the text looks and where it goes. */
export interface JsonWriter extends Sink {
  readonly program: Program;
  readonly view: View;
  readonly data: DataView;
  /** The window that offsets must stay in: the buffer, or the nested buffer being printed. */
  base: number;
  limit: number;

  readonly rules: TextRules;
  readonly keys: TextTable;
  readonly enums: EnumNameTable;
  readonly defaults: DataView;
  readonly plans: PlanCache;
  readonly escape: JsonEscape;

  /** What `writeSeparator` starts from. */
  readonly separator: number;
  /** Bytes that one level of indentation adds to a separator. */
  readonly step: number;
  readonly quoteInt64: boolean;
  readonly fixedFloats: boolean;

  /** The large vector of scalars printed last. */
  last: PrintedVector | undefined;

  /** Tables and structs around the value being written, itself included. */
  level: number;
  readonly maxDepth: number;
  visitsLeft: number;
  readonly maxVisits: number;
  readonly limits: Limits;
  /** The field being written at this level, and the way to this level: for errors. */
  field: number;
  readonly trail: Trail;
}

/** A vector in the bytes, printed as the field at that indentation, and where its text is. */
export interface PrintedVector {
  readonly first: number;
  readonly field: number;
  readonly width: number;
  readonly start: number;
  readonly end: number;
}

/** Bytes of the separators at the outermost level of an object: the comma, and with indentation the line break. */
export function outerSeparator(rules: TextRules): number {
  return rules.indent < 0 ? 1 : 2;
}

/**
 * A writer for an opened buffer, still without memory to write to.
 *
 * @param isBounded Whether verification has bounded the visits already; its count must not fail a second time.
 */
export function createWriter(open: OpenBuffer, rules: TextRules, workspace: Workspace, isBounded: boolean): JsonWriter {
  const { program, view, limits } = open;
  const { schema } = program;
  const isOneLine = rules.indent < 0;
  const keyStyle = rules.quoteKeys ? (isOneLine && !rules.isFlatc ? "tight" : "spaced") : "bare";
  workspace.plans.begin(planOwner(schema, keyStyle, rules));
  return {
    memory: view,
    out: view.data,
    bytes: view.bytes,
    end: -1,
    maxOutputBytes: limits.maxOutputBytes,
    program: programOf(schema),
    view,
    data: view.data,
    base: 0,
    limit: view.byteLength,
    rules,
    keys: keyTable(schema, keyStyle),
    enums: enumNameTable(schema),
    defaults: defaultValues(schema),
    plans: workspace.plans,
    escape: { ascii: rules.ascii, isFlatc: rules.isFlatc, invalid: rules.invalidUtf8, wroteNonAscii: false },
    separator: isOneLine ? COMMA : SEPARATOR,
    step: Math.max(rules.indent, 0),
    quoteInt64: rules.quoteInt64,
    fixedFloats: rules.isFlatc,
    last: undefined,
    level: 0,
    maxDepth: limits.maxDepth,
    visitsLeft: isBounded ? Number.POSITIVE_INFINITY : limits.maxVisits,
    maxVisits: limits.maxVisits,
    limits,
    field: -1,
    trail: workspace.trail,
  };
}

/** A number for all that plans depend on besides vtable and object. */
function planOwner(schema: Schema, keyStyle: KeyStyle, rules: TextRules): number {
  const { isFlatc, defaults, enumNames, nested, flex } = rules;
  const style = KEY_STYLES.indexOf(keyStyle);
  const bits = +isFlatc | (+defaults << 1) | (+enumNames << 2) | (+nested << 3) | (+flex << 4) | (style << 5);
  return schemaNumber(schema) * 128 + bits;
}

let schemas = 0;
const schemaNumber = derived(() => ++schemas);
