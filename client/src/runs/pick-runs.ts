import { window } from "vscode";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { runDescription, runIcon } from "./run-text.ts";

/** One of the runs; undefined when Escape was pressed. */
export async function pickRun(
  runs: readonly RunListEntry[],
  title: string,
): Promise<RunListEntry | undefined> {
  const items = runs.map(runChoice);
  return (await window.showQuickPick(items, { title, matchOnDetail: true }))?.run;
}

/** Several runs, of which `picked` are ticked at first; undefined when Escape was pressed. */
export async function pickRuns(
  runs: readonly RunListEntry[],
  title: string,
  picked: readonly RunListEntry[],
): Promise<readonly RunListEntry[] | undefined> {
  const items = runs.map((run) => ({ ...runChoice(run), picked: picked.includes(run) }));
  const options = { title, matchOnDetail: true, matchOnDescription: true } as const;
  const chosen = await window.showQuickPick(items, { ...options, canPickMany: true });
  return chosen?.map(({ run }) => run);
}

const runChoice = (run: RunListEntry) => ({
  label: `$(${runIcon(run).icon}) ${run.name}`,
  description: runDescription(run),
  detail: run.id,
  run,
});
