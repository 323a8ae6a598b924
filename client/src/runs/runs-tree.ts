import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from "vscode";
import type { RunListEntry, RunListProblem } from "../../../core/protocol/run-worker.ts";
import { groupRuns, type RunGroup } from "./group-runs.ts";
import { runDescription, runTooltip, STATUS_ICONS } from "./run-text.ts";

/** A node: a group of runs, a run, or a folder that could not be read. */
export type RunsNode =
  | { readonly kind: "group"; readonly group: RunGroup }
  | { readonly kind: "run"; readonly folder: string; readonly run: RunListEntry }
  | { readonly kind: "problem"; readonly problem: RunListProblem };

function groupItem(group: RunGroup): TreeItem {
  const item = new TreeItem(group.name, TreeItemCollapsibleState.Expanded);
  item.id = `group/${group.name}`;
  item.contextValue = "group";
  return item;
}

function runItem(node: Extract<RunsNode, { kind: "run" }>): TreeItem {
  const { run } = node;
  const { icon, color } = STATUS_ICONS[run.status];
  const item = new TreeItem(run.name, TreeItemCollapsibleState.None);
  item.id = run.folder;
  item.description = runDescription(run);
  item.tooltip = new MarkdownString(runTooltip(run));
  item.iconPath =
    color === undefined ? new ThemeIcon(icon) : new ThemeIcon(icon, new ThemeColor(color));
  item.contextValue = `run.${run.status}`;
  item.command = { command: "normlens.openRun", title: "Open Run", arguments: [node] };
  item.accessibilityInformation = { label: `${run.name}, ${run.status}, ${item.description}` };
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
  show(runs: readonly RunListEntry[], problems: readonly RunListProblem[]): void;
  dispose(): void;
}

/** The Runs view: what the worker listed last, grouped by when it was started. */
export function createRunsTree(): RunsTree {
  const changed = new EventEmitter<RunsNode | undefined>();
  let roots: readonly RunsNode[] = [];
  return {
    onDidChangeTreeData: changed.event,
    getChildren(node): RunsNode[] {
      if (node === undefined) return [...roots];
      if (node.kind !== "group") return [];
      return node.group.runs.map((run) => ({ kind: "run", folder: run.folder, run }));
    },
    getTreeItem(node) {
      switch (node.kind) {
        case "group":
          return groupItem(node.group);
        case "run":
          return runItem(node);
        case "problem":
          return problemItem(node.problem);
      }
    },
    show(runs, problems) {
      roots = [
        ...groupRuns(runs, new Date()).map((group) => ({ kind: "group", group }) as const),
        ...problems.map((problem) => ({ kind: "problem", problem }) as const),
      ];
      changed.fire(undefined);
    },
    dispose: () => changed.dispose(),
  };
}
