import { FlatbufferError } from "../wire/error.js";
import { decodeSource } from "./decode-source.js";
import { fullName } from "./drafts.js";
import { parseFile } from "./parse-file.js";
import { guard, MAX_ISSUES, note, semanticError, settle, warn } from "./problems.js";
import type { Resolution } from "./resolution.js";
import { resolveEnumDeclaration } from "./resolve-enum.js";
import { resolveObjectDeclaration } from "./resolve-object.js";
import { resolveServiceDeclaration } from "./resolve-service.js";
import { baseNameOf, directoryOf, joinPath, projectPath } from "./source-path.js";
import { findRoot } from "./symbols.js";
import type { FileIdentifierSyntax, FileSyntax, IncludeSyntax, StatementSyntax } from "./syntax.js";

/** A file that an include led to. */
export interface IncludedFile {
  /** Where it was found: named in errors and in `declarationFile`, and handed to `readInclude` as `from`. */
  readonly fileName: string;
  readonly text: string | Uint8Array;
}

/**
 * Finds an included file.
 *
 * @param path As the include statement says.
 * @param from File name of the file with that statement; empty when it has none.
 * @returns The file; or only its text, then its name is `path` seen from the folder of `from`; or undefined when there
 *   is none. May throw a FlatbufferError with code `include-refused`.
 */
export type ReadInclude = (path: string, from: string) => IncludedFile | string | undefined;

/** The files of a schema and the folder that their names are seen from; without such a folder no names are recorded. */
export interface FileRecords {
  readonly projectRoot: string;
  readonly records: readonly FileRecord[];
}

/** A file and the files it includes, by the names they were found under. */
export interface FileRecord {
  readonly fileName: string;
  readonly included: Set<string>;
}

/** More files and include statements than any project has; what comes after is somebody's trap. */
const MAX_FILES = 1000;
const MAX_INCLUDES = 10_000;

/** Resolves a file's includes, each with its own includes before it, and then the file itself. */
export function resolveFiles(
  resolution: Resolution,
  main: FileSyntax,
  readInclude: ReadInclude | undefined,
  root: string | undefined,
): FileRecords {
  const projectRoot = root ?? directoryOf(main.fileName ?? "");
  const run: Run = { resolution, readInclude, projectRoot, texts: new Map(), records: [], includes: 0 };
  remember(run, main.fileName ?? "", main.scanner.text);
  resolveFile(run, main);
  return { projectRoot, records: projectRoot === "" ? [] : run.records };
}

interface Run {
  readonly resolution: Resolution;
  readonly readInclude: ReadInclude | undefined;
  readonly projectRoot: string;
  /** Texts seen, by the last part of their names: equal name and text make the same file, wherever it was found. */
  readonly texts: Map<string, Set<string>>;
  readonly records: FileRecord[];
  /** Include statements followed so far. */
  includes: number;
}

function resolveFile(run: Run, file: FileSyntax): void {
  const { resolution } = run;
  const { problems } = resolution;
  const record: FileRecord = { fileName: file.fileName ?? "", included: new Set() };
  if (record.fileName !== "") run.records.push(record);
  // What includes lead to comes between this file's own mistakes: those before the include, those behind it.
  const noted = { next: 0 };
  for (const include of file.includes) {
    noteProblems(resolution, file, noted, include.mark - 1);
    if (problems.issues.length >= MAX_ISSUES) break;
    resolveInclude(run, file, record, include);
  }
  noteProblems(resolution, file, noted, Number.POSITIVE_INFINITY);
  resolution.file = file;
  resolution.namespace = "";
  resolution.declarationFile =
    run.projectRoot === "" || record.fileName === "" ? "" : projectPath(run.projectRoot, record.fileName);
  resolution.root = undefined;
  resolution.fileIdentifier = "";
  resolution.fileExtension = "";
  for (const statement of file.statements) guard(problems, file, () => resolveStatement(resolution, statement));
  settle(problems);
}

function resolveInclude(run: Run, file: FileSyntax, record: FileRecord, { name, mark }: IncludeSyntax): void {
  const { problems } = run.resolution;
  const found = find(run, file, { name, mark });
  settle(problems);
  if (found === undefined) return;
  const text = decodeSource(found.text);
  record.included.add(found.fileName);
  if (!remember(run, found.fileName, text)) return;
  if (run.records.length >= MAX_FILES) {
    note(problems, file, "include-refused", mark, `more than ${MAX_FILES} files are included`);
    settle(problems);
    return;
  }
  resolveFile(run, parseFile(text, found.fileName));
}

function find(run: Run, file: FileSyntax, { name, mark }: IncludeSyntax): IncludedFile | undefined {
  const { problems } = run.resolution;
  const from = file.fileName ?? "";
  try {
    if (++run.includes > MAX_INCLUDES) {
      note(problems, file, "include-refused", mark, `more than ${MAX_INCLUDES} include statements`);
      return undefined;
    }
    const found = run.readInclude?.(name, from);
    if (typeof found === "string") return { fileName: joinPath(directoryOf(from), name), text: found };
    if (found !== undefined) return found;
    const hint = run.readInclude === undefined ? "; includes need the option readInclude" : "";
    note(problems, file, "include-not-found", mark, `the included file ${JSON.stringify(name)} was not found${hint}`);
  } catch (error) {
    if (!(error instanceof FlatbufferError)) throw error;
    note(problems, file, error.code, mark, error.message);
  }
  return undefined;
}

/** Notes a file; false when it was there before. */
function remember(run: Run, fileName: string, text: string): boolean {
  const base = baseNameOf(fileName);
  const texts = run.texts.get(base) ?? new Set();
  run.texts.set(base, texts);
  if (texts.has(text)) return false;
  texts.add(text);
  return true;
}

function noteProblems(resolution: Resolution, file: FileSyntax, noted: { next: number }, upTo: number): void {
  for (; noted.next < file.problems.length; noted.next++) {
    const { mark, reason } = file.problems[noted.next]!;
    if (mark > upTo) return;
    note(resolution.problems, file, "schema-syntax", mark, reason);
    if (upTo !== Number.POSITIVE_INFINITY) settle(resolution.problems);
  }
}

function resolveStatement(resolution: Resolution, statement: StatementSyntax): void {
  switch (statement.kind) {
    case "namespace":
      resolution.namespace = statement.name;
      break;
    case "attribute":
      resolution.attributes.set(statement.name, false);
      break;
    case "enum":
      resolveEnumDeclaration(resolution, statement);
      break;
    case "object":
      resolveObjectDeclaration(resolution, statement);
      break;
    case "service":
      resolveServiceDeclaration(resolution, statement);
      break;
    case "root_type":
      resolveRoot(resolution, statement.name, statement.mark);
      break;
    case "file_identifier":
      resolution.fileIdentifier = statement.value;
      checkIdentifier(statement);
      break;
    default:
      resolution.fileExtension = statement.value;
  }
}

function checkIdentifier({ value, mark }: FileIdentifierSyntax): void {
  const { length } = new TextEncoder().encode(value);
  if (length !== 4) throw semanticError(mark, `a file identifier has four bytes, not ${length}`);
}

function resolveRoot(resolution: Resolution, name: string, mark: number): void {
  const { symbols, namespace, problems, file } = resolution;
  const root = findRoot(symbols, namespace, name);
  if (root === undefined) {
    throw semanticError(mark, `the root type '${name}' isn't known here: declare the table before root_type names it`);
  }
  if (root.isStruct) throw semanticError(mark, `the root type '${name}' must be a table, it is a struct`);
  if (resolution.root !== undefined && resolution.root !== root) {
    warn(problems, file, mark, `root_type '${name}' takes the place of '${fullName(resolution.root)}'`);
  }
  resolution.root = root;
}
