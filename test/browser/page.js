import * as flatlens from "/dist/index.js";
import { rows } from "/fixtures.js";
import { rowFaults } from "/test/support/check-row.mjs";

const report = {
  evalBlocked: isBlocked(() => new Function("return 1")()),
  wasmBlocked: isBlocked(() => new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))),
  rows: rows.map((row) => ({ name: row.name, faults: faultsOf(row) })),
};
document.getElementById("report").textContent = JSON.stringify(report);
document.title = "done";

function faultsOf(row) {
  try {
    return rowFaults(flatlens, { ...row, schema: bytesOf(row.schema), data: bytesOf(row.data) });
  } catch (error) {
    return [`${error.name}: ${error.message}`];
  }
}

function isBlocked(probe) {
  try {
    probe();
    return false;
  } catch {
    return true;
  }
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
