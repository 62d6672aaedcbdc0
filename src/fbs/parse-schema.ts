import { fromJSON } from "../json/from-json.js";
import type { Schema } from "../model/schema.js";
import { checkWhole } from "./check-whole.js";
import { decodeSource } from "./decode-source.js";
import { finishSchema } from "./finish-schema.js";
import { parseFile } from "./parse-file.js";
import { settle, throwIfAny } from "./problems.js";
import { createResolution } from "./resolution.js";
import { type ReadInclude, resolveFiles } from "./resolve-files.js";
import type { FileSyntax } from "./syntax.js";

/** How `schema.bytes` of a parsed schema is made; the options of flatc of the same names. */
export interface BfbsOptions {
  /** Whether the attributes that FlatBuffers itself knows are in it (--bfbs-builtins). Default false. */
  readonly builtins?: boolean | undefined;
  /** Whether doc comments are in it (--bfbs-comments). Default false. */
  readonly comments?: boolean | undefined;
  /**
   * Root folder of the file names in it (--bfbs-filenames). Default: the folder of `fileName`. When that is empty, no
   * file names are recorded, as in flatc.
   */
  readonly fileNames?: string | undefined;
}

/** Options of `parseSchema`. */
export interface ParseSchemaOptions {
  /** Path of the text, for errors, for includes next to it, and for `declarationFile`. Default: unnamed. */
  readonly fileName?: string | undefined;
  /** Finds included files. Default: none are found. */
  readonly readInclude?: ReadInclude | undefined;
  /** What `schema.bytes` will hold. The model itself always has everything. */
  readonly bfbs?: BfbsOptions | undefined;
}

/**
 * Parses schema text (.fbs) into the same model that `loadSchema` makes of a .bfbs, and can make that .bfbs too
 * (`schema.bytes`): byte for byte the one that flatc 25.12.19 writes.
 *
 * What is legal but probably not meant is in `schema.warnings`.
 *
 * @param text The schema; bytes are taken as UTF-8.
 *
 * Throws FlatbufferError with file, line and column: `schema-syntax` for text that is no schema, `schema-semantics` for
 * one that contradicts itself, `include-not-found` and `include-refused` for includes. All mistakes that can be told
 * apart are in `issues`; the first one is where flatc finds it. Throws `invalid-argument` for what is no text.
 *
 * @example
 * ```ts
 * const schema = parseSchema("table Monster { hp: short = 100; name: string; } root_type Monster;");
 * console.log(schema.rootTable?.fields.map((field) => field.name)); // ["hp", "name"]
 * ```
 */
export function parseSchema(text: string | Uint8Array, options: ParseSchemaOptions = {}): Schema {
  const file = parseFile(decodeSource(text), options.fileName);
  const resolution = createResolution(file);
  const files = resolveFiles(resolution, file, options.readInclude, options.bfbs?.fileNames);
  checkWhole(resolution, file);
  settle(resolution.problems);
  throwIfAny(resolution.problems);
  const schema = finishSchema(resolution, files, options.bfbs ?? {});
  if (file.jsonStart >= 0) checkData(schema, file);
  return schema;
}

/** An object behind the declarations must be data of the root type, as flatc has it; nothing else is done with it. */
function checkData(schema: Schema, { scanner, jsonStart, fileName }: FileSyntax): void {
  // With the declarations blanked out, lines and columns stay what they are in the file.
  const json = scanner.text.slice(0, jsonStart).replace(/[^\n]/g, " ") + scanner.text.slice(jsonStart);
  fromJSON(schema, json, { fileName });
}
