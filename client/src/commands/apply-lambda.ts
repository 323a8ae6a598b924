import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<Host, "runs" | "pickRun" | "writeLambda" | "inform">;

/** λ that the command was called with, if it was called from a panel. */
function lambdaOf(argument: unknown): number | undefined {
  return typeof argument === "object" &&
    argument !== null &&
    "lambda" in argument &&
    typeof argument.lambda === "number"
    ? argument.lambda
    : undefined;
}

/** Writes a λ of a run's path to its experiment file: the one of the panel's handle, else the chosen one. */
export const applyLambda: Command<Deps> = {
  id: "normlens.applyLambda",
  async run(deps, target) {
    const choosing = (await deps.runs()).filter(({ record }) => (record.selection?.tried ?? 0) > 0);
    if (choosing.length === 0) {
      deps.inform("No run has chosen its λ from a path.");
      return;
    }
    const run = await chooseRun(target, choosing, (runs) =>
      deps.pickRun(runs, "Apply the λ of which run?"),
    );
    const lambda = lambdaOf(target) ?? run?.record.selection?.lambda;
    if (run !== undefined && lambda !== undefined) await deps.writeLambda(run, lambda);
  },
};
