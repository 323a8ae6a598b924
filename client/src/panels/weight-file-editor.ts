import {
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  commands,
  type ExtensionContext,
  env,
  type LogOutputChannel,
  RelativePattern,
  Uri,
  type WebviewPanel,
  workspace,
} from "vscode";
import { type FromPage, isPanelRequest, type ToPage } from "../../../core/protocol/webview.ts";
import type { RunWorkerHost } from "../runs/run-worker-host.ts";
import { fillWebview } from "./fill-webview.ts";

export const WEIGHT_FILE_TYPE = "normlens.weights";

/** A file that is being written changes often; it is read again when it has been at rest. */
const REST_MS = 500;

interface Deps {
  readonly context: ExtensionContext;
  readonly worker: RunWorkerHost;
  readonly log: LogOutputChannel;
}

/** Shows weight files instead of their bytes; nothing is written. */
export function weightFileEditor(deps: Deps): CustomReadonlyEditorProvider {
  return {
    openCustomDocument: (uri): CustomDocument => ({ uri, dispose: () => undefined }),
    resolveCustomEditor({ uri }, panel) {
      show(deps, uri, panel);
    },
  };
}

function show(deps: Deps, uri: Uri, panel: WebviewPanel): void {
  const { worker } = deps;
  const file = uri.fsPath;
  const post = (message: ToPage) => void panel.webview.postMessage(message);
  const answer = (message: FromPage) => {
    if (message.type === "ready") worker.openFile(file, post);
    if (isPanelRequest(message)) worker.request(file, message);
    if (message.type === "layer/go-to") {
      void commands.executeCommand("normlens.goToLayer", { file, layer: message.layer });
    }
    if (message.type === "text/copy") void env.clipboard.writeText(message.text);
  };
  const watcher = workspace.createFileSystemWatcher(
    new RelativePattern(Uri.joinPath(uri, ".."), uri.path.split("/").at(-1) ?? ""),
  );
  let timer: NodeJS.Timeout | undefined;
  watcher.onDidChange(() => {
    clearTimeout(timer);
    timer = setTimeout(() => worker.openFile(file, post), REST_MS);
  });
  panel.onDidDispose(() => {
    clearTimeout(timer);
    watcher.dispose();
    worker.close(file);
  });
  fillWebview(deps, panel, { kind: "weight-file", folder: "" }, answer);
}
