import { tagsOf } from "../../../core/protocol/run-notes.ts";
import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<Host, "runs" | "pickRun" | "askText" | "writeNotes">;

export const tagRun: Command<Deps> = {
  id: "normlens.tagRun",
  async run(deps, target) {
    const run = await chooseRun(target, await deps.runs(), (runs) =>
      deps.pickRun(runs, "Tag which run?"),
    );
    if (run === undefined) return;
    const typed = await deps.askText({
      title: `Tags of ${run.name}`,
      prompt: "Separated by blanks; the filter finds them by #tag",
      value: (run.notes.tags ?? []).join(" "),
    });
    if (typed === undefined) return;
    const { tags: _, ...others } = run.notes;
    const tags = tagsOf(typed);
    await deps.writeNotes(run.folder, tags.length > 0 ? { ...others, tags } : others);
  },
};
