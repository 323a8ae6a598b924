import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { bestRuns } from "../runs/best-runs.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<
  Host,
  "runs" | "pickRun" | "experimentText" | "bestExperimentText" | "copyText" | "inform"
>;

/** What can have a best configuration: a sweep with a best trial, and the best run of an experiment. */
function candidates(runs: readonly RunListEntry[]): readonly RunListEntry[] {
  const best = bestRuns(runs);
  return runs.filter(
    ({ folder, record }) =>
      record.sweep?.best !== undefined || (best.has(folder) && record.parent === undefined),
  );
}

/** Copies the experiment of a sweep's best trial, or of the best run, with its values in place. */
export const copyBestExperiment: Command<Deps> = {
  id: "normlens.copyBestExperiment",
  async run(deps, target) {
    const runs = candidates(await deps.runs());
    if (runs.length === 0) {
      deps.inform("No run is the best yet: two of one experiment have to finish, or a sweep.");
      return;
    }
    const run = await chooseRun(target, runs, (all) =>
      deps.pickRun(all, "Copy the best experiment of which runs?"),
    );
    if (run === undefined) {
      if (target !== undefined) {
        deps.inform("None of its trials was trained to the end, so none is the best.");
      }
      return;
    }
    if (run.record.sweep === undefined) {
      await deps.copyText(await deps.experimentText(run));
      deps.inform(`Copied the experiment of “${run.name}”, the best run of ${run.record.spec}.`);
      return;
    }
    const { text, trial, set } = await deps.bestExperimentText(run);
    await deps.copyText(text);
    deps.inform(`Copied the experiment of trial ${trial}, the best: ${set.join(", ")}.`);
  },
};
