import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<Host, "runs" | "pickRun" | "askText" | "writeNotes">;

/** The name is the reader's; the record keeps the experiment's, which an empty name brings back. */
export const renameRun: Command<Deps> = {
  id: "normlens.renameRun",
  async run(deps, target) {
    const run = await chooseRun(target, await deps.runs(), (runs) =>
      deps.pickRun(runs, "Rename which run?"),
    );
    if (run === undefined) return;
    const typed = await deps.askText({
      title: "Rename Run",
      prompt: `Leave it empty for “${run.record.name}”, its experiment's name`,
      value: run.name,
    });
    if (typed === undefined) return;
    const { name: _, ...others } = run.notes;
    const name = typed.trim();
    const isOwn = name !== "" && name !== run.record.name;
    await deps.writeNotes(run.folder, isOwn ? { ...others, name } : others);
  },
};
