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
import type { RunDetail, RunListProblem } from "../../../core/protocol/run-worker.ts";
import type { RunList } from "../../../core/runs/run-list.ts";
import type { RunGroup, RunRow } from "./group-rows.ts";
import { runContext, runDescription, runIcon, runLabel } from "./run-text.ts";
import { runTooltip } from "./run-tooltip.ts";
import type { RunsArrangement } from "./runs-arrangement.ts";
import { createRunsModel } from "./runs-model.ts";
import type { ShownRuns } from "./shown-runs.ts";

/** A node: a group of runs, a run, the rest of a long list, or a folder that could not be read. */
export type RunsNode =
  | { readonly kind: "group"; readonly name: string }
  | { readonly kind: "run"; readonly folder: string }
  | { readonly kind: "more"; readonly part: string; readonly hidden: number }
  | { readonly kind: "problem"; readonly problem: RunListProblem };

/** Rows that the editor is handed at once; it makes an element of every one. */
const PAGE_ROWS = 250;

function groupItem({ name, rows }: RunGroup): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
  item.id = `group/${name}`;
  item.description = String(rows.length);
  item.contextValue = "group";
  item.accessibilityInformation = { label: `${name}, ${rows.length} runs` };
  return item;
}

interface Marks {
  /** Ticked, to be drawn over other runs. */
  readonly isShown: boolean;
  readonly isBest: boolean;
}

function runItem(node: RunsNode, row: RunRow, { isShown, isBest }: Marks): TreeItem {
  const { run, trials, label = run.name } = row;
  const { icon, color } = runIcon(run);
  const state =
    trials.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  const item = new TreeItem(label, state);
  item.id = run.folder;
  item.description = runDescription(run, isBest);
  item.iconPath =
    color === undefined ? new ThemeIcon(icon) : new ThemeIcon(icon, new ThemeColor(color));
  item.contextValue = runContext(run);
  item.command = { command: "normlens.openRun", title: "Open Run", arguments: [node] };
  item.accessibilityInformation = { label: runLabel(run, isBest) };
  item.checkboxState = {
    state: isShown ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked,
    tooltip: "Draw over the run of every panel",
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

export interface RunsTree extends TreeDataProvider<RunsNode> {
  show(list: RunList): void;
  arrange(arrangement: RunsArrangement): void;
  showMore(part: string): void;
  /** The reader has ticked a run, or taken its tick away: the editor shows that already. */
  ticked(folder: string, isTicked: boolean): void;
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
  const changed = new EventEmitter<RunsNode | RunsNode[] | undefined>();
  const lengths = new Map<string, number>();
  const model = createRunsModel(initial);
  /** The editor tells nodes apart by their identity. */
  const nodes = new Map<string, RunsNode>();

  /** Runs that the editor shows with a tick. */
  const shownTicked = new Set<string>();

  function noteTick(folder: string, isTicked: boolean): void {
    if (isTicked) shownTicked.add(folder);
    else shownTicked.delete(folder);
  }

  // While it reads the whole list anew, the editor loses the ticks that the reader makes.
  chosen.onChange(() => {
    const folders = new Set(chosen.folders());
    const stale = [...nodes.values()].filter(
      (node) => node.kind === "run" && folders.has(node.folder) !== shownTicked.has(node.folder),
    );
    if (stale.length > 0) changed.fire(stale);
  });

  function nodeOf(key: string, create: () => RunsNode): RunsNode {
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const node = create();
    nodes.set(key, node);
    return node;
  }

  const runNode = (folder: string) => nodeOf(`run/${folder}`, () => ({ kind: "run", folder }));

  function page(part: string, folders: readonly string[]): readonly RunsNode[] {
    const length = lengths.get(part) ?? PAGE_ROWS;
    const shown = folders.slice(0, length).map(runNode);
    const hidden = folders.length - shown.length;
    return hidden > 0 ? [...shown, { kind: "more", part, hidden }] : shown;
  }

  const rowsOf = ({ name, rows }: RunGroup) =>
    page(
      `group/${name}`,
      rows.map(({ run }) => run.folder),
    );

  function roots(): readonly RunsNode[] {
    return [
      ...model
        .groups()
        .flatMap((group): readonly RunsNode[] =>
          group.name === ""
            ? rowsOf(group)
            : [nodeOf(`group/${group.name}`, () => ({ kind: "group", name: group.name }))],
        ),
      ...model.problems().map((problem): RunsNode => ({ kind: "problem", problem })),
    ];
  }

  function childrenOf(node: RunsNode): readonly RunsNode[] {
    switch (node.kind) {
      case "group":
        return model
          .groups()
          .filter(({ name }) => name === node.name)
          .flatMap(rowsOf);
      case "run":
        return page(node.folder, model.row(node.folder)?.trials.map(({ folder }) => folder) ?? []);
      default:
        return [];
    }
  }

  function itemOf(node: RunsNode): TreeItem {
    switch (node.kind) {
      case "group": {
        const group = model.groups().find(({ name }) => name === node.name);
        return groupItem(group ?? { name: node.name, rows: [] });
      }
      case "run": {
        const row = model.row(node.folder);
        // The editor may ask for a row that has just gone, before it hears of that.
        if (row === undefined) return new TreeItem("");
        const isShown = chosen.folders().includes(node.folder);
        noteTick(node.folder, isShown);
        return runItem(node, row, { isShown, isBest: model.isBest(node.folder) });
      }
      case "more":
        return moreItem(node);
      case "problem":
        return problemItem(node.problem);
    }
  }

  return {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => [...(node === undefined ? roots() : childrenOf(node))],
    getTreeItem: itemOf,
    async resolveTreeItem(item, node) {
      const run = node.kind === "run" ? model.row(node.folder)?.run : undefined;
      if (run === undefined) return item;
      item.tooltip = await detailOf(run.folder).then(
        (detail) => new MarkdownString(runTooltip(run, detail)),
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      return item;
    },
    show(list) {
      const redraw = model.show(list, new Date());
      if (redraw === "all") changed.fire(undefined);
      else if (redraw.length > 0) changed.fire(redraw.map(runNode));
    },
    arrange(arrangement) {
      lengths.clear();
      model.arrange(arrangement, new Date());
      changed.fire(undefined);
    },
    showMore(part) {
      lengths.set(part, (lengths.get(part) ?? PAGE_ROWS) + PAGE_ROWS);
      changed.fire(undefined);
    },
    ticked: noteTick,
    counts: model.counts,
    dispose: () => changed.dispose(),
  };
}
