import type { RunListEntry } from "../../../core/protocol/run-worker.ts";

/**
 * The strengths that a run was trained with, each once, in the order of its penalties; the chosen
 * one alone where λ was chosen. A sweep has none of its own, its trials have.
 */
export function lambdasOfRun({ record }: RunListEntry): readonly number[] {
  if (record.sweep !== undefined) return [];
  if (record.selection !== undefined) return [record.selection.lambda];
  return [...new Set((record.penalties ?? []).map(({ lambda }) => lambda))];
}

/** Order of two runs by their first λ, weakest first; runs without one come last. */
export function compareByLambda(a: RunListEntry, b: RunListEntry): number {
  const [first = Number.POSITIVE_INFINITY] = lambdasOfRun(a);
  const [second = Number.POSITIVE_INFINITY] = lambdasOfRun(b);
  return first === second ? 0 : first - second;
}
