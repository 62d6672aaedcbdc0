/**
 * Exchange with other implementations: what C++, Python and flatc write is verified and printed here, what is built
 * here is verified and read there. Wants Debian's flatbuffers-compiler, libflatbuffers-dev, python3-flatbuffers and g++
 * (FlatBuffers 2.0.8: an old version on purpose, the format has not changed).
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as flatlens from "../../dist/index.js";
import { assertSame, assertTrue, createChecks } from "../support/checks.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PYTHON = process.env["PYTHON"] ?? "/usr/bin/python3";

/** The ship that all of them write. */
const text =
  '{"name":"Möwe 7","tide":"Flood","tonnage":18446744073709551615,"draught":3.75,' +
  '"berths":[{"pier":3,"metres":12.5},{"pier":250,"metres":-0.25}],"crew":["Ada","","Żubr"],"log":[-32768,0,32767],' +
  '"cargo_type":"Fish","cargo":{"species":"herring","kilos":1234.5},' +
  '"tenders":[{"name":"dinghy","cargo_type":"Rope","cargo":{"metres":7}}]}';

/** What exchange.cpp prints of it. */
const LINES = `Möwe 7
Flood
18446744073709551615
3.75
3 12.5
250 -0.25
[Ada]
[]
[Żubr]
-32768
0
32767
Fish
herring 1234.5
dinghy
Slack
0
2.5
Rope
7
`;

const { check, finish } = createChecks("interop");
const dir = mkdtempSync(join(tmpdir(), "flatlens-interop-"));
try {
  await exchange();
} finally {
  rmSync(dir, { recursive: true });
}
finish();

async function exchange() {
  let schema;
  await check("flatc compiles the schema, g++ the program", () => {
    copyFileSync(join(HERE, "ledger.fbs"), join(dir, "ledger.fbs"));
    run("flatc", "--cpp", "--python", "-b", "--schema", "--bfbs-builtins", "ledger.fbs");
    run("g++", "-std=c++17", "-I.", "-o", "exchange", join(HERE, "exchange.cpp"));
    schema = flatlens.loadSchema(file("ledger.bfbs"));
  });
  if (schema === undefined) return;

  for (const [writer, write] of [
    ["C++", () => run("./exchange", "write", "there.bin")],
    ["Python", () => python("write", "there.bin")],
    ["flatc", () => flatcBuild("there")],
  ]) {
    await check(`what ${writer} writes verifies and prints here`, () => {
      write();
      const bytes = file("there.bin");
      assertVerifies(schema, bytes, {});
      assertSame(flatlens.toJSON(schema, bytes), text, "text");
    });
  }

  await check("what C++ writes with a size prefix verifies and prints here", () => {
    run("./exchange", "write-prefixed", "prefixed.bin");
    assertVerifies(schema, file("prefixed.bin"), { sizePrefixed: true });
    assertSame(flatlens.toJSON(schema, file("prefixed.bin"), { sizePrefixed: true }), text, "text");
  });

  await check("a buffer cut short is refused here as by C++", () => {
    run("./exchange", "write", "whole.bin");
    const whole = file("whole.bin");
    for (const length of [0, 3, 11, 60, whole.length - 8]) {
      writeFileSync(join(dir, "cut.bin"), whole.subarray(0, length));
      assertSame(flatlens.verify(schema, whole.subarray(0, length)).ok, false, `${length} bytes here`);
      assertTrue(!succeeds("./exchange", "check", "cut.bin"), `C++ accepts ${length} bytes`);
    }
  });

  for (const [reader, read] of [
    ["C++ verifies and reads", () => assertSame(run("./exchange", "print", "here.bin"), LINES, "lines")],
    ["Python reads", () => assertSame(python("read", "here.bin").trimEnd(), text, "text")],
    ["flatc prints", () => assertSame(flatcPrint("here"), flatcStyle(schema), "text")],
  ]) {
    await check(`what is built here ${reader}`, () => {
      writeFileSync(join(dir, "here.bin"), flatlens.fromJSON(schema, text));
      read();
    });
  }

  await check("what is built here with a size prefix C++ verifies", () => {
    writeFileSync(join(dir, "here.bin"), flatlens.fromJSON(schema, text, { sizePrefixed: true }));
    run("./exchange", "check-prefixed", "here.bin");
  });
}

function assertVerifies(schema, bytes, options) {
  const verdict = flatlens.verify(schema, bytes, options);
  assertTrue(verdict.ok, JSON.stringify(verdict.issues));
}

function flatcStyle(schema) {
  return flatlens.toJSON(schema, flatlens.fromJSON(schema, text), { style: "flatc" });
}

function flatcBuild(name) {
  writeFileSync(join(dir, `${name}.json`), text);
  run("flatc", "-b", "ledger.fbs", `${name}.json`);
}

function flatcPrint(name) {
  run("flatc", "--json", "--strict-json", "ledger.fbs", "--", `${name}.bin`);
  return file(`${name}.json`).toString("utf8");
}

function python(...args) {
  return run(PYTHON, join(HERE, "exchange.py"), ...args);
}

function succeeds(command, ...args) {
  try {
    run(command, ...args);
    return true;
  } catch {
    return false;
  }
}

function run(command, ...args) {
  const env = { ...process.env, PYTHONPATH: dir, PYTHONIOENCODING: "utf8", PYTHONDONTWRITEBYTECODE: "1" };
  return execFileSync(command, args, { cwd: dir, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function file(name) {
  return readFileSync(join(dir, name));
}
