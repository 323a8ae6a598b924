import { tagsOf } from "../../../core/protocol/run-notes.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRuns } from "../runs/run-argument.ts";

type Deps = Pick<Host, "runs" | "pickRun" | "askText" | "writeNotes">;

const ownTags = ({ notes }: RunListEntry): readonly string[] => notes.tags ?? [];

/** Tags a run, or all selected ones: what they have in common is changed, their other tags stay. */
export const tagRun: Command<Deps> = {
  id: "normlens.tagRun",
  async run(deps, target, selection) {
    const runs = await chooseRuns({ target, selection }, await deps.runs(), (all) =>
      deps.pickRun(all, "Tag which run?"),
    );
    const [first] = runs;
    if (first === undefined) return;
    const common = ownTags(first).filter((tag) => runs.every((run) => ownTags(run).includes(tag)));
    const typed = await deps.askText({
      title: runs.length === 1 ? `Tags of ${first.name}` : `Tags that ${runs.length} Runs Share`,
      prompt: "Separated by blanks; the filter finds them by #tag",
      value: common.join(" "),
    });
    if (typed === undefined) return;
    const wanted = tagsOf(typed);
    for (const run of runs) {
      const kept = ownTags(run).filter((tag) => !common.includes(tag) && !wanted.includes(tag));
      const tags = [...kept, ...wanted];
      const { tags: _, ...others } = run.notes;
      await deps.writeNotes(run.folder, tags.length > 0 ? { ...others, tags } : others);
    }
  },
};
