import path from "node:path";
import {
  commands,
  type ExtensionContext,
  env,
  type LogOutputChannel,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import type { RunChanges } from "../../../core/protocol/panel/code.ts";
import type { PanelTab } from "../../../core/protocol/panel/run.ts";
import {
  type FromPage,
  isPanelRequest,
  type PanelAction,
  type ToPage,
} from "../../../core/protocol/webview.ts";
import { folderOf } from "../runs/run-argument.ts";
import type { RunWorkerHost } from "../runs/run-worker-host.ts";
import type { ShownRuns } from "../runs/shown-runs.ts";
import { fillWebview } from "./fill-webview.ts";

export const RUN_PANEL_TYPE = "normlens.run";

export interface RunPanels {
  /** Shows the run's panel, a new one when it has none yet, on `tab` where that is given. */
  open(folder: string, tab?: PanelTab): void;
  /** Shows the run's panel with a layer selected. */
  showLayer(folder: string, layer: string): void;
  /** Looks again at what has changed since the runs in sight were launched. */
  renewChanges(): void;
  /** Closes the run's panel, where it has one. */
  close(folder: string): void;
  /** Fills a panel that VS Code restored; `state` is what its page had stored. */
  restore(panel: WebviewPanel, state: unknown): void;
}

type CommandAction = Exclude<PanelAction, { type: "ready" | "text/copy" | "others/remove" }>;

interface Deps {
  readonly context: ExtensionContext;
  readonly worker: RunWorkerHost;
  /** Runs that are drawn over the one of a panel, in every panel. */
  readonly shown: ShownRuns;
  readonly log: LogOutputChannel;
  /** What has changed since the run was launched; undefined where the run is not known. */
  changesOf(folder: string): Promise<RunChanges | undefined>;
  /** Name of the run, for the tab. */
  titleOf(folder: string): string;
}

/** Commands that do what a page asks for; they get the run's folder beside what the page said. */
const COMMANDS: Readonly<Record<CommandAction["type"], string>> = {
  "compare/pick": "normlens.compareWith",
  "path/apply": "normlens.applyLambda",
  "path/finer": "normlens.finerSweep",
  "run/stop": "normlens.stopRun",
  "run/open-spec": "normlens.openSpec",
  "run/open-log": "normlens.openLog",
  "run/reveal": "normlens.revealRun",
  "layer/go-to": "normlens.goToLayer",
  "run/show-changes": "normlens.showRunChanges",
  "run/show-findings": "normlens.showRunFindings",
};

interface Shown {
  readonly panel: WebviewPanel;
  /** What its page is to be told as soon as it is there: a tab or a layer to show. */
  waiting?: ToPage;
}

function tellWaiting(shown: Shown): void {
  const { panel, waiting } = shown;
  if (waiting === undefined) return;
  void panel.webview.postMessage(waiting);
  delete shown.waiting;
}

function answer(deps: Deps, shown: Shown, folder: string, message: FromPage): void {
  const { panel } = shown;
  if (isPanelRequest(message)) {
    deps.worker.request(folder, message);
    return;
  }
  switch (message.type) {
    case "ready":
      deps.worker.open(folder, (update) => void panel.webview.postMessage(update));
      deps.worker.showOthers(folder, othersOf(deps, folder));
      tellWaiting(shown);
      void tellChanges(deps, shown, folder);
      return;
    case "text/copy":
      void env.clipboard.writeText(message.text);
      return;
    case "others/remove":
      deps.shown.set([message.key], false);
      return;
    default:
      void commands.executeCommand(COMMANDS[message.type], { ...message, folder });
  }
}

/** What cannot be told is not said in the page; the log has it. */
async function tellChanges(deps: Deps, { panel }: Shown, folder: string): Promise<void> {
  try {
    const changes = await deps.changesOf(folder);
    if (changes === undefined) return;
    const message: ToPage = { type: "run/changes", run: path.basename(folder), changes };
    await panel.webview.postMessage(message);
  } catch (error) {
    deps.log.warn(`Changes since ${path.basename(folder)}: ${String(error)}`);
  }
}

function othersOf({ shown }: Deps, folder: string): readonly string[] {
  return shown.folders().filter((other) => other !== folder);
}

function fill(deps: Deps, shown: Shown, folder: string): void {
  const { panel } = shown;
  const icon = Uri.joinPath(deps.context.extensionUri, "client", "media");
  panel.iconPath = {
    light: Uri.joinPath(icon, "panel-light.svg"),
    dark: Uri.joinPath(icon, "panel-dark.svg"),
  };
  fillWebview(deps, panel, { kind: "run", folder }, (message) =>
    answer(deps, shown, folder, message),
  );
}

/** One panel a run. Hidden pages are dropped by VS Code and replay the run's files when shown again. */
export function createRunPanels(deps: Deps): RunPanels {
  const panels = new Map<string, Shown>();
  deps.shown.onChange((added) => {
    for (const folder of panels.keys()) deps.worker.showOthers(folder, othersOf(deps, folder));
    const [first] = added;
    if (panels.size === 0 && first !== undefined) open(first);
  });
  const open = (folder: string, tab?: PanelTab) =>
    show(folder, tab === undefined ? undefined : { type: "tab/show", tab });
  const show = (folder: string, waiting: ToPage | undefined) => {
    const known = panels.get(folder);
    if (known === undefined) {
      const title = deps.titleOf(folder);
      const made = window.createWebviewPanel(RUN_PANEL_TYPE, title, ViewColumn.Active);
      adopt({ panel: made, ...(waiting === undefined ? {} : { waiting }) }, folder);
      return;
    }
    if (waiting !== undefined) known.waiting = waiting;
    // A hidden page is made anew when it is revealed, and asks then.
    if (known.panel.visible) tellWaiting(known);
    known.panel.reveal();
  };
  const adopt = (shown: Shown, folder: string) => {
    panels.set(folder, shown);
    shown.panel.onDidDispose(() => {
      panels.delete(folder);
      deps.worker.close(folder);
    });
    fill(deps, shown, folder);
  };
  return {
    open,
    showLayer: (folder, layer) => show(folder, { type: "layer/show", layer }),
    renewChanges() {
      for (const [folder, shown] of panels) {
        if (shown.panel.visible) void tellChanges(deps, shown, folder);
      }
    },
    close: (folder) => panels.get(folder)?.panel.dispose(),
    restore(panel, state) {
      const folder = folderOf(state);
      if (folder === undefined) {
        panel.dispose();
        return;
      }
      panel.title ||= path.basename(folder);
      adopt({ panel }, folder);
    },
  };
}
