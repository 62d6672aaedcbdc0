import { BaseType, isScalar, scalarSize } from "../model/base-type.js";
import type { Mark } from "./syntax.js";

/** A type whose named parts may still be incomplete: a table that is only declared later, for instance. */
export interface TypeDraft {
  readonly baseType: BaseType;
  /** `BaseType.None` unless the type is a vector or fixed array. */
  readonly element: BaseType;
  readonly object: ObjectDraft | undefined;
  readonly enum: EnumDraft | undefined;
  readonly fixedLength: number;
}

/** An attribute's value. */
export interface AttributeValue {
  /** As the .bfbs stores it; `"0"` when there is none. */
  readonly text: string;
  readonly isString: boolean;
}

/** Attributes by name. */
export type Attributes = Map<string, AttributeValue>;

/** A field on its way to a `FieldDef`. */
export interface FieldDraft {
  readonly name: string;
  type: TypeDraft;
  id: number;
  offset: number;
  padding: number;
  defaultInteger: bigint;
  defaultReal: number;
  defaultString: string | undefined;
  deprecated: boolean;
  required: boolean;
  optional: boolean;
  key: boolean;
  offset64: boolean;
  attributes: Attributes;
  docs: readonly string[];
}

/** A table or struct on its way to an `ObjectDef`; also one that was only named so far. */
export interface ObjectDraft {
  /** Without namespace once defined; as written where it was first used until then. */
  name: string;
  namespace: string;
  isDefined: boolean;
  /** Whether errors were found in it, so that what follows from it says nothing. */
  isBroken: boolean;
  isStruct: boolean;
  readonly fields: FieldDraft[];
  readonly fieldsByName: Map<string, FieldDraft>;
  minAlign: number;
  byteSize: number;
  hasKey: boolean;
  attributes: Attributes;
  docs: readonly string[];
  declarationFile: string;
  /** `file:line` of the first use before the definition. */
  readonly firstUse: string;
  /** Namespace of that use, and the name as written there. */
  readonly usedFrom: string;
  readonly usedAs: string;
  /** The place of its name, for errors about the whole. */
  nameMark: Mark;
  /** Place in the sorted list, known at the end. */
  index: number;
}

/** A value of an enum or a member of a union. */
export interface EnumValDraft {
  readonly name: string;
  value: bigint;
  readonly type: TypeDraft;
  readonly attributes: Attributes;
  readonly docs: readonly string[];
}

/** An enum or union on its way to an `EnumDef`. */
export interface EnumDraft {
  readonly name: string;
  readonly namespace: string;
  readonly isUnion: boolean;
  isBroken: boolean;
  /** `UType` for a union without a type of its own. */
  underlying: BaseType;
  values: EnumValDraft[];
  readonly valuesByName: Map<string, EnumValDraft>;
  /** The numbers of all values; known once the enum is complete. */
  numbers: ReadonlySet<bigint>;
  attributes: Attributes;
  readonly docs: readonly string[];
  readonly declarationFile: string;
  index: number;
}

/** A method of a service. */
export interface CallDraft {
  readonly name: string;
  readonly request: ObjectDraft;
  readonly response: ObjectDraft;
  readonly attributes: Attributes;
  readonly docs: readonly string[];
}

/** A service on its way to a `ServiceDef`. */
export interface ServiceDraft {
  readonly name: string;
  readonly namespace: string;
  readonly calls: CallDraft[];
  attributes: Attributes;
  readonly docs: readonly string[];
  readonly declarationFile: string;
}

/** A name with its namespace. */
export function fullName(draft: { readonly name: string; readonly namespace: string }): string {
  return qualify(draft.namespace, draft.name);
}

/** `namespace.name`, or the name alone in the global namespace. */
export function qualify(namespace: string, name: string): string {
  return namespace === "" ? name : `${namespace}.${name}`;
}

/** The type that has nothing in it. */
export const NO_TYPE: TypeDraft = plainType(BaseType.None);

/** A type without element and name. */
export function plainType(baseType: BaseType): TypeDraft {
  return { baseType, element: BaseType.None, object: undefined, enum: undefined, fixedLength: 0 };
}

/** The type of the elements of a vector or fixed array. */
export function elementType(type: TypeDraft): TypeDraft {
  return { ...type, baseType: type.element, element: BaseType.None, fixedLength: 0 };
}

export function isVectorType(type: TypeDraft): boolean {
  return type.baseType === BaseType.Vector || type.baseType === BaseType.Vector64;
}

/** Whether the type is a struct that was defined as such. */
export function isStructType(type: TypeDraft): boolean {
  return type.baseType === BaseType.Obj && type.object?.isStruct === true;
}

/** Whether the type is an object that isn't defined yet. */
export function isIncomplete(type: TypeDraft): boolean {
  return type.baseType === BaseType.Obj && type.object?.isDefined === false;
}

/** Bytes that a type takes in a struct. */
export function inlineSize(type: TypeDraft): number {
  if (type.baseType === BaseType.Array) return type.fixedLength * inlineSize(elementType(type));
  if (isStructType(type)) return type.object!.byteSize;
  return isScalar(type.baseType) ? scalarSize(type.baseType) : 4;
}

/** Alignment of a type in a struct. */
export function inlineAlign(type: TypeDraft): number {
  if (type.baseType === BaseType.Array) return inlineAlign(elementType(type));
  if (isStructType(type)) return type.object!.minAlign;
  return isScalar(type.baseType) ? scalarSize(type.baseType) : 4;
}
