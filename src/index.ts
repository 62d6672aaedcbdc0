export { fromObject } from "./build/from-object.js";
export type { BuildOptions } from "./build/options.js";
export type {
  AppendChange,
  ChangeAtPath,
  DeleteChange,
  EditChange,
  InsertChange,
  SetChange,
  UnionTypeValue,
} from "./edit/change.js";
export { edit } from "./edit/edit.js";
export type { EditOptions } from "./edit/options.js";
export { type BfbsOptions, type ParseSchemaOptions, parseSchema } from "./fbs/parse-schema.js";
export { printSchema } from "./fbs/print-schema.js";
export type { IncludedFile, ReadInclude } from "./fbs/resolve-files.js";
export { type FromJSONOptions, fromJSON } from "./json/from-json.js";
export type { ToJSONOptions } from "./json/options.js";
export { toJSON, toJSONBytes } from "./json/to-json.js";
export { BaseType } from "./model/base-type.js";
export type {
  EnumDef,
  EnumValDef,
  FieldDef,
  FieldType,
  ObjectDef,
  RpcCallDef,
  SchemaFileDef,
  ServiceDef,
} from "./model/schema.js";
export { Schema } from "./model/schema.js";
export { type FieldReader, fieldReader } from "./read/field-reader.js";
export type { LookupKey } from "./read/find-by-key.js";
export type { PathParts } from "./read/parse-path.js";
export { getPath, setPath } from "./read/path.js";
export type { ToObjectOptions } from "./read/plain-options.js";
export { read } from "./read/read.js";
export { Struct } from "./read/struct.js";
export { Table } from "./read/table.js";
export { toObject } from "./read/to-object.js";
export type { AnyFields, AnyView, ValueAtPath, ViewOf } from "./read/value-types.js";
export { type ArrayOf, Vector } from "./read/vector.js";
export { reflectionSchema } from "./reflection/bootstrap.js";
export { compareSchemas } from "./reflection/compare.js";
export type { Breaks, Change, ChangeCode } from "./reflection/compare-report.js";
export { type LoadSchemaOptions, loadSchema } from "./reflection/load.js";
export type { AttributeOverrides } from "./reflection/overrides.js";
export { NOTE_CODES, type Note, type NoteCode, type VerifyResult, type VerifyStats } from "./verify/report.js";
export { type VerifyOptions, verify } from "./verify/verify.js";
export {
  ERROR_CODES,
  FlatbufferError,
  type FlatbufferErrorCode,
  type Issue,
  isFlatbufferError,
} from "./wire/error.js";
export type { Limits } from "./wire/limits.js";
export type { GateOptions, ReadOptions, VerifyProfile } from "./wire/options.js";
export type { BytesInput, NumberArray } from "./wire/view.js";
