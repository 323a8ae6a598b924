import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  commands,
  env,
  type LogOutputChannel,
  ProgressLocation,
  type QuickPickItem,
  TabInputCustom,
  Uri,
  window,
  workspace,
} from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  CHECK_WORKSPACE,
  LAMBDA_EDIT,
  type LambdaEdit,
  type WorkspaceReport,
} from "../../core/protocol/lsp.ts";
import { RUN_FILES } from "../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../core/protocol/run-worker.ts";
import { changeValues } from "./change-values.ts";
import { exportHost } from "./export-host.ts";
import { findingsAtLaunch } from "./findings/findings-at-launch.ts";
import { originHost } from "./findings/origin-host.ts";
import { reportSummary } from "./findings/report-summary.ts";
import type { Host } from "./host.ts";
import type { layerHost } from "./layers/layer-host.ts";
import type { RunPanels } from "./panels/run-panel.ts";
import { WEIGHT_FILE_TYPE, type WeightFileEditors } from "./panels/weight-file-editor.ts";
import { askText, pickOption } from "./quick-input.ts";
import { bestExperiment } from "./runs/best-experiment.ts";
import { experimentAsRun } from "./runs/experiment-as-run.ts";
import { experimentOfRun } from "./runs/experiment-of-run.ts";
import { lambdaWriter } from "./runs/lambda-writer.ts";
import { pickRun, pickRuns } from "./runs/pick-runs.ts";
import type { RunWorkerHost } from "./runs/run-worker-host.ts";
import type { RunsView } from "./runs/runs-view.ts";
import type { ShownRuns } from "./runs/shown-runs.ts";
import { stopForeignRun } from "./runs/stop-foreign-run.ts";
import { restoreRuns, trashRuns } from "./runs/trash-runs.ts";
import { writeRunNotes } from "./runs/write-run-notes.ts";
import { setupLaunch, type TensorflowBuild } from "./training/backend-setup.ts";
import { runSetup } from "./training/run-setup.ts";
import type { TrainingSessions } from "./training/training-session.ts";

const EXPERIMENTS = "**/*.normlens.{yaml,yml}";
const NOT_EXPERIMENTS = "**/{node_modules,.normlens}/**";

interface Deps {
  readonly client: LanguageClient;
  readonly log: LogOutputChannel;
  readonly panels: RunPanels;
  readonly sessions: TrainingSessions;
  readonly view: RunsView;
  readonly chosen: ShownRuns;
  readonly layers: ReturnType<typeof layerHost>;
  readonly worker: RunWorkerHost;
  readonly weightFiles: WeightFileEditors;
  /** Path of a bundled set-up. */
  setupScript(name: string): string;
  list(): Promise<readonly RunListEntry[]>;
}

/** Folder that holds the run of an experiment file: its workspace folder, else its own. */
function workspaceOf(spec: string): string {
  return workspace.getWorkspaceFolder(Uri.file(spec))?.uri.fsPath ?? path.dirname(spec);
}

async function findExperiments(): Promise<readonly string[]> {
  const found = await workspace.findFiles(EXPERIMENTS, NOT_EXPERIMENTS);
  const depth = (file: string) => file.split(path.sep).length;
  const paths = found
    .map((uri) => uri.fsPath)
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const active = window.activeTextEditor?.document.uri.fsPath;
  return active !== undefined && paths.includes(active)
    ? [active, ...paths.filter((file) => file !== active)]
    : paths;
}

async function pickExperiment(paths: readonly string[]): Promise<string | undefined> {
  const items = paths.map((file) => ({
    label: path.basename(file),
    description: path.dirname(workspace.asRelativePath(file)),
    file,
  }));
  const picked = await window.showQuickPick(items, {
    title: "Start Training",
    placeHolder: "Experiment file",
    matchOnDescription: true,
  });
  return picked?.file;
}

async function pickTensorflowBuild(): Promise<TensorflowBuild | undefined> {
  const items: readonly (QuickPickItem & { readonly build: TensorflowBuild })[] = [
    { label: "Processor", detail: "207 MB to download, 0.6 GB on disk", build: "cpu" },
    {
      label: "NVIDIA GPU",
      detail: "2.1 GB to download, 3.5 GB on disk; needs an NVIDIA driver from 525.60 on",
      build: "gpu",
    },
  ];
  const title = "Install TensorFlow Backend";
  return (await window.showQuickPick(items, { title, placeHolder: "Compute on" }))?.build;
}

/** Everything the commands ask for, done by VS Code and by the other processes. */
export function editorHost({
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
}: Deps): Host {
  const report = () => client.sendRequest<WorkspaceReport>(CHECK_WORKSPACE, {});
  return {
    ...layers,
    ...originHost(worker),
    isTrusted: () => workspace.isTrusted,
    findExperiments,
    pickExperiment,
    async train(spec, set = []) {
      await workspace.saveAll(false);
      const relative = (uri: string) => workspace.asRelativePath(Uri.parse(uri));
      const findings = findingsAtLaunch(await report(), relative);
      const values = set.length > 0 ? { set } : {};
      await sessions.train({ spec, workspace: workspaceOf(spec), ...values, findings });
    },
    async resume({ folder }) {
      const spec = path.join(folder, RUN_FILES.spec);
      await sessions.train({ spec, workspace: workspaceOf(folder), resume: folder });
    },
    runs: list,
    pickRun,
    experimentOf: experimentOfRun,
    async experimentText({ folder, record }) {
      return experimentAsRun(await readFile(path.join(folder, RUN_FILES.spec), "utf8"), record);
    },
    async bestExperimentText({ folder }) {
      const { record } = await worker.detail(folder);
      return bestExperiment(await readFile(path.join(folder, RUN_FILES.spec), "utf8"), record);
    },
    async compare(folders) {
      chosen.set(chosen.folders(), false);
      chosen.set(folders, true);
      const [first] = folders;
      if (first !== undefined) panels.open(first, "compare");
    },
    pickRuns,
    ...exportHost(worker),
    async changeValues(title, file, set) {
      return changeValues({ title, text: experimentAsRun(await readFile(file, "utf8"), { set }) });
    },
    async writeNotes(folder, notes) {
      await writeRunNotes(folder, notes);
      await list();
    },
    async trash(folders) {
      const moved = await trashRuns(folders);
      for (const folder of folders) panels.close(folder);
      chosen.set(folders, false);
      await list();
      return moved;
    },
    async restore(runs) {
      await restoreRuns(runs);
      await list();
    },
    async stop(run) {
      if (sessions.cancel(run.folder)) return;
      const obstacle = stopForeignRun(run);
      if (obstacle !== undefined) void window.showWarningMessage(obstacle);
    },
    stopPreparation: () => sessions.cancelPreparation(),
    async openRun(folder, tab) {
      panels.open(folder, tab);
    },
    async openFile(file) {
      await window.showTextDocument(Uri.file(file), { preview: true });
    },
    writeLambda: lambdaWriter((params) => client.sendRequest<LambdaEdit>(LAMBDA_EDIT, params)),
    async pickWeightFile(title) {
      const [file] = (await window.showOpenDialog({ title, openLabel: "Select" })) ?? [];
      return file?.fsPath;
    },
    async openWeights(file) {
      await commands.executeCommand("vscode.openWith", Uri.file(file), WEIGHT_FILE_TYPE);
    },
    activeWeightFile() {
      const { input } = window.tabGroups.activeTabGroup.activeTab ?? {};
      const isOurs = input instanceof TabInputCustom && input.viewType === WEIGHT_FILE_TYPE;
      return isOurs ? input.uri.fsPath : undefined;
    },
    async compareWeights(file, against) {
      weightFiles.compare(file, against);
      await commands.executeCommand("vscode.openWith", Uri.file(file), WEIGHT_FILE_TYPE);
    },
    async reveal(folder) {
      await commands.executeCommand("revealFileInOS", Uri.file(folder));
    },
    async checkWorkspace() {
      const location = ProgressLocation.Notification;
      const title = "Checking the workspace";
      await window.withProgress(
        { location, title, cancellable: true },
        async (_progress, token) => {
          const result = await client.sendRequest<WorkspaceReport>(CHECK_WORKSPACE, {}, token);
          for (const problem of result.problems) log.warn(problem);
          const choice = await window.showInformationMessage(
            reportSummary(result),
            "Show Problems",
          );
          if (choice !== undefined)
            await commands.executeCommand("workbench.actions.view.problems");
        },
      );
    },
    pickTensorflowBuild,
    async installBackend(setup) {
      const { title, script, args } = setupLaunch(setup);
      const location = ProgressLocation.Notification;
      return await window.withProgress(
        { location, title, cancellable: true },
        async (progress, token) => {
          const cancel = new AbortController();
          token.onCancellationRequested(() => {
            cancel.abort();
          });
          let reached = 0;
          return await runSetup({
            script: setupScript(script),
            args,
            signal: cancel.signal,
            onLine: (line) => {
              log.info(line);
            },
            onProgress({ message, percent = reached }) {
              progress.report({ message, increment: Math.max(0, percent - reached) });
              reached = Math.max(reached, percent);
            },
          });
        },
      );
    },
    async refreshRuns() {
      await list();
      // A day may have passed since the rows were arranged.
      await view.arrange({});
    },
    arrangement: () => view.arrangement(),
    arrange: (changes) => view.arrange(changes),
    showMoreRuns: (part) => view.showMore(part),
    pickOption,
    askText,
    showLogs: () => log.show(),
    async copyText(text) {
      await env.clipboard.writeText(text);
    },
    inform(message) {
      void window.showInformationMessage(message);
    },
    async offer(message, action) {
      return (await window.showInformationMessage(message, action)) === action;
    },
    async confirm(question, action) {
      return (await window.showWarningMessage(question, { modal: true }, action)) === action;
    },
  };
}
