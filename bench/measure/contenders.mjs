import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { BENCH } from "../setup/places.mjs";

const NO_CODE_FROM_TEXT = "--disallow-code-generation-from-strings";

/**
 * The processes that take part: `ask(name, key, words)` sends one command to the contender of that name and gives the
 * answer's words. Each key has a process of its own, started when it is first asked, so that no job runs on code that
 * the engine has compiled for another. Only one of them works at a time, since the caller waits for each answer.
 */
export function createContenders(library, native) {
  const running = new Map();

  return {
    async ask(name, key, words) {
      if (name === "native" && native.missing !== undefined) return ["skip", native.missing];
      if (!running.has(key)) running.set(key, start(...command(name)));
      return running.get(key)(words);
    },
    /** Ends all of them; the next question starts new ones. */
    stop() {
      for (const ask of running.values()) ask.end();
      running.clear();
    },
  };

  function command(name) {
    if (name === "native") return [native.program, []];
    const script = join(BENCH, "children", `${name}.mjs`);
    const flags = name === "wasm" ? [] : [NO_CODE_FROM_TEXT];
    return [process.execPath, [...flags, "--max-old-space-size=8192", script, library]];
  }
}

function start(program, args) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = [];
  let ended = false;
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line.split("\t")));
  child.on("exit", (code, signal) => {
    ended = true;
    for (const answer of waiting) answer(["skip", `the process ended (${signal ?? code})`]);
  });
  const ask = (words) =>
    new Promise((resolve) => {
      if (ended) return resolve(["skip", "the process has ended"]);
      waiting.push(resolve);
      child.stdin.write(`${words.join("\t")}\n`);
    });
  ask.end = () => child.stdin.end();
  return ask;
}
