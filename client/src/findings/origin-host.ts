import path from "node:path";
import { commands, Range, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";
import { type FindingAtLaunch, RUN_FILES } from "../../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { Host } from "../host.ts";
import { type ChangesSince, changesSince } from "../runs/changes-since.ts";
import { codeChanges, gitOutput } from "../runs/code-changes.ts";
import { experimentOfRun } from "../runs/experiment-of-run.ts";
import { specFile, workspaceOfRun } from "../runs/run-place.ts";
import type { RunWorkerHost } from "../runs/run-worker-host.ts";
import { knownFindings } from "./checked-runs.ts";

type OriginHost = Pick<
  Host,
  | "findingsOfRun"
  | "pickFinding"
  | "showFinding"
  | "changesSince"
  | "showConfigDiff"
  | "showCodeDiff"
>;

/** Scheme of a file as it was at a commit: `normlens-commit:/root/file?commit`. */
export const COMMIT_SCHEME = "normlens-commit";

/** What has changed since a run was launched; code is only compared where the workspace is trusted, since git runs what its settings say. */
export function changesOf(worker: RunWorkerHost, run: RunListEntry): Promise<ChangesSince> {
  return changesSince(
    {
      experimentOf: experimentOfRun,
      commitOf: async ({ folder }) => (await worker.detail(folder)).record.git_commit,
      codeChanges: async ({ folder }, commit) =>
        workspace.isTrusted ? codeChanges(workspaceOfRun(folder), commit) : undefined,
    },
    run,
  );
}

/** Texts of files as they were at a commit. */
export const commitContent: TextDocumentContentProvider = {
  async provideTextDocumentContent({ fsPath, query }) {
    const place = `${query}:./${path.basename(fsPath)}`;
    const text = await gitOutput(path.dirname(fsPath), ["show", place]);
    return text ?? `${path.basename(fsPath)} is not in commit ${query}.`;
  },
};

/** What commands about a run's findings and changes ask of the editor. */
export function originHost(worker: RunWorkerHost): OriginHost {
  return {
    findingsOfRun: async (folder) => knownFindings((await worker.detail(folder)).record),
    pickFinding,
    showFinding,
    changesSince: (run) => changesOf(worker, run),
    async showConfigDiff(run) {
      const left = Uri.file(path.join(run.folder, RUN_FILES.spec));
      const right = Uri.file(specFile(run));
      const title = `${path.basename(right.fsPath)}: ${run.name} ↔ Now`;
      await commands.executeCommand("vscode.diff", left, right, title);
    },
    async showCodeDiff(run, commit, file) {
      const right = Uri.file(path.join(workspaceOfRun(run.folder), file));
      const left = right.with({ scheme: COMMIT_SCHEME, query: commit });
      const title = `${file}: ${commit.slice(0, 7)} ↔ Now`;
      await commands.executeCommand("vscode.diff", left, right, title);
    },
  };
}

async function pickFinding(
  title: string,
  findings: readonly FindingAtLaunch[],
): Promise<FindingAtLaunch | undefined> {
  const items = findings.map((finding) => ({
    label: `${finding.code} ${finding.name}`,
    description: `${finding.path}:${finding.line}`,
    detail: finding.message,
    finding,
  }));
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: "Go to the line",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.finding;
}

/** The line of a finding; the file may have been edited since, so it may have moved. */
async function showFinding(
  { folder }: RunListEntry,
  { path: file, line }: FindingAtLaunch,
): Promise<void> {
  const start = Math.max(0, line - 1);
  const selection = new Range(start, 0, start, 0);
  const uri = Uri.file(path.resolve(workspaceOfRun(folder), file));
  try {
    await window.showTextDocument(uri, { selection, preview: true });
  } catch (error) {
    // What the finding was in may be gone since.
    const reason = error instanceof Error ? error.message : String(error);
    void window.showWarningMessage(`${file} cannot be opened: ${reason}`);
  }
}
