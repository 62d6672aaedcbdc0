import { BUILTIN_ATTRIBUTES } from "./builtin-attributes.js";
import type { ObjectDraft, ServiceDraft } from "./drafts.js";
import { createProblems, type Problems } from "./problems.js";
import { createSymbols, type Symbols } from "./symbols.js";
import type { FileSyntax } from "./syntax.js";

/** All that is known while the files of a schema are resolved, one declaration after another. */
export interface Resolution {
  readonly problems: Problems;
  readonly symbols: Symbols;
  readonly services: Map<string, ServiceDraft>;
  /** Attributes that may be used; true for those that FlatBuffers itself knows. */
  readonly attributes: Map<string, boolean>;
  /** The file at hand. */
  file: FileSyntax;
  /** Its name as flatc records it, or empty. */
  declarationFile: string;
  /** The namespace at hand. */
  namespace: string;
  root: ObjectDraft | undefined;
  fileIdentifier: string;
  fileExtension: string;
  /** Bits of reflection.AdvancedFeatures. */
  features: number;
}

/** Bits of `Resolution.features`. */
export const Feature = {
  FixedArrays: 1,
  UnionVectors: 2,
  OptionalScalars: 4,
  StringAndVectorDefaults: 8,
} as const;

/** Begins with nothing but the attributes that everybody knows. */
export function createResolution(file: FileSyntax): Resolution {
  return {
    problems: createProblems(),
    symbols: createSymbols(),
    services: new Map(),
    attributes: new Map(BUILTIN_ATTRIBUTES.map((name) => [name, true])),
    file,
    declarationFile: "",
    namespace: "",
    root: undefined,
    fileIdentifier: "",
    fileExtension: "",
    features: 0,
  };
}
