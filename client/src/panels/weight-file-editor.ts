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
import { keptComparisons } from "./kept-comparisons.ts";

export const WEIGHT_FILE_TYPE = "normlens.weights";

/** A file that is being written changes often; it is read again when it has been at rest. */
const REST_MS = 500;

interface Deps {
  readonly context: ExtensionContext;
  readonly worker: RunWorkerHost;
  readonly log: LogOutputChannel;
}

/** The editors of weight files. */
export interface WeightFileEditors extends CustomReadonlyEditorProvider {
  /** Shows in the editor of `file`, now or once it is opened, how it differs from `against`. */
  compare(file: string, against: string): void;
}

/** Shows weight files instead of their bytes; nothing is written. */
export function weightFileEditors(deps: Deps): WeightFileEditors {
  const comparisons = keptComparisons(deps.context.workspaceState);
  /** Reads the file of an open editor again. */
  const readers = new Map<string, () => void>();
  return {
    openCustomDocument: (uri): CustomDocument => ({ uri, dispose: () => undefined }),
    resolveCustomEditor({ uri }, panel) {
      const file = uri.fsPath;
      const read = show(deps, uri, panel, () => comparisons.of(file));
      readers.set(file, read);
      panel.onDidDispose(() => {
        readers.delete(file);
        comparisons.forget(file);
      });
    },
    compare(file, other) {
      comparisons.set(file, other);
      readers.get(file)?.();
    },
  };
}

/** Fills a panel, and gives what reads its file again. */
function show(
  deps: Deps,
  uri: Uri,
  panel: WebviewPanel,
  against: () => string | undefined,
): () => void {
  const { worker } = deps;
  const file = uri.fsPath;
  const post = (message: ToPage) => void panel.webview.postMessage(message);
  const read = () => worker.openFile(file, post, against());
  const answer = (message: FromPage) => {
    if (message.type === "ready") read();
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
    timer = setTimeout(read, REST_MS);
  });
  panel.onDidDispose(() => {
    clearTimeout(timer);
    watcher.dispose();
    worker.close(file);
  });
  fillWebview(deps, panel, { kind: "weight-file", folder: "" }, answer);
  return read;
}
