import { checkExperiment } from "../../../core/experiment/check-experiment.ts";
import { problemText } from "../../../core/experiment/experiment-problem.ts";
import { overrideParts } from "../../../core/experiment/override-parts.ts";
import { readExperiment } from "./experiment-as-run.ts";

/** Key and value of `key=value`, `undefined` for any other text. */
export function pairOf(text: string): { readonly key: string; readonly value: string } | undefined {
  const [, key, value] = /^\s*([\w.-]+)\s*=\s*(.*\S)\s*$/.exec(text) ?? [];
  return key === undefined || value === undefined ? undefined : { key, value };
}

/** `pairs` with the values of `changes` in the place of theirs for the same keys. */
export function withChanges(
  pairs: readonly string[],
  changes: ReadonlyMap<string, string>,
): readonly string[] {
  const kept = pairs.filter((pair) => !changes.has(overrideParts(pair).key));
  return [...kept, ...[...changes].map(([key, value]) => `${key}=${value}`)];
}

/**
 * What would be wrong with the experiment in `text` after `changes`, at `key` if there is something;
 * `undefined` where it can be trained.
 */
export function changeFault(
  text: string,
  changes: ReadonlyMap<string, string>,
  key?: string,
): string | undefined {
  try {
    const checked = checkExperiment(readExperiment(text, { set: withChanges([], changes) }));
    if (!("problems" in checked)) return undefined;
    const at = ({ path }: (typeof checked.problems)[number]) => path.join(".");
    const own = checked.problems.find((problem) => `${at(problem)}.`.startsWith(`${key}.`));
    const [first] = checked.problems;
    const shown = own ?? first;
    if (shown === undefined) return undefined;
    return own === undefined ? `${at(shown)}: ${problemText(shown)}` : problemText(own);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
