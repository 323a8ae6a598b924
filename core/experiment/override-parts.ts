import type { ExperimentPath } from "./experiment-problem.ts";

interface OverrideParts {
  /** As it is written, dotted; empty where the text has none. */
  readonly key: string;
  /** The same step by step: digits are a place in a list. */
  readonly path: ExperimentPath;
  /** YAML. */
  readonly value: string;
}

/** What a value that is set for one training says: `penalty.0.lambda=1e-4`. */
export function overrideParts(pair: string): OverrideParts {
  const equals = pair.indexOf("=");
  const key = pair.slice(0, Math.max(0, equals));
  const path = key.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return { key, path, value: pair.slice(equals + 1) };
}
