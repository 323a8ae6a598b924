import type { RunRecord } from "../../../core/protocol/run-files.ts";
import { experimentAsRun } from "./experiment-as-run.ts";

export interface BestExperiment {
  readonly text: string;
  /** Number of the trial. */
  readonly trial: number;
  /** `key=value` pairs that make it differ from the sweep's file. */
  readonly set: readonly string[];
}

/**
 * The experiment of a sweep's best trial, by what the sweep's record says of it: the trial's own
 * folder may be gone.
 *
 * @param text The sweep's experiment file.
 * @throws {Error} If no trial is the best, or the text has no place for its values.
 */
export function bestExperiment(
  text: string,
  { id, set = [], sweep }: Pick<RunRecord, "id" | "set" | "sweep">,
): BestExperiment {
  const best = sweep?.trials.find(({ number }) => number === sweep.best);
  if (best === undefined) throw new Error(`No trial of ${id} was trained to the end`);
  const parts = { set: [...set, ...best.set], parent: id };
  return { text: experimentAsRun(text, parts), trial: best.number, set: best.set };
}
