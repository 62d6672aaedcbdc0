import { BOTH, type Comparison, report } from "./compare-report.js";

/** Compares the services that both schemas have, and tells those that are gone. */
export function compareServices(comparison: Comparison): void {
  const { base, next } = comparison;
  for (const [name, service] of base.services) {
    const other = next.services.get(name);
    if (other === undefined) {
      report(comparison, "service-removed", name, `the service '${name}' is gone`, BOTH);
      continue;
    }
    const calls = new Map(other.calls.map((call) => [call.name, call]));
    for (const call of service.calls) {
      const path = `${name}.${call.name}`;
      const same = calls.get(call.name);
      if (same === undefined) report(comparison, "method-removed", path, `the method '${call.name}' is gone`, BOTH);
      else {
        const [before, now] = [call, same].map(({ request, response }) => `(${request.name}): ${response.name}`);
        if (before === now) continue;
        report(comparison, "method-type-changed", path, `the method '${call.name}' was ${before} and is ${now}`, BOTH);
      }
    }
  }
}
