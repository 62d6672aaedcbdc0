/**
 * The built library in a real browser, as the ES modules they are, under a content security policy that allows scripts
 * of the page's own origin and nothing else: no eval, no WebAssembly, no network.
 *
 * Takes the browser from `CHROMIUM`, or Debian's.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { assertSame, assertTrue, createChecks } from "../support/checks.mjs";
import { fixtureRows } from "../support/fixture-rows.mjs";

const POLICY = "default-src 'none'; script-src 'self'";
const ROOT = new URL("../../", import.meta.url);
const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript"],
  [".mjs", "text/javascript"],
]);

const { check, finish } = createChecks("browser");
const rows = fixtureRows();

let visit;
await check("the page runs to its end and reports", async () => {
  visit = await visitPage();
  console.log(`      Chromium ${visit.version}`);
});
if (visit !== undefined) {
  const { report, complaints } = visit;
  await check("eval is blocked, so the policy is in force", () => assertSame(report.evalBlocked, true));
  await check("WebAssembly is blocked", () => assertSame(report.wasmBlocked, true));
  await check("the page reports every fixture", () => assertSame(report.rows.length, rows.length));
  for (const row of report.rows) await check(row.name, () => assertSame(row.faults.join("\n"), "", "faults"));
  await check("nothing but the page's two probes violates the policy or logs an error", () => {
    const [probes, others] = [true, false].map((is) =>
      complaints.filter((text) => text.includes("unsafe-eval") === is),
    );
    assertSame(others.join("\n"), "", "console");
    assertTrue(probes.length <= 2, `${probes.length} violations: ${probes.join("\n")}`);
  });
}
await check("the example page shows a buffer as JSON, and says what is wrong with a bad one", checkExample);
finish();

async function visitPage() {
  return withBrowser(async (browser, origin) => {
    const page = await browser.newPage();
    const complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${origin}/test/browser/page.html`);
    await untilText(page, "title", (title) => title === "done");
    const report = JSON.parse(await page.locator("#report").textContent());
    return { report, complaints, version: browser.version() };
  });
}

async function checkExample() {
  await withBrowser(async (browser, origin) => {
    const page = await browser.newPage();
    await page.goto(`${origin}/examples/browser/index.html`);
    await page.setInputFiles("#schema", fixture("monster/monster.full.bfbs"));
    await page.setInputFiles("#buffer", fixture("monster/small.bin"));
    await untilText(page, "#answer", (text) => text === '{\n  "name": "Pip"\n}\n');
    await page.setInputFiles("#buffer", fixture("frames/one.bin"));
    await untilText(page, "#answer", (text) => text.startsWith("wrong-identifier at byte 4 (root): "));
  });
}

async function withBrowser(visit) {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  assertTrue(existsSync(executablePath), `no browser at ${executablePath}: install chromium or set CHROMIUM`);
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    return await visit(browser, `http://127.0.0.1:${server.address().port}`);
  } finally {
    await browser.close();
    server.close();
  }
}

function fixture(path) {
  return fileURLToPath(new URL(`fixtures/${path}`, ROOT));
}

/** Asks again and again from outside: waiting inside the page would need the eval that the policy forbids. */
async function untilText(page, selector, isIt) {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const text = await page.locator(selector).textContent();
    if (isIt(text)) return;
    assertTrue(Date.now() < deadline, `${selector} is still ${JSON.stringify(text)} after two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Serves the page, the built library, and the fixtures as a module (under this policy a page can't fetch). */
function answer(request, response) {
  const path = new URL(request.url, "http://localhost").pathname;
  const body = path === "/fixtures.js" ? fixturesModule() : fileFor(path);
  if (body === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "content-type": TYPES.get(extname(path)) ?? "application/octet-stream",
    "content-security-policy": POLICY,
  });
  response.end(body);
}

function fileFor(path) {
  if (!/^\/(dist|examples|test\/browser|test\/support)\/[\w./-]+$/.test(path) || path.includes("..")) return undefined;
  const file = new URL(`.${path}`, ROOT);
  return existsSync(file) ? readFileSync(file) : undefined;
}

function fixturesModule() {
  const base64 = (bytes) => Buffer.from(bytes).toString("base64");
  const encoded = rows.map((row) => ({ ...row, schema: base64(row.schema), data: base64(row.data) }));
  return `export const rows = ${JSON.stringify(encoded)};\n`;
}
