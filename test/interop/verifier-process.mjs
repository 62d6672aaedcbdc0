import { spawn } from "node:child_process";

/** A process of differential.cpp: `ask(buffers)` gives its answers, 'y', 'n' or 'o' for each. */
export function startVerifier(program) {
  // Reads outside are reported to the program, which goes on; the reports themselves are of no use here.
  const env = { ASAN_OPTIONS: "halt_on_error=0:suppress_equal_pcs=0:detect_leaks=0:allocator_may_return_null=1" };
  const child = spawn(program, { stdio: ["pipe", "pipe", "ignore"], env });
  let wanted = 0;
  let parts = [];
  let received = 0;
  let settle;
  child.stdout.on("data", (part) => {
    parts.push(part);
    received += part.length;
    if (received >= wanted)
      settle.resolve(
        Buffer.concat(parts)
          .toString("latin1")
          .slice(0, wanted - 1),
      );
  });
  child.on("exit", (code, signal) => settle?.reject(new Error(`the C++ verifier ended (${signal ?? code})`)));

  return {
    async ask(buffers) {
      // The empty frame at the end makes the program send what it has; its own answer is dropped.
      const frames = [...buffers, new Uint8Array(0)].map((bytes) => {
        const frame = Buffer.alloc(4 + bytes.length);
        frame.writeUInt32LE(bytes.length);
        frame.set(bytes, 4);
        return frame;
      });
      parts = [];
      received = 0;
      wanted = frames.length;
      const answers = new Promise((resolve, reject) => {
        settle = { resolve, reject };
      });
      child.stdin.write(Buffer.concat(frames));
      return [...(await answers)];
    },
    stop() {
      settle = undefined;
      child.stdin.end();
    },
  };
}
