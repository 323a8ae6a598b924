import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
} from "vscode";
import type { RunDetail, RunListEntry, RunListProblem } from "../../../core/protocol/run-worker.ts";
import { arrangeRuns, countRuns } from "./arrange-runs.ts";
import type { RunGroup, RunRow } from "./group-rows.ts";
import { runContext, runDescription, runIcon } from "./run-text.ts";
import { runTooltip } from "./run-tooltip.ts";
import type { RunsArrangement } from "./runs-arrangement.ts";
import type { ShownRuns } from "./shown-runs.ts";

/** A node: a group of runs, a run, the rest of a long list, or a folder that could not be read. */
export type RunsNode =
  | { readonly kind: "group"; readonly group: RunGroup }
  | { readonly kind: "run"; readonly folder: string; readonly row: RunRow }
  | { readonly kind: "more"; readonly part: string; readonly hidden: number }
  | { readonly kind: "problem"; readonly problem: RunListProblem };

/** Rows that the editor is handed at once; it makes an element of every one. */
const PAGE_ROWS = 250;

const NO_TRIALS: readonly RunListEntry[] = [];

function groupItem({ name, rows }: RunGroup): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
  item.id = `group/${name}`;
  item.description = String(rows.length);
  item.contextValue = "group";
  item.accessibilityInformation = { label: `${name}, ${rows.length} runs` };
  return item;
}

function runItem(node: Extract<RunsNode, { kind: "run" }>, isShown: boolean): TreeItem {
  const { run, trials } = node.row;
  const { icon, color } = runIcon(run);
  const state =
    trials.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  const item = new TreeItem(run.name, state);
  item.id = run.folder;
  item.description = runDescription(run);
  item.iconPath =
    color === undefined ? new ThemeIcon(icon) : new ThemeIcon(icon, new ThemeColor(color));
  item.contextValue = runContext(run);
  item.command = { command: "normlens.openRun", title: "Open Run", arguments: [node] };
  item.accessibilityInformation = { label: `${run.name}, ${run.status}, ${item.description}` };
  item.checkboxState = {
    state: isShown ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked,
    tooltip: isShown ? "Drawn over the run of every panel" : "Draw over the run of every panel",
    accessibilityInformation: { label: `Draw ${run.name} over other runs` },
  };
  return item;
}

function moreItem({ part, hidden }: Extract<RunsNode, { kind: "more" }>): TreeItem {
  const count = Math.min(PAGE_ROWS, hidden);
  const item = new TreeItem(`Show ${count} More`, TreeItemCollapsibleState.None);
  item.id = `more/${part}`;
  item.description = `${hidden} not shown`;
  item.iconPath = new ThemeIcon("ellipsis");
  item.contextValue = "more";
  item.command = { command: "normlens.showMoreRuns", title: "Show More Runs", arguments: [part] };
  return item;
}

function problemItem({ folder, message }: RunListProblem): TreeItem {
  const item = new TreeItem(folder.split(/[\\/]/).at(-1) ?? folder, TreeItemCollapsibleState.None);
  item.id = `problem/${folder}`;
  item.description = message;
  item.tooltip = `${folder}\n${message}`;
  item.iconPath = new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
  item.contextValue = "problem";
  return item;
}

/** What rows are made of: a list that reads the same is not drawn anew, which would take the pointer's row away. */
function fingerprint(
  runs: readonly RunListEntry[],
  problems: readonly RunListProblem[],
  now: Date,
): string {
  const rows = runs.map((run) => [
    run.folder,
    run.name,
    run.step,
    runContext(run),
    runDescription(run),
  ]);
  return JSON.stringify([now.toDateString(), rows, problems]);
}

const runNode = (row: RunRow): RunsNode => ({ kind: "run", folder: row.run.folder, row });

export interface RunsTree extends TreeDataProvider<RunsNode> {
  show(runs: readonly RunListEntry[], problems: readonly RunListProblem[]): void;
  arrange(arrangement: RunsArrangement): void;
  showMore(part: string): void;
  /** Runs that the filter found, of all that were listed. */
  counts(): { readonly found: number; readonly all: number };
  dispose(): void;
}

/** The Runs view's tree: what the worker listed last, arranged, a page of each part at a time. */
export function createRunsTree(
  initial: RunsArrangement,
  chosen: ShownRuns,
  detailOf: (folder: string) => Promise<RunDetail>,
): RunsTree {
  const changed = new EventEmitter<RunsNode | undefined>();
  const lengths = new Map<string, number>();
  let arrangement = initial;
  let listed: readonly RunListEntry[] = [];
  let problems: readonly RunListProblem[] = [];
  let groups: readonly RunGroup[] = [];
  let drawn = "";

  chosen.onChange(() => changed.fire(undefined));

  function update(): void {
    groups = arrangeRuns(listed, arrangement, new Date());
    changed.fire(undefined);
  }

  function page(part: string, rows: readonly RunRow[]): readonly RunsNode[] {
    const length = lengths.get(part) ?? PAGE_ROWS;
    const shown = rows.slice(0, length).map(runNode);
    const hidden = rows.length - shown.length;
    return hidden > 0 ? [...shown, { kind: "more", part, hidden }] : shown;
  }

  function roots(): readonly RunsNode[] {
    return [
      ...groups.flatMap((group): readonly RunsNode[] =>
        group.name === "" ? page("", group.rows) : [{ kind: "group", group }],
      ),
      ...problems.map((problem): RunsNode => ({ kind: "problem", problem })),
    ];
  }

  return {
    onDidChangeTreeData: changed.event,
    getChildren(node): RunsNode[] {
      if (node === undefined) return [...roots()];
      if (node.kind === "group") return [...page(`group/${node.group.name}`, node.group.rows)];
      if (node.kind !== "run") return [];
      return [
        ...page(
          node.folder,
          node.row.trials.map((run) => ({ run, trials: NO_TRIALS })),
        ),
      ];
    },
    getTreeItem(node) {
      switch (node.kind) {
        case "group":
          return groupItem(node.group);
        case "run":
          return runItem(node, chosen.folders().includes(node.folder));
        case "more":
          return moreItem(node);
        case "problem":
          return problemItem(node.problem);
      }
    },
    async resolveTreeItem(item, node) {
      if (node.kind !== "run") return item;
      const { run } = node.row;
      item.tooltip = await detailOf(run.folder).then(
        (detail) => new MarkdownString(runTooltip(run, detail)),
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      return item;
    },
    show(runs, unread) {
      const wanted = fingerprint(runs, unread, new Date());
      if (wanted === drawn) return;
      drawn = wanted;
      listed = runs;
      problems = unread;
      update();
    },
    arrange(changes) {
      arrangement = changes;
      lengths.clear();
      update();
    },
    showMore(part) {
      lengths.set(part, (lengths.get(part) ?? PAGE_ROWS) + PAGE_ROWS);
      changed.fire(undefined);
    },
    counts: () => ({ found: countRuns(groups), all: listed.length }),
    dispose: () => changed.dispose(),
  };
}
