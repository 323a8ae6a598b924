import type { Penalty } from "../../core/experiment/experiment.ts";
import type { RecordedPenalty } from "../../core/protocol/run-files.ts";

/** A penalty of an experiment with the number that its λ comes to, as `run.json` has it. */
export function recordedPenalty({ norm, on }: Penalty, lambda: number): RecordedPenalty {
  return on === undefined ? { norm, lambda } : { norm, lambda, on };
}
