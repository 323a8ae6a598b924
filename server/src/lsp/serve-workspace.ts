import path from "node:path";
import {
  type CancellationToken,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
} from "vscode-languageserver";
import {
  CHECK_WORKSPACE,
  type CheckWorkspaceParams,
  LAMBDA_EDIT,
  type LambdaEdit,
  type LambdaEditParams,
  SETTINGS_CHANGED,
  SETTINGS_STATUS,
  type SettingsStatus,
  type SettingsStatusParams,
  type WorkspaceReport,
} from "../../../core/protocol/lsp.ts";
import { lambdaEdit } from "../config/lambda-edit.ts";
import { SETTINGS_FILES } from "../workspace/parse-settings-file.ts";
import { selectionFinder } from "../workspace/selection-for-file.ts";
import { isWalked, walkFiles } from "../workspace/walk-files.ts";
import { pathOfUri } from "./document-path.ts";
import { guarded } from "./guard.ts";
import type { Session } from "./session.ts";
import { checkWorkspace } from "./workspace-check.ts";

const isSettingsFile = (file: string) =>
  SETTINGS_FILES.some((name) => path.basename(file) === name);
const NO_REPORT: WorkspaceReport = { files: [], checked: 0, problems: [], isPartial: true };
const NO_STATUS: SettingsStatus = { overridden: [], problems: [] };

function serveCheck(session: Session): void {
  const { connection, finder, log } = session;
  connection.onRequest(
    CHECK_WORKSPACE,
    guarded(
      log,
      "Check workspace",
      NO_REPORT,
      async (params: CheckWorkspaceParams, token: CancellationToken) => {
        const folders = params.folders?.flatMap((uri) => pathOfUri(uri) ?? []) ?? [
          ...session.folders,
        ];
        const progress = connection.window.attachWorkDoneProgress(params.workDoneToken);
        progress.begin("Checking the workspace", 0, undefined, true);
        const report = await checkWorkspace({
          folders,
          environment: {
            selectionOf: selectionFinder(finder),
            project: session.project.facts(),
          },
          isCancelled: () => token.isCancellationRequested,
          onProgress: (done, total, path) => progress.report((100 * done) / total, path),
        });
        progress.done();
        return report;
      },
    ),
  );
}

function serveStatus({ connection, analysis, log }: Session): void {
  connection.onRequest(
    SETTINGS_STATUS,
    guarded(log, "Settings status", NO_STATUS, ({ uri }: SettingsStatusParams) =>
      analysis.settingsStatus(uri),
    ),
  );
}

function serveLambdaEdit({ connection, log }: Session): void {
  const failed: LambdaEdit = { refusal: "the file could not be read; the log says why" };
  connection.onRequest<LambdaEdit, void>(
    LAMBDA_EDIT,
    guarded(log, "Write λ", failed, (params: LambdaEditParams) => lambdaEdit(params)),
  );
}

/** What the client must tell us about, once it is ready to be asked. */
async function subscribe({ connection, abilities }: Session): Promise<void> {
  if (abilities.registersConfiguration) {
    await connection.client.register(DidChangeConfigurationNotification.type, {
      section: "normlens",
    });
  }
  if (abilities.registersWatchers) {
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [...SETTINGS_FILES, "*.{py,yaml,yml,json,toml}"].map((name) => ({
        globPattern: `**/${name}`,
      })),
    });
  }
}

/** Workspace-wide requests, and everything that makes findings change without an edit. */
export function serveWorkspace(session: Session, refresh: () => void): void {
  const { connection, finder, editor, analysis, folders, log, project } = session;
  const announce = guarded(log, "Settings", undefined, () =>
    connection.sendNotification(SETTINGS_CHANGED),
  );
  const startOver = () => {
    finder.clear();
    editor.clear();
    analysis.invalidate();
    refresh();
    void announce();
  };
  /** What code does with configs sharpens findings in configs; they are shown without it first. */
  const readProject = guarded(log, "Read the workspace", undefined, async () => {
    await project.read(walkFiles([...folders]));
    startOver();
  });
  serveCheck(session);
  serveStatus(session);
  serveLambdaEdit(session);
  connection.onDidChangeConfiguration(startOver);
  connection.onDidChangeWatchedFiles(
    guarded(log, "Watched files", undefined, async ({ changes }: DidChangeWatchedFilesParams) => {
      const changed = changes.flatMap(({ uri }) => pathOfUri(uri) ?? []);
      // Training rewrites `run.json` and installers write thousands of files: neither is the user's code.
      const own = changed.filter((file) => isWalked(file, [...folders]));
      const counts = await project.read(own.map((file) => ({ kind: "file", path: file })));
      if (counts || changed.some(isSettingsFile)) startOver();
    }),
  );
  connection.onInitialized(
    guarded(log, "Start", undefined, async () => {
      await subscribe(session);
      void readProject();
      if (!session.abilities.changesFolders) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) folders.delete(pathOfUri(uri) ?? "");
        for (const { uri } of added) folders.add(pathOfUri(uri) ?? "");
        startOver();
        void readProject();
      });
    }),
  );
}
