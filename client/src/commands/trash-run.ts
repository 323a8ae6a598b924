import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRuns } from "../runs/run-argument.ts";

type Deps = Pick<Host, "runs" | "pickRun" | "trash" | "restore" | "offer" | "inform">;

/** A sweep's trials mean little without it, so they go with it. */
function withTrials(chosen: readonly RunListEntry[], runs: readonly RunListEntry[]) {
  const folders = new Set(chosen.map(({ folder }) => folder));
  return runs.filter(({ folder, id, record }) => {
    const sweep = record.parent === undefined ? "" : folder.slice(0, -id.length) + record.parent;
    return folders.has(folder) || folders.has(sweep);
  });
}

/** Moves the run, or all that are selected with it, to where *Undo* brings them back from. */
export const trashRun: Command<Deps> = {
  id: "normlens.trashRun",
  async run(deps, target, selection) {
    const runs = await deps.runs();
    const chosen = await chooseRuns({ target, selection }, runs, (all) =>
      deps.pickRun(all, "Move which run?"),
    );
    const [first] = chosen;
    if (first === undefined) return;
    const all = withTrials(chosen, runs);
    const running = all.find(({ status }) => status === "running");
    if (running !== undefined) {
      deps.inform(`“${running.name}” is in progress. Stop it first.`);
      return;
    }
    const what = all.length === 1 ? `“${first.name}”` : `${all.length} runs`;
    const moved = await deps.trash(all.map(({ folder }) => folder));
    if (await deps.offer(`Moved ${what} to the trash, .normlens/trash.`, "Undo")) {
      await deps.restore(moved);
    }
  },
};
