import { access, cp, writeFile } from "node:fs/promises";
import path from "node:path";
import { ProgressLocation, Uri, window, workspace } from "vscode";
import type { Host } from "./host.ts";
import type { RunWorkerHost } from "./runs/run-worker-host.ts";

type ExportHost = Pick<
  Host,
  "details" | "exportMetrics" | "copyFolders" | "askFile" | "askFolder" | "writeText"
>;

/** Shows that something is being written, for as long as it takes. */
function withNotice<T>(title: string, work: () => Promise<T>): Thenable<T> {
  return window.withProgress({ location: ProgressLocation.Notification, title }, work);
}

/** @throws {Error} If a folder of that name is there already. */
async function copyInto(folder: string, into: string): Promise<void> {
  const to = path.join(into, path.basename(folder));
  const isThere = await access(to).then(
    () => true,
    () => false,
  );
  if (isThere) throw new Error(`${to} is there already; choose another folder`);
  await cp(folder, to, { recursive: true, preserveTimestamps: true });
}

/** What exports ask of the editor, of the disk and of the run worker. */
export function exportHost(worker: Pick<RunWorkerHost, "detail" | "exportMetrics">): ExportHost {
  return {
    async details(runs) {
      const found = [];
      for (const run of runs) found.push({ run, detail: await worker.detail(run.folder) });
      return found;
    },
    async exportMetrics(runs, file) {
      const named = runs.map(({ folder, name }) => ({ folder, name }));
      await withNotice("Exporting metrics", () => worker.exportMetrics(named, file));
    },
    async copyFolders(folders, into) {
      await withNotice("Copying runs", async () => {
        for (const folder of folders) await copyInto(folder, into);
      });
    },
    async askFile(label, name) {
      const folder = workspace.workspaceFolders?.[0]?.uri;
      const file = await window.showSaveDialog({
        saveLabel: label,
        ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
      });
      return file?.fsPath;
    },
    async askFolder(label) {
      const [folder] =
        (await window.showOpenDialog({
          openLabel: label,
          canSelectFiles: false,
          canSelectFolders: true,
        })) ?? [];
      return folder?.fsPath;
    },
    writeText: (file, text) => writeFile(file, text),
  };
}
