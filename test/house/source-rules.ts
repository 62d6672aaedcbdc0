import ts from "typescript";

/** A source file, its path counted from `src/`. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Which floor each room stands on. A room may import rooms below it, never one above or beside it. */
export const FLOORS: ReadonlyMap<string, number> = new Map([
  ["wire", 0],
  ...["model", "flexbuffers", "text"].map((room) => [room, 1] as const),
  ["program", 2],
  ["verify", 3],
  ...["read", "build", "annotate"].map((room) => [room, 4] as const),
  ...["json", "edit"].map((room) => [room, 5] as const),
  ...["reflection", "fbs"].map((room) => [room, 6] as const),
  ...["stream", "registry"].map((room) => [room, 7] as const),
  // The table of contents: all of the library, nothing of the layers on top.
  ["index.ts", 7.5],
  ...["io-ts", "standard-schema", "types", "cli"].map((room) => [room, 8] as const),
]);

/** The only arrows within a floor. */
const SIDEWAYS: ReadonlySet<string> = new Set(["fbs -> reflection"]);

/** Packages by the room that may import them. */
const PACKAGES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["cli", new Set(["commander"])],
  ["io-ts", new Set(["io-ts", "fp-ts"])],
  ["standard-schema", new Set(["@standard-schema/spec"])],
]);

/** Files and rooms that may touch `.buffer`, each with the reason. */
const MAY_TOUCH_BUFFER: Exceptions = [
  ["wire/view.ts", "the one checked window on the caller's memory"],
  ["build/", "memory of its own that grows"],
  ["json/sink.ts", "memory of its own that grows"],
  ["json/parse-names.ts", "memory of its own"],
  ["json/parse-state.ts", "a window on exactly the text"],
];

/** Files and rooms that may cut numbers to 32 bits, since nothing there is a position or a length. */
const MAY_TRUNCATE: Exceptions = [
  ["text/", "digits and bits of one number"],
  ["json/parse-long.ts", "halves of one 64-bit number"],
  ["build/put-field.ts", "halves of one 64-bit number"],
  ["build/field-stack.ts", "halves of one 64-bit default"],
];

/** Beginnings of paths, each with the reason why the rule doesn't hold there. */
type Exceptions = readonly (readonly [prefix: string, reason: string])[];

/** Words that don't belong into a library for browsers under a content security policy. */
const BANNED_GLOBALS: ReadonlyMap<string, string> = new Map([
  ["eval", "runs text as code"],
  ["Function", "runs text as code"],
  ["WebAssembly", "is blocked by a content security policy"],
  ["Buffer", "is Node's"],
  ["process", "is Node's"],
  ["require", "is Node's"],
]);

export const MAX_LINES = 400;

/** Everything in one file that breaks a rule of the house, one sentence each. */
export function sourceFaults(file: SourceText): string[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true);
  const room = roomOf(file.path);
  const faults = [...importFaults(file), ...lengthFaults(file)];
  const visit = (node: ts.Node): void => {
    for (const fault of nodeFaults(node, file.path, room)) faults.push(`${file.path}:${lineOf(source, node)} ${fault}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return faults;
}

/** What a file imports, type imports and re-exports included. */
export function importsOf(file: SourceText): string[] {
  return ts.preProcessFile(file.text, true, true).importedFiles.map((imported) => imported.fileName);
}

function importFaults(file: SourceText): string[] {
  const room = roomOf(file.path);
  if (!FLOORS.has(room)) return [`${file.path} stands in the room ${room}, which is on no floor`];
  return importsOf(file).flatMap((specifier) => {
    const fault = specifier.startsWith(".")
      ? relativeImportFault(file.path, room, specifier)
      : packageImportFault(room, specifier);
    return fault === undefined ? [] : [`${file.path} imports ${specifier}: ${fault}`];
  });
}

function relativeImportFault(path: string, room: string, specifier: string): string | undefined {
  if (!specifier.endsWith(".js")) return "the ending .js is missing";
  const target = new URL(specifier, `file:///src/${path}`).pathname;
  if (!target.startsWith("/src/")) return "leaves src";
  const targetRoom = roomOf(target.slice("/src/".length).replace(/\.js$/, ".ts"));
  if (targetRoom === room || SIDEWAYS.has(`${room} -> ${targetRoom}`)) return undefined;
  const from = FLOORS.get(room)!;
  const to = FLOORS.get(targetRoom);
  if (to === undefined) return `${targetRoom} is on no floor`;
  if (to < from) return undefined;
  return to === from ? `sideways, ${room} -> ${targetRoom}` : `upward, ${room} -> ${targetRoom}`;
}

function packageImportFault(room: string, specifier: string): string | undefined {
  if (specifier.startsWith("node:")) return room === "cli" ? undefined : "node: belongs to the command line only";
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return PACKAGES.get(room)?.has(name) ? undefined : "a package";
}

function lengthFaults(file: SourceText): string[] {
  const lines = file.text.trimEnd().split("\n").length;
  return lines > MAX_LINES ? [`${file.path} has ${lines} lines, more than ${MAX_LINES}`] : [];
}

function nodeFaults(node: ts.Node, path: string, room: string): string[] {
  const faults: string[] = [];
  if (touchesBuffer(node) && !isExcepted(MAY_TOUCH_BUFFER, path))
    faults.push("touches .buffer, which only wire/view.ts may");
  if (truncatesToInt32(node) && !isExcepted(MAY_TRUNCATE, path)) faults.push("truncates to 32 bits with ~~ or |0");
  if (node.kind === ts.SyntaxKind.EnumDeclaration) faults.push("is a TypeScript enum");
  if (ts.isExportAssignment(node) || isDefaultExport(node)) faults.push("is a default export");
  if (room !== "cli" && isGlobalUse(node)) faults.push(`uses ${node.text}, which ${BANNED_GLOBALS.get(node.text)}`);
  return faults;
}

function isExcepted(exceptions: Exceptions, path: string): boolean {
  return exceptions.some(([prefix]) => path.startsWith(prefix));
}

/** Memory just made (`new Uint8Array(8).buffer`) and a module constant's (`SCRATCH.buffer`) is no caller's. */
function touchesBuffer(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    if (node.name.text !== "buffer") return false;
    const owner = node.expression.getText();
    return !/^[A-Z][A-Z0-9_]*$/.test(owner) && !/^(new |Uint8Array\.from\()/.test(owner);
  }
  if (ts.isElementAccessExpression(node)) {
    return ts.isStringLiteral(node.argumentExpression) && node.argumentExpression.text === "buffer";
  }
  if (ts.isBindingElement(node)) return (node.propertyName ?? node.name).getText() === "buffer";
  return false;
}

function truncatesToInt32(node: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(node)) {
    const isNot = (n: ts.Node) => ts.isPrefixUnaryExpression(n) && n.operator === ts.SyntaxKind.TildeToken;
    return isNot(node) && isNot(node.operand);
  }
  return (
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.BarToken ||
      node.operatorToken.kind === ts.SyntaxKind.GreaterThanGreaterThanToken) &&
    ts.isNumericLiteral(node.right) &&
    node.right.text === "0"
  );
}

function isDefaultExport(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword);
}

/** An identifier that stands for a global: neither the name of a property nor of something declared or imported. */
function isGlobalUse(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node) || !BANNED_GLOBALS.has(node.text)) return false;
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return ts.isCallExpression(parent) || ts.isNewExpression(parent) || ts.isTypeQueryNode(parent);
}

function roomOf(path: string): string {
  return path.split("/")[0]!;
}

function lineOf(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
}
