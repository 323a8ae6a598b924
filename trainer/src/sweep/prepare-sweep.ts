import path from "node:path";
import type { Sweep } from "../../../core/experiment/experiment.ts";
import type { TrainRequest } from "../../../core/protocol/trainer.ts";
import { selectBackend } from "../backends/select.ts";
import type { LoadContext } from "../data-source.ts";
import { type ExperimentFile, readExperimentFile } from "../experiment-file.ts";
import type { PreparedRun } from "../procedure.ts";
import { runSweep, type TrainTrial } from "./run-sweep.ts";
import { epochsOf, rungsOf } from "./rungs.ts";
import { trialSettings } from "./trial-settings.ts";

/** What a sweep is prepared with. */
export interface SweepLaunch {
  readonly request: TrainRequest;
  /** `key=value` pairs of the launch, which hold for all trials. */
  readonly set: readonly string[];
  readonly trainTrial: TrainTrial;
}

/**
 * A sweep as a run of its own, whose steps are the epochs of all trials.
 *
 * @throws {ExperimentRefused} If the values of a trial make no experiment; nothing is trained then.
 */
export async function prepareSweep(
  file: ExperimentFile,
  sweep: Sweep,
  { request, set, trainTrial }: SweepLaunch,
  context: LoadContext,
): Promise<PreparedRun> {
  const { experiment } = file;
  const settings = trialSettings(sweep);
  for (const own of settings) {
    context.signal.throwIfAborted();
    readExperimentFile(request.spec, request.workspace, [...set, ...own]);
  }
  const backend = await selectBackend(experiment.training.backend, context.report);
  const rungs = rungsOf(settings.length, experiment.training.epochs, sweep.halving);
  const epochs = epochsOf(rungs);
  const keys = sweep.vary.map(({ key }) => key).join(", ");
  const least = sweep.goal === "minimize" ? "least" : "largest";
  return {
    backend,
    facts: {
      steps_total: epochs,
      epochs_total: epochs,
      samples: {},
      classes: [],
      modalities: [],
      objective: `${least} ${sweep.metric} of ${settings.length} trials over ${keys}`,
    },
    notes: [
      `Trials are runs of their own; ${rungs.map(({ trials, epochs: own }) => `${trials} for ${own} epochs`).join(", ")}`,
    ],
    run: (writer, emit, signal) =>
      runSweep(
        { sweep, settings, rungs, set, request, folder: path.dirname(request.spec), trainTrial },
        { writer, emit, signal },
      ),
    dispose: () => undefined,
  };
}
