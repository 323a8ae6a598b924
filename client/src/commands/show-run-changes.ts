import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<
  Host,
  "runs" | "pickRun" | "pickOption" | "changesSince" | "showConfigDiff" | "showCodeDiff" | "inform"
>;

/** What the page asked for, of a run whose config and code have both changed. */
function kindOf(target: unknown): string | undefined {
  return typeof target === "object" && target !== null && "kind" in target
    ? String(target.kind)
    : undefined;
}

/** Shows what has changed in a run's config or code since it was launched, side by side. */
export const showRunChanges: Command<Deps> = {
  id: "normlens.showRunChanges",
  async run(deps, target) {
    const run = await chooseRun(target, await deps.runs(), (runs) =>
      deps.pickRun(runs, "Changes since which run?"),
    );
    if (run === undefined) return;
    const { config, code } = await deps.changesSince(run);
    const files = code?.files ?? [];
    if (config === "gone") {
      deps.inform(`${run.record.spec} is not there any more; the run has its own copy.`);
    } else if (config === "changed" && kindOf(target) !== "code") {
      await deps.showConfigDiff(run);
      return;
    }
    if (code === undefined || files.length === 0) {
      if (config === "same")
        deps.inform(`Nothing has changed since ${run.name} was launched, as far as it is known.`);
      return;
    }
    const [only] = files;
    const file =
      files.length === 1
        ? only
        : await deps.pickOption(`Changed since commit ${code.commit.slice(0, 7)}`, files, "");
    if (file !== undefined) await deps.showCodeDiff(run, code.commit, file);
  },
};
