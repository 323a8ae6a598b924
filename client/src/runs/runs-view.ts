import { commands, type Disposable, type Memento, TreeItemCheckboxState, window } from "vscode";
import type { RunDetail } from "../../../core/protocol/run-worker.ts";
import type { RunList } from "../../../core/runs/run-list.ts";
import { parseArrangement, type RunsArrangement } from "./runs-arrangement.ts";
import { createRunsTree } from "./runs-tree.ts";
import type { ShownRuns } from "./shown-runs.ts";

/** Where a workspace keeps how its runs are arranged. */
const STATE = "normlens.runsArrangement";
/** Context key of the button that clears the filter. */
const FILTERED = "normlens.runsFiltered";
/** Context key: the runs have been looked for, so that there being none is known. */
const LISTED = "normlens.runsListed";

export interface RunsView extends Disposable {
  show(list: RunList): void;
  /** Tells that all runs have been looked for. */
  markListed(): void;
  arrangement(): RunsArrangement;
  /** Changes the arrangement and keeps it for the workspace. */
  arrange(changes: Partial<RunsArrangement>): Promise<void>;
  /** Lengthens a part of the list by a page. */
  showMore(part: string): void;
}

/** The Runs view: its tree, the badge on its icon, and what it says about its filter. */
export function createRunsView(
  state: Memento,
  chosen: ShownRuns,
  detailOf: (folder: string) => Promise<RunDetail>,
): RunsView {
  let arrangement = parseArrangement(state.get(STATE));
  const tree = createRunsTree(arrangement, chosen, detailOf);
  const view = window.createTreeView("normlens.runs", {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
    manageCheckboxStateManually: true,
  });
  view.onDidChangeCheckboxState(({ items }) => {
    for (const [node, state] of items) {
      if (node.kind !== "run") continue;
      const isTicked = state === TreeItemCheckboxState.Checked;
      tree.ticked(node.folder, isTicked);
      chosen.set([node.folder], isTicked);
    }
  });
  const tell = () => {
    const { found, all } = tree.counts();
    const { filter } = arrangement;
    view.message = filter === "" ? "" : `“${filter}”: ${found} of ${all} runs`;
  };
  const markFiltered = () =>
    commands.executeCommand("setContext", FILTERED, arrangement.filter !== "");
  void markFiltered();
  return {
    show(list) {
      tree.show(list);
      const value = list.runs.filter((run) => run.status === "running").length;
      view.badge = value > 0 ? { value, tooltip: `${value} running` } : undefined;
      tell();
    },
    markListed: () => void commands.executeCommand("setContext", LISTED, true),
    arrangement: () => arrangement,
    async arrange(changes) {
      arrangement = { ...arrangement, ...changes };
      tree.arrange(arrangement);
      tell();
      await Promise.all([markFiltered(), state.update(STATE, arrangement)]);
    },
    showMore: (part) => tree.showMore(part),
    dispose() {
      view.dispose();
      tree.dispose();
    },
  };
}
