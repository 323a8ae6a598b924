import type { Finding } from "../../server/src/engine/finding.ts";
import type { Fix } from "../../server/src/engine/rule.ts";

/** A finding over the first occurrence of `code` in `text`, for tests that need no real rule. */
export function findingOf(
  text: string,
  code: string,
  fixes: readonly Fix[] = [],
  identity: Partial<Pick<Finding, "code" | "name" | "severity">> = {},
): Finding {
  const start = text.indexOf(code);
  return {
    code: "NL601",
    name: "prune-zeroes-largest",
    family: "sparsity",
    severity: "error",
    message: `About ${code}.`,
    span: { start, end: start + code.length },
    related: [],
    fixes,
    ...identity,
  };
}
