import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { Host } from "../host.ts";

/**
 * The experiment file of a run, to be trained again: `undefined` where it is gone, which is told, or
 * where the reader would not take it as it is now.
 *
 * @param action Says on a button what is done with a file that has changed since.
 */
export async function experimentToRun(
  deps: Pick<Host, "experimentOf" | "confirm" | "inform">,
  run: RunListEntry,
  action: string,
): Promise<string | undefined> {
  const { file, state } = await deps.experimentOf(run);
  if (state === "gone") {
    deps.inform(`${file} is gone. “Copy Experiment of Run” gives you its text.`);
    return undefined;
  }
  const question = `${run.record.spec} has changed since “${run.name}” ran.`;
  return state === "changed" && !(await deps.confirm(question, action)) ? undefined : file;
}
