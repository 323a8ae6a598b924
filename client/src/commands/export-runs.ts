import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRuns } from "../runs/run-argument.ts";
import { csvText, markdownText, resultsTable, runsTable } from "../runs/runs-table.ts";

type Deps = Pick<
  Host,
  | "runs"
  | "pickRun"
  | "pickOption"
  | "details"
  | "askFile"
  | "askFolder"
  | "writeText"
  | "exportMetrics"
  | "copyFolders"
  | "copyText"
  | "offer"
  | "reveal"
  | "inform"
>;

const METRICS = "Metrics of Every Step, as CSV";
const SETTINGS = "Settings and Results, as CSV";
const REPORT = "Results as a Markdown Table, to the Clipboard";
const FOLDERS = "Whole Run Folders, to Another Folder";

/** Gives the chosen runs to other tools: as tables, or as they are. */
export const exportRuns: Command<Deps> = {
  id: "normlens.exportRuns",
  async run(deps, target, selection) {
    const runs = await chooseRuns({ target, selection }, await deps.runs(), (all) =>
      deps.pickRun(all, "Export which run?"),
    );
    const [first] = runs;
    if (first === undefined) return;
    const what = runs.length === 1 ? `“${first.name}”` : `${runs.length} runs`;
    const labels = [METRICS, SETTINGS, REPORT, FOLDERS];
    const picked = await deps.pickOption(`Export ${what}`, labels, "");
    const name = runs.length === 1 ? first.id : "runs";
    switch (picked) {
      case METRICS:
        return exportFile(deps, `${name}-metrics.csv`, (file) => deps.exportMetrics(runs, file));
      case SETTINGS:
        return exportFile(deps, `${name}.csv`, async (file) =>
          deps.writeText(file, csvText(runsTable(await deps.details(runs)))),
        );
      case REPORT:
        await deps.copyText(markdownText(resultsTable(await deps.details(runs))));
        deps.inform(`Copied the results of ${what} as a Markdown table.`);
        return;
      case FOLDERS:
        return exportFolders(deps, runs, what);
      default:
        return; // The user pressed Escape.
    }
  },
};

async function exportFile(
  { askFile, offer, reveal }: Deps,
  name: string,
  write: (file: string) => Promise<void>,
): Promise<void> {
  const file = await askFile("Export", name);
  if (file === undefined) return;
  await write(file);
  if (await offer(`Exported to ${file}.`, "Show File")) await reveal(file);
}

async function exportFolders(
  { askFolder, copyFolders, offer, reveal }: Deps,
  runs: readonly RunListEntry[],
  what: string,
): Promise<void> {
  const folder = await askFolder("Copy Here");
  if (folder === undefined) return;
  await copyFolders(
    runs.map((run) => run.folder),
    folder,
  );
  if (await offer(`Copied ${what} to ${folder}.`, "Show Folder")) await reveal(folder);
}
