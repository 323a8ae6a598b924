import {
  CancellationTokenSource,
  commands,
  type ExtensionContext,
  languages,
  window,
  workspace,
} from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  LAYER_LOCATIONS,
  type LayerLocations,
  type LayerLocationsParams,
} from "../../core/protocol/lsp.ts";
import type { RunListEntry } from "../../core/protocol/run-worker.ts";
import { COMMANDS } from "./commands.generated.ts";
import { DOCUMENT_SELECTOR } from "./document-selector.ts";
import { editorHost } from "./editor-host.ts";
import { checkedRuns } from "./findings/checked-runs.ts";
import { findingHover } from "./findings/finding-hover.ts";
import { COMMIT_SCHEME, changesOf, commitContent } from "./findings/origin-host.ts";
import { createLanguageClient } from "./language-client.ts";
import { layerFinder } from "./layers/layer-finder.ts";
import { layerHost } from "./layers/layer-host.ts";
import { layerHover } from "./layers/layer-hover.ts";
import { createRunPanels, RUN_PANEL_TYPE } from "./panels/run-panel.ts";
import { WEIGHT_FILE_TYPE, weightFileEditors } from "./panels/weight-file-editor.ts";
import { pageChanges } from "./runs/page-changes.ts";
import { isInside } from "./runs/run-place.ts";
import { watchRuns } from "./runs/run-watch.ts";
import { startRunWorker } from "./runs/run-worker-host.ts";
import { createRunsView } from "./runs/runs-view.ts";
import { createShownRuns } from "./runs/shown-runs.ts";
import { takeOpenRequest } from "./runs/take-open-request.ts";
import { createSettingsStatus } from "./settings-status.ts";
import { createTrainingSessions } from "./training/training-session.ts";

let client: LanguageClient | undefined;

/** Composition root: builds every part, hands it what it needs, registers it. */
export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("NormLens", { log: true });
  const chosen = createShownRuns(context.workspaceState);
  let shown: readonly RunListEntry[] = [];
  const worker = startRunWorker(context.asAbsolutePath("dist/run-worker.js"), {
    onList(list) {
      shown = list.runs;
      view.show(list);
    },
    onFailure: (reason) => log.error(reason),
  });
  const view = createRunsView(context.workspaceState, chosen, worker.detail);
  const list = async () => {
    const roots = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
    return (await worker.list(roots)).runs;
  };
  const refresh = () => void list();
  const panels = createRunPanels({
    context,
    worker,
    shown: chosen,
    log,
    async changesOf(folder) {
      const isOwn = (run: RunListEntry) => run.folder === folder;
      // A run that has just begun is not listed yet.
      const run = shown.find(isOwn) ?? (await list()).find(isOwn);
      return run === undefined ? undefined : pageChanges(await changesOf(worker, run));
    },
    titleOf: (folder) => shown.find((run) => run.folder === folder)?.name ?? "Run",
  });
  const sessions = createTrainingSessions({
    script: context.asAbsolutePath("dist/trainer.js"),
    log,
    onStarted: (folder) => void list().then(() => panels.open(folder)),
    onChanged: refresh,
  });
  const languageClient = createLanguageClient(context, log);
  client = languageClient;
  // A token that is not given would be sent as one more parameter.
  const ask = (
    params: LayerLocationsParams,
    token = new CancellationTokenSource().token,
  ): Promise<LayerLocations> => languageClient.sendRequest(LAYER_LOCATIONS, params, token);
  const finder = layerFinder({
    runs: () => shown,
    layersOf: worker.layers,
    ask,
  });
  const layers = layerHost({ worker, panels, finder, questions: { client, ask } });
  const setupScript = (name: string) => context.asAbsolutePath(`dist/${name}`);
  const weightFiles = weightFileEditors({ context, worker, log });
  const host = editorHost({
    client,
    log,
    panels,
    sessions,
    view,
    chosen,
    layers,
    worker,
    weightFiles,
    setupScript,
    list,
  });
  context.subscriptions.push(
    log,
    worker,
    view,
    sessions,
    createSettingsStatus(client),
    watchRuns({
      onChange: refresh,
      onProgress: () => void worker.listRunning(),
      hasRunning: () => shown.some((run) => run.status === "running"),
    }),
    workspace.onDidChangeWorkspaceFolders(refresh),
    languages.registerHoverProvider(DOCUMENT_SELECTOR, layerHover(finder)),
    window.registerCustomEditorProvider(WEIGHT_FILE_TYPE, weightFiles),
    languages.registerHoverProvider(
      DOCUMENT_SELECTOR,
      findingHover(checkedRuns({ runs: () => shown, detail: worker.detail })),
    ),
    workspace.registerTextDocumentContentProvider(COMMIT_SCHEME, commitContent),
    workspace.onDidSaveTextDocument(() => panels.renewChanges()),
    window.registerWebviewPanelSerializer(RUN_PANEL_TYPE, {
      async deserializeWebviewPanel(panel, state: unknown) {
        panels.restore(panel, state);
      },
    }),
    ...COMMANDS.map((command) =>
      commands.registerCommand(command.id, (...given: readonly unknown[]) =>
        command.run(host, ...given),
      ),
    ),
  );
  const listed = list().finally(() => view.markListed());
  const [runs] = await Promise.all([listed, client.start()]);
  for (const { uri } of workspace.workspaceFolders ?? []) {
    const newest = runs.find((run) => isInside(run.folder, uri.fsPath));
    if (newest !== undefined && (await takeOpenRequest(uri.fsPath))) panels.open(newest.folder);
  }
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
