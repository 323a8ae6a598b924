import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { mayStart } from "../may-start.ts";
import { pathOf } from "../path-argument.ts";

type Deps = Pick<Host, "isTrusted" | "findExperiments" | "pickExperiment" | "train" | "inform">;

export const startTraining: Command<Deps> = {
  id: "normlens.startTraining",
  async run(deps, target) {
    if (!mayStart(deps, "Training starts a process")) return;
    const named = pathOf(target);
    const experiments = named === undefined ? await deps.findExperiments() : [named];
    if (experiments.length === 0) {
      deps.inform("No experiment file (*.normlens.yaml) in this workspace. Add one to train.");
      return;
    }
    const spec = named ?? (await deps.pickExperiment(experiments));
    if (spec === undefined) return; // The user pressed Escape.
    await deps.train(spec);
  },
};
