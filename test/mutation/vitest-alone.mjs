/**
 * What the tests take from "vitest", without vitest around it: `describe` and `it` collect, `expect` is vitest's own. So
 * three thousand mutations can be tried in one warm process, where a test session for each takes hours.
 */
import { format } from "node:util";
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";

/** All tests of the files loaded so far: what they're called and what they do. */
export const tests = [];

let group = "";

export const describe = withVariants((name, body) => {
  const outer = group;
  group = `${outer}${name} > `;
  body();
  group = outer;
});

export const it = withVariants((name, ...rest) => {
  tests.push({ name: group + name, run: rest.find((item) => typeof item === "function") });
});

/** Adds `each`, `skipIf` and `runIf`, as far as the tests here use them. */
function withVariants(add) {
  const each =
    (rows) =>
    (name, ...rest) => {
      const run = rest.find((item) => typeof item === "function");
      for (const row of rows) {
        const values = Array.isArray(row) ? row : [row];
        add(titleOf(name, values), () => run(...values));
      }
    };
  const when = (wanted) => (wanted ? add : () => undefined);
  return Object.assign(add, { each, runIf: when, skipIf: (unwanted) => when(!unwanted) });
}

/** `%s` and its like in order, `$member` of the first value. */
function titleOf(name, values) {
  const count = name.match(/%[sdijo]/g)?.length ?? 0;
  const filled = name.replace(/\$(\w+)/g, (whole, key) => String(values[0]?.[key] ?? whole));
  return format(filled, ...values.slice(0, count));
}

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

export const expect = Object.assign(
  (value, message) => chai.expect(value, message),
  chai.expect,
  globalThis[ASYMMETRIC_MATCHERS_OBJECT],
);
expect.getState = () => getState(expect);
expect.setState = (state) => setState(state, expect);
setState({ assertionCalls: 0 }, expect);
