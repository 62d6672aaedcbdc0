import { BaseType } from "../model/base-type.js";

/** An enum of reflection.fbs: its values count from 0 (as bit numbers where `bitFlags`). */
export interface EnumWords {
  readonly name: string;
  readonly type: BaseType;
  readonly bitFlags: boolean;
  readonly doc: string;
  readonly values: readonly (readonly [name: string, doc: string])[];
}

/** A table of reflection.fbs: its fields have the ids 0, 1, 2 ... */
export interface TableWords {
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly FieldWords[];
}

/** A field: `type` as the schema writes it, `marks` the attributes without a value. */
export type FieldWords = readonly [name: string, type: string, marks: string, doc: string, defaultInteger?: number];

/*
 * The schema of schemas as data, the same as reflection/reflection.fbs says in schema language (a test compares them
 * word for word). It has to stand here because nothing can be read before a first schema is there.
 */

export const REFLECTION_ENUMS: readonly EnumWords[] = [
  {
    name: "BaseType",
    type: BaseType.Byte,
    bitFlags: false,
    doc: "What a value is on the wire. The members from UType to Double are scalars; those from UType to ULong are\nintegers (a bool and a union tag count as integers too). New members go before MaxBaseType.",
    values: [
      ["None", "Nothing: the element of a type that has no elements, or the type behind the union member NONE."],
      ["UType", "The one-byte tag of a union: which of its members is stored."],
      ["Bool", "One byte. Writers store 0 or 1; readers take any other value as true."],
      ["Byte", "Signed integer of 8 bits."],
      ["UByte", "Unsigned integer of 8 bits."],
      ["Short", "Signed integer of 16 bits."],
      ["UShort", "Unsigned integer of 16 bits."],
      ["Int", "Signed integer of 32 bits."],
      ["UInt", "Unsigned integer of 32 bits."],
      ["Long", "Signed integer of 64 bits."],
      ["ULong", "Unsigned integer of 64 bits."],
      ["Float", "IEEE 754 number of 32 bits."],
      ["Double", "IEEE 754 number of 64 bits."],
      ["String", "An offset to a length, that many bytes of UTF-8, and a zero byte."],
      ["Vector", "An offset to a 32-bit count and that many elements."],
      ["Obj", "A table (stored behind an offset) or a struct (stored in place): the Object tells which."],
      ["Union", "An offset to whatever the tag in the field before it names."],
      ["Array", "A run of elements of fixed length, stored in place. Occurs only inside structs."],
      ["Vector64", "A vector whose count and whose offset both have 64 bits."],
      ["MaxBaseType", "One more than the last real member; never the type of anything."],
    ],
  },
  {
    name: "AdvancedFeatures",
    type: BaseType.ULong,
    bitFlags: true,
    doc: "Features a schema makes use of that not every reader knows. A reader that meets a bit it has no name for\nshould refuse the schema rather than misread the data.",
    values: [
      ["AdvancedArrayFeatures", "Some struct holds an array of fixed length."],
      ["AdvancedUnionFeatures", "Some table holds a vector of unions."],
      ["OptionalScalars", "Some scalar field has null as its default."],
      ["DefaultVectorsAndStrings", "Some string or vector field has a default."],
    ],
  },
];

export const REFLECTION_TABLES: readonly TableWords[] = [
  {
    name: "Type",
    doc: "A full description of one type: what it is, what it holds, and which named type stands behind it.",
    fields: [
      ["base_type", "BaseType", "", "The outermost layer."],
      ["element", "BaseType", "", "What a Vector, Vector64 or Array repeats; None for everything else."],
      [
        "index",
        "int",
        "",
        "Which named type is meant, as a position in a sorted vector of the Schema: in `objects` when the type (or\nits element) is Obj, in `enums` when it is a union, a tag, or an integer declared by an enum. -1 when no\nnamed type is involved.",
        -1,
      ],
      ["fixed_length", "uint16", "", "How many elements an Array has."],
      [
        "base_size",
        "uint",
        "",
        "How many bytes one `base_type` takes where the field lies: offsets count 4, Vector64 counts 8.\nAn Array says 4 here whatever it holds; multiply its element by `fixed_length` instead.",
        4,
      ],
      [
        "element_size",
        "uint",
        "",
        "How many bytes one element takes. Right for vectors; an Array or Vector64 of structs says 4 whatever the\nstruct measures, and a type without elements says 1.",
      ],
    ],
  },
  {
    name: "KeyValue",
    doc: "One attribute: a name in parentheses after a declaration, perhaps with a value.",
    fields: [
      ["key", "string", "required key", "The attribute's name."],
      [
        "value",
        "string",
        "",
        'Its value as text: strings without their quotes, integers in decimal, "0" when none was written.',
      ],
    ],
  },
  {
    name: "EnumVal",
    doc: "One member of an enum or of a union.",
    fields: [
      [
        "name",
        "string",
        "required",
        "The member's name. A union member taken from another namespace has its dots replaced by underscores.",
      ],
      [
        "value",
        "long",
        "key",
        "The number stored on the wire; bit flags are already shifted into place. An unsigned 64-bit number above\nthe signed range appears as the negative number with the same bits.",
      ],
      ["object", "Object", "deprecated", "Replaced by `union_type`."],
      [
        "union_type",
        "Type",
        "",
        "What a union stores under this tag: a table, a struct or a string. None for NONE and in plain enums.",
      ],
      [
        "documentation",
        "[string]",
        "",
        "Lines of the comment in front of the declaration, in order, without their three slashes.",
      ],
      ["attributes", "[KeyValue]", "", "Attributes, sorted by key."],
    ],
  },
  {
    name: "Enum",
    doc: "An enum, or a union (whose members are types rather than bare numbers).",
    fields: [
      ["name", "string", "required key", "Name with its namespace, joined by dots."],
      [
        "values",
        "[EnumVal]",
        "required",
        "The members by ascending value; a reader looks them up by value, never by position.",
      ],
      ["is_union", "bool", "", "True for a union."],
      ["underlying_type", "Type", "required", "The integer type that carries the value."],
      ["attributes", "[KeyValue]", "", "Attributes, sorted by key."],
      [
        "documentation",
        "[string]",
        "",
        "Lines of the comment in front of the declaration, in order, without their three slashes.",
      ],
      ["declaration_file", "string", "", "The file that declares it, from the project's folder: `//folder/file.fbs`."],
    ],
  },
  {
    name: "Field",
    doc: "One field of a table or of a struct.",
    fields: [
      ["name", "string", "required key", "The field's name, unique within its object."],
      [
        "type",
        "Type",
        "required",
        "The field's type. A union takes two fields: its tag, named with `_type` at the end, stands just before it.",
      ],
      ["id", "ushort", "", "The field's number, counted in order of declaration or given by the `id` attribute."],
      [
        "offset",
        "ushort",
        "",
        "In a table, where the vtable keeps the field's entry, in bytes from the start of the vtable: 4 + 2 x id.\nIn a struct, where the value lies, in bytes from the start of the struct.",
      ],
      ["default_integer", "long", "", "What an absent bool, integer, enum or tag reads as. 0 for all other types."],
      [
        "default_real",
        "double",
        "",
        "What an absent float or double reads as; a float's default is kept in double precision here.",
      ],
      ["deprecated", "bool", "", "True when writers should leave the field out and readers need not offer it."],
      ["required", "bool", "", "True when a table without the field is invalid."],
      ["key", "bool", "", "True when vectors of this object are sorted by this field."],
      ["attributes", "[KeyValue]", "", "Attributes, sorted by key."],
      [
        "documentation",
        "[string]",
        "",
        "Lines of the comment in front of the declaration, in order, without their three slashes.",
      ],
      [
        "optional",
        "bool",
        "",
        "True when absence has a meaning of its own: a scalar whose default is null, or a string, vector, table,\nstruct or union that is neither required nor has a default.",
      ],
      ["padding", "uint16", "", "In a struct, how many unused bytes follow the value."],
      [
        "offset64",
        "bool",
        "",
        "True when the table keeps 8 bytes for the offset to this string or vector instead of 4.",
      ],
    ],
  },
  {
    name: "Object",
    doc: "A table or a struct.",
    fields: [
      ["name", "string", "required key", "Name with its namespace, joined by dots."],
      ["fields", "[Field]", "required", "The fields sorted by name. Their order on the wire follows from `Field.id`."],
      ["is_struct", "bool", "", "True for a struct."],
      ["minalign", "int", "", "What a struct's position must be a multiple of. Says nothing for tables."],
      ["bytesize", "int", "", "How many bytes a struct takes, padding included. 0 for tables."],
      ["attributes", "[KeyValue]", "", "Attributes, sorted by key."],
      [
        "documentation",
        "[string]",
        "",
        "Lines of the comment in front of the declaration, in order, without their three slashes.",
      ],
      ["declaration_file", "string", "", "The file that declares it, from the project's folder: `//folder/file.fbs`."],
    ],
  },
  {
    name: "RPCCall",
    doc: "One method of a service.",
    fields: [
      ["name", "string", "required key", "The method's name."],
      ["request", "Object", "required", "The table a caller sends."],
      ["response", "Object", "required", "The table a caller gets back."],
      ["attributes", "[KeyValue]", "", "Attributes, sorted by key: whether the call streams is said here."],
      [
        "documentation",
        "[string]",
        "",
        "Lines of the comment in front of the declaration, in order, without their three slashes.",
      ],
    ],
  },
  {
    name: "Service",
    doc: "A set of methods under one name.",
    fields: [
      ["name", "string", "required key", "Name with its namespace, joined by dots."],
      ["calls", "[RPCCall]", "", "The methods in order of declaration; they are not sorted by name."],
      ["attributes", "[KeyValue]", "", "Attributes, sorted by key."],
      [
        "documentation",
        "[string]",
        "",
        "Lines of the comment in front of the declaration, in order, without their three slashes.",
      ],
      ["declaration_file", "string", "", "The file that declares it, from the project's folder: `//folder/file.fbs`."],
    ],
  },
  {
    name: "SchemaFile",
    doc: "One source file the schema was compiled from.",
    fields: [
      ["filename", "string", "required key", "The file, from the project's folder: `//folder/file.fbs`."],
      ["included_filenames", "[string]", "", "The files it includes directly, named the same way."],
    ],
  },
  {
    name: "Schema",
    doc: "A whole compiled schema: the root of every .bfbs file.",
    fields: [
      [
        "objects",
        "[Object]",
        "required",
        "All tables and structs, sorted by full name. `Type.index` counts in this order.",
      ],
      ["enums", "[Enum]", "required", "All enums and unions, sorted by full name. `Type.index` counts in this order."],
      ["file_ident", "string", "", "The four characters that mark a buffer of this schema; empty when there are none."],
      [
        "file_ext",
        "string",
        "",
        "The usual file name extension of such a buffer, without a dot; empty when none was declared.",
      ],
      [
        "root_table",
        "Object",
        "",
        "The table a buffer starts with; the same Object as the one in `objects`. Absent without root_type.",
      ],
      ["services", "[Service]", "", "All services, sorted by full name."],
      [
        "advanced_features",
        "AdvancedFeatures",
        "",
        "Which features beyond the first version of the format are in use.",
      ],
      [
        "fbs_files",
        "[SchemaFile]",
        "",
        "The files this schema was compiled from, sorted by name. Absent when the compiler was not told.",
      ],
    ],
  },
];
