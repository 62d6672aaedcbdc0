import type { Scanner } from "../text/scanner.js";
import { parseTypeName } from "./parse-type.js";
import { parseAttributes } from "./parse-value.js";
import type { RpcCallSyntax, ServiceSyntax } from "./syntax.js";
import { expectName, expectSymbol, isSymbol } from "./token-stream.js";

/** Reads an rpc_service behind its first word, handing it to `keep` as soon as it has a name. */
export function parseService(
  scanner: Scanner,
  docs: readonly string[],
  keep: (service: ServiceSyntax) => void,
  recover: (parse: () => void) => boolean,
): void {
  const name = expectName(scanner, "the name of the service");
  const service: ServiceSyntax = { kind: "service", name, nameMark: scanner.end, docs, attributes: [], calls: [] };
  keep(service);
  parseAttributes(scanner, service.attributes);
  expectSymbol(scanner, "{", "before the methods");
  do {
    recover(() => parseCall(scanner, service));
  } while (!isSymbol(scanner, "}"));
  scanner.next();
}

function parseCall(scanner: Scanner, service: ServiceSyntax): void {
  const { docs } = scanner;
  const name = expectName(scanner, "a method's name");
  const call: RpcCallSyntax = { name, docs, attributes: [] };
  service.calls.push(call);
  expectSymbol(scanner, "(", "before the table that the method takes");
  call.request = parseTypeName(scanner);
  expectSymbol(scanner, ")", "behind the table that the method takes");
  expectSymbol(scanner, ":", "before the table that the method returns");
  call.response = parseTypeName(scanner);
  call.typesMark = scanner.end;
  parseAttributes(scanner, call.attributes);
  expectSymbol(scanner, ";", "at the end of the method");
}
