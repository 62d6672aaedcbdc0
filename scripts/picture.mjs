/**
 * Draws docs/picture.svg, the terminal in the README, from what the built program really prints.
 * `npm run picture` writes it; with `--check` it only fails when the picture is not current.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const TARGET = join(ROOT, "docs", "picture.svg");
const MONSTER = join(ROOT, "fixtures", "monster");
const SHOWN_JSON_LINES = 18;
const LINE_HEIGHT = 20;
const CHARACTER_WIDTH = 8.4;
const MARGIN = 20;

const svg = draw(terminalLines());
if (!process.argv.includes("--check")) writeFileSync(TARGET, svg);
else if (!existsSync(TARGET) || readFileSync(TARGET, "utf8") !== svg) {
  console.error("docs/picture.svg is not what the program prints now: npm run picture");
  process.exit(1);
}

/** Two commands and their output: one that checks, one that prints. */
function terminalLines() {
  const dir = mkdtempSync(join(tmpdir(), "flatlens-picture-"));
  try {
    copyFileSync(join(MONSTER, "monster.full.bfbs"), join(dir, "monster.bfbs"));
    copyFileSync(join(MONSTER, "monster.bin"), join(dir, "monster.bin"));
    writeFileSync(join(dir, "stranger.bin"), damaged(readFileSync(join(MONSTER, "monster.bin"))));
    const json = flatlens(dir, "json", "monster.bfbs", "monster.bin", "--indent", "2");
    return [
      { kind: "command", text: "$ flatlens verify monster.bfbs monster.bin stranger.bin" },
      ...flatlens(dir, "verify", "monster.bfbs", "monster.bin", "stranger.bin").map(verdictLine),
      { kind: "output", text: "" },
      { kind: "command", text: `$ flatlens json monster.bfbs monster.bin --indent 2 | head -n ${SHOWN_JSON_LINES}` },
      ...json.slice(0, SHOWN_JSON_LINES).map((text) => ({ kind: "output", text })),
    ];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The monster with the length of its name turned into a huge number. */
function damaged(bytes) {
  const name = bytes.indexOf("Barnaby");
  bytes.writeUInt32LE(0x7fffffff, name - 4);
  return bytes;
}

function flatlens(cwd, ...args) {
  const { stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "dist", "cli", "main.js"), ...args], {
    cwd,
    encoding: "utf8",
  });
  if (stderr !== "") throw new Error(stderr);
  return stdout.trimEnd().split("\n");
}

function verdictLine(text) {
  return { kind: text.includes(": ok (") ? "good" : "bad", text };
}

function draw(lines) {
  const columns = Math.max(...lines.map(({ text }) => [...text].length));
  const width = Math.ceil(columns * CHARACTER_WIDTH + 2 * MARGIN);
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const rows = lines.map(({ kind, text }, i) => {
    const y = MARGIN + (i + 0.75) * LINE_HEIGHT;
    return `  <text class="${kind}" x="${MARGIN}" y="${y}" xml:space="preserve">${escapeXml(text)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="flatlens verify and flatlens json in a terminal">
  <style>
    text { font: 14px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d0d7de; }
    .command { fill: #ffffff; font-weight: 600; }
    .good { fill: #7ee787; }
    .bad { fill: #ffa198; }
  </style>
  <rect width="100%" height="100%" rx="10" fill="#0d1117"/>
${rows.join("\n")}
</svg>
`;
}

function escapeXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
