/** JSON text with nothing lost: numbers as written, members in order, bare nan and inf as words. */
export type Exact =
  | { readonly kind: "string" | "number" | "word"; readonly text: string }
  | { readonly kind: "array"; readonly items: readonly Exact[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [key: string, value: Exact])[] };

/** Reads JSON text, or flatc's strict text, whose nan and inf are bare. Throws for anything else. */
export function readExact(text: string): Exact {
  const tokens = tokensOf(text);
  let at = 0;
  const value = readValue();
  if (at !== tokens.length) throw new Error(`text goes on: ${tokens[at]}`);
  return value;

  function readValue(): Exact {
    const token = next();
    if (token === "[") return { kind: "array", items: readList("]", readValue) };
    if (token === "{") return { kind: "object", members: readList("}", readMember) };
    if (token.startsWith('"')) return { kind: "string", text: JSON.parse(token) as string };
    if (/^-?\d/.test(token)) return { kind: "number", text: token };
    if (/^-?[a-z]+$/.test(token)) return { kind: "word", text: token };
    throw new Error(`unexpected ${token}`);
  }

  function readMember(): [string, Exact] {
    const key = JSON.parse(next()) as string;
    if (next() !== ":") throw new Error(`no colon after ${key}`);
    return [key, readValue()];
  }

  function readList<T>(close: string, readItem: () => T): T[] {
    const items: T[] = [];
    if (tokens[at] === close) at++;
    else {
      do items.push(readItem());
      while (nextIsComma(close));
    }
    return items;
  }

  function nextIsComma(close: string): boolean {
    const token = next();
    if (token !== "," && token !== close) throw new Error(`unexpected ${token}`);
    return token === ",";
  }

  function next(): string {
    const token = tokens[at++];
    if (token === undefined) throw new Error("text ends too early");
    return token;
  }
}

/**
 * The first place where plain text says something else than flatc's, in words, or undefined.
 *
 * Members, strings and integers must be the same. A float must be what flatc rounds to its fixed decimals; nan and inf
 * are strings in plain text. flatc alone prints absent scalars that are keys: those are passed over.
 */
export function differenceToFlatc(plain: string, flatc: string, keyNames: ReadonlySet<string>): string | undefined {
  return difference(readExact(plain), readExact(flatc), "root", keyNames);
}

function difference(ours: Exact, theirs: Exact, path: string, keyNames: ReadonlySet<string>): string | undefined {
  if (ours.kind === "array" && theirs.kind === "array") {
    if (ours.items.length !== theirs.items.length) return `${path}: another length`;
    return first(ours.items, (item, index) => difference(item, theirs.items[index]!, `${path}[${index}]`, keyNames));
  }
  if (ours.kind === "object" && theirs.kind === "object") {
    const had = new Set(ours.members.map(([key]) => key));
    const members = theirs.members.filter(([key]) => had.has(key) || !keyNames.has(key));
    if (ours.members.length !== members.length) return `${path}: other members`;
    return first(ours.members, ([key, value], index) => {
      const [theirKey, theirValue] = members[index]!;
      return key === theirKey
        ? difference(value, theirValue, `${path}.${key}`, keyNames)
        : `${path}: ${key}, ${theirKey}`;
    });
  }
  if ("text" in ours && "text" in theirs && isSameValue(ours, theirs)) return undefined;
  return `${path}: ${JSON.stringify(ours)} for ${JSON.stringify(theirs)}`;
}

function first<T>(items: readonly T[], find: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

type ExactScalar = Extract<Exact, { readonly text: string }>;

function isSameValue(ours: ExactScalar, theirs: ExactScalar): boolean {
  if (theirs.kind === "word" && /^-?(nan|inf)$/.test(theirs.text)) {
    return ours.kind === "string" && ours.text === theirs.text.replace("-nan", "nan");
  }
  if (ours.kind !== theirs.kind) return false;
  if (ours.text === theirs.text) return true;
  return ours.kind === "number" && theirs.text.includes(".") && isRounded(Number(ours.text), theirs.text);
}

/** Whether these are the fixed decimals of `value`: 6 of a float, 12 of a double. */
function isRounded(value: number, fixed: string): boolean {
  const isNegative = value < 0 || Object.is(value, -0);
  if (fixed.startsWith("-") !== isNegative) return false;
  const decimals = fixed.length - fixed.indexOf(".") - 1;
  // The shortest digits of a float may lie half a unit in its last place beside the value that flatc has rounded.
  const tolerance = Math.max(decimals > 6 ? 1e-12 : 1e-6, Math.abs(value) * 2 ** -24);
  return Math.abs(value - Number(fixed)) <= tolerance;
}

const TOKEN = /[{}[\],:]|"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|-?[a-z]+|\s+/gy;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new Error("no JSON");
    if (token.trim() !== "") tokens.push(token);
  }
  return tokens;
}
