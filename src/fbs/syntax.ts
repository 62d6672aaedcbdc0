import type { BaseType } from "../model/base-type.js";
import type { Scanner } from "../text/scanner.js";

/**
 * What schema text says, before anything is known about its names.
 *
 * A `Mark` is where flatc stands when it makes a check: the index behind the token it has in front then, which is one
 * further than what it has taken in. The resolver reports at marks, so that errors come in flatc's order and place.
 *
 * Parts that may be missing are missing when the text broke off there: what is known is checked all the same, because
 * the first error may lie before the break.
 */
export type Mark = number;

/** A file as far as it could be understood. */
export interface FileSyntax {
  readonly fileName: string | undefined;
  /** Turns marks into lines and columns. */
  readonly scanner: Scanner;
  readonly includes: IncludeSyntax[];
  readonly statements: StatementSyntax[];
  /** Index of the `{` that begins a JSON object behind the declarations, or -1. */
  jsonStart: number;
  /** Where the end of the file is reported. */
  endMark: Mark;
  readonly problems: SyntaxProblem[];
}

/** Something wrong with the text itself. */
export interface SyntaxProblem {
  readonly mark: Mark;
  readonly reason: string;
}

/** `include "name";` */
export interface IncludeSyntax {
  readonly name: string;
  readonly mark: Mark;
}

/** Any declaration. */
export type StatementSyntax =
  | NamespaceSyntax
  | AttributeDeclarationSyntax
  | ObjectSyntax
  | EnumSyntax
  | ServiceSyntax
  | RootTypeSyntax
  | FileIdentifierSyntax
  | FileExtensionSyntax;

/** `namespace a.b;` */
export interface NamespaceSyntax {
  readonly kind: "namespace";
  readonly name: string;
}

/** `attribute "name";` */
export interface AttributeDeclarationSyntax {
  readonly kind: "attribute";
  readonly name: string;
}

/** `root_type a.B;` */
export interface RootTypeSyntax {
  readonly kind: "root_type";
  readonly name: string;
  readonly mark: Mark;
}

/** `file_identifier "ABCD";` */
export interface FileIdentifierSyntax {
  readonly kind: "file_identifier";
  readonly value: string;
  readonly mark: Mark;
}

/** `file_extension "ext";` */
export interface FileExtensionSyntax {
  readonly kind: "file_extension";
  readonly value: string;
}

/** What stands in front of a name: `///` comments; and behind it: attributes. */
export interface DeclarationSyntax {
  readonly name: string;
  readonly docs: readonly string[];
  readonly attributes: AttributeSyntax[];
}

/** A declaration whose name must be new where it stands. */
export interface NamedSyntax extends DeclarationSyntax {
  /** Behind the name, with the next token in front. */
  readonly nameMark: Mark;
}

/** One attribute of a declaration. */
export interface AttributeSyntax {
  readonly name: string;
  /** With the name in front. */
  readonly mark: Mark;
  /** Behind the name. */
  afterMark?: Mark;
  value?: ValueSyntax;
}

/** `table T (...) { ... }` or `struct S (...) { ... }` */
export interface ObjectSyntax extends NamedSyntax {
  readonly kind: "object";
  readonly isStruct: boolean;
  readonly fields: FieldSyntax[];
  /** Whether a field was left out because it couldn't be read. */
  isBroken: boolean;
  /** With the closing brace in front. */
  closeMark?: Mark;
  /** Behind the closing brace. */
  endMark?: Mark;
}

/** `name: type = value (...);` */
export interface FieldSyntax extends DeclarationSyntax {
  /** With the name in front. */
  readonly mark: Mark;
  type?: TypeSyntax;
  /** Behind the type. */
  typeMark?: Mark;
  value?: ValueSyntax;
  /** Behind the attributes; missing unless everything up to there could be read. */
  endMark?: Mark;
}

/** A type as written. */
export type TypeSyntax =
  | { readonly kind: "builtin"; readonly baseType: BaseType }
  | { readonly kind: "name"; readonly name: string; readonly mark: Mark }
  | { readonly kind: "vector"; readonly element: TypeSyntax }
  | { readonly kind: "array"; readonly element: TypeSyntax; readonly length: number };

/** A default, an attribute's value or an enumerator's number as written. */
export interface ValueSyntax {
  readonly kind: "identifier" | "string" | "integer" | "float" | "call" | "vector";
  /** An identifier with its sign, a number's digits, a string's content, a function's name. */
  readonly text: string;
  /** With the value's (first) token in front. */
  readonly mark: Mark;
  /** Whether a string may stand for a number. */
  readonly isPlainString: boolean;
  /** Behind the value. */
  endMark?: Mark;
  /** What a function is applied to. */
  argument?: ValueSyntax;
}

/** `enum E : type (...) { ... }` or `union U (...) { ... }` */
export interface EnumSyntax extends NamedSyntax {
  readonly kind: "enum";
  readonly isUnion: boolean;
  underlying?: TypeSyntax;
  underlyingMark?: Mark;
  /** Behind the attributes. */
  attributesMark?: Mark;
  /** Whether there is a `{` with a `}` right behind it. */
  isEmpty: boolean;
  readonly values: EnumValSyntax[];
  /** Behind the closing brace. */
  endMark?: Mark;
}

/** `Name = 1 (...)` in an enum; `a.Name`, `Alias: type` in a union. */
export interface EnumValSyntax extends NamedSyntax {
  /** A union member's type, if it is written. */
  type?: TypeSyntax;
  typeMark?: Mark;
  value?: ValueSyntax;
  /** Behind everything. */
  endMark?: Mark;
}

/** `rpc_service S (...) { ... }` */
export interface ServiceSyntax extends NamedSyntax {
  readonly kind: "service";
  readonly calls: RpcCallSyntax[];
}

/** `name(Request): Response (...);` */
export interface RpcCallSyntax extends DeclarationSyntax {
  request?: TypeSyntax;
  response?: TypeSyntax;
  /** Behind the response's type. */
  typesMark?: Mark;
}
