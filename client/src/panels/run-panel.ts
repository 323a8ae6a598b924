import path from "node:path";
import {
  commands,
  type ExtensionContext,
  env,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import { assertNever, type FromPage } from "../../../core/protocol/webview.ts";
import { folderOf } from "../runs/run-argument.ts";
import type { RunWorkerHost } from "../runs/run-worker-host.ts";
import { fillWebview } from "./fill-webview.ts";

export const RUN_PANEL_TYPE = "normlens.run";

export interface RunPanels {
  /** Shows the run's panel, a new one when it has none yet. */
  open(folder: string): void;
  /** Closes the run's panel, where it has one. */
  close(folder: string): void;
  /** Fills a panel that VS Code restored; `state` is what its page had stored. */
  restore(panel: WebviewPanel, state: unknown): void;
}

interface Deps {
  readonly context: ExtensionContext;
  readonly worker: RunWorkerHost;
  /** Name of the run, for the tab. */
  titleOf(folder: string): string;
}

function answer(deps: Deps, panel: WebviewPanel, folder: string, message: FromPage): void {
  const target = { folder };
  switch (message.type) {
    case "ready":
      deps.worker.open(folder, (update) => void panel.webview.postMessage(update));
      return;
    case "weights/request":
      deps.worker.requestWeights(folder, message.step);
      return;
    case "weights/request-matrix":
      deps.worker.requestMatrix(folder, message.step, message.layer);
      return;
    case "embeddings/request":
      deps.worker.requestEmbeddings(folder, message.step);
      return;
    case "path/apply":
      void commands.executeCommand("normlens.applyLambda", { ...target, lambda: message.lambda });
      return;
    case "run/stop":
      void commands.executeCommand("normlens.stopRun", target);
      return;
    case "run/open-spec":
      void commands.executeCommand("normlens.openSpec", target);
      return;
    case "run/open-log":
      void commands.executeCommand("normlens.openLog", target);
      return;
    case "run/reveal":
      void commands.executeCommand("normlens.revealRun", target);
      return;
    case "text/copy":
      void env.clipboard.writeText(message.text);
      return;
    default:
      assertNever(message);
  }
}

function fill(deps: Deps, panel: WebviewPanel, folder: string): void {
  const icon = Uri.joinPath(deps.context.extensionUri, "client", "media");
  panel.iconPath = {
    light: Uri.joinPath(icon, "panel-light.svg"),
    dark: Uri.joinPath(icon, "panel-dark.svg"),
  };
  fillWebview(deps.context, panel, { kind: "run", folder }, (message) =>
    answer(deps, panel, folder, message),
  );
}

/** One panel a run. Hidden pages are dropped by VS Code and replay the run's files when shown again. */
export function createRunPanels(deps: Deps): RunPanels {
  const panels = new Map<string, WebviewPanel>();
  const adopt = (panel: WebviewPanel, folder: string) => {
    panels.set(folder, panel);
    panel.onDidDispose(() => {
      panels.delete(folder);
      deps.worker.close(folder);
    });
    fill(deps, panel, folder);
  };
  return {
    open(folder) {
      const shown = panels.get(folder);
      if (shown !== undefined) {
        shown.reveal();
        return;
      }
      const title = deps.titleOf(folder);
      adopt(window.createWebviewPanel(RUN_PANEL_TYPE, title, ViewColumn.Active), folder);
    },
    close: (folder) => panels.get(folder)?.dispose(),
    restore(panel, state) {
      const folder = folderOf(state);
      if (folder === undefined) {
        panel.dispose();
        return;
      }
      panel.title ||= path.basename(folder);
      adopt(panel, folder);
    },
  };
}
