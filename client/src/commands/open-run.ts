import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { folderOf } from "../runs/run-argument.ts";

type Deps = Pick<Host, "runs" | "pickRun" | "openRun" | "inform">;

export const openRun: Command<Deps> = {
  id: "normlens.openRun",
  async run(deps, target) {
    const named = folderOf(target);
    if (named !== undefined) {
      await deps.openRun(named);
      return;
    }
    const runs = await deps.runs();
    if (runs.length === 0) {
      deps.inform("No runs yet. Start one with “NormLens: Start Training…”.");
      return;
    }
    const run = await deps.pickRun(runs, "Open which run?");
    if (run !== undefined) await deps.openRun(run.folder);
  },
};
