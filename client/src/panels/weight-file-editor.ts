import {
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type ExtensionContext,
  env,
  RelativePattern,
  Uri,
  type WebviewPanel,
  workspace,
} from "vscode";
import type { FromPage, ToPage } from "../../../core/protocol/webview.ts";
import type { RunWorkerHost } from "../runs/run-worker-host.ts";
import { fillWebview } from "./fill-webview.ts";

export const WEIGHT_FILE_TYPE = "normlens.weights";

/** A file that is being written changes often; it is read again when it has been at rest. */
const REST_MS = 500;

/** Shows weight files instead of their bytes; nothing is written. */
export function weightFileEditor(
  context: ExtensionContext,
  worker: RunWorkerHost,
): CustomReadonlyEditorProvider {
  return {
    openCustomDocument: (uri): CustomDocument => ({ uri, dispose: () => undefined }),
    resolveCustomEditor({ uri }, panel) {
      show(context, worker, uri, panel);
    },
  };
}

function show(
  context: ExtensionContext,
  worker: RunWorkerHost,
  uri: Uri,
  panel: WebviewPanel,
): void {
  const file = uri.fsPath;
  const post = (message: ToPage) => void panel.webview.postMessage(message);
  const answer = (message: FromPage) => {
    if (message.type === "ready") worker.openFile(file, post);
    if (message.type === "weights/request-matrix") worker.requestFileMatrix(file, message.layer);
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
    worker.closeFile(file);
  });
  fillWebview(context, panel, { kind: "weight-file", folder: "" }, answer);
}
