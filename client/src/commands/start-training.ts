import type { Command } from "../command.ts";
import type { Host } from "../host.ts";

type Deps = Pick<Host, "isTrusted" | "findExperiments" | "pickExperiment" | "train" | "inform">;

/** The experiment file a menu was opened on: a URI of the explorer or of an editor title. */
function pathOf(argument: unknown): string | undefined {
  return typeof argument === "object" &&
    argument !== null &&
    "fsPath" in argument &&
    typeof argument.fsPath === "string"
    ? argument.fsPath
    : undefined;
}

export const startTraining: Command<Deps> = {
  id: "normlens.startTraining",
  async run(deps, target) {
    if (!deps.isTrusted()) {
      deps.inform("Training starts a process, so it needs a trusted workspace.");
      return;
    }
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
