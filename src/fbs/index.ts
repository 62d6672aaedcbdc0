/** `flatlens/fbs`: schema text into the model and back. */
export { type BfbsOptions, type ParseSchemaOptions, parseSchema } from "./parse-schema.js";
export { printSchema } from "./print-schema.js";
export type { IncludedFile, ReadInclude } from "./resolve-files.js";
