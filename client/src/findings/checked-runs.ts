import type { RunRecord } from "../../../core/protocol/run-files.ts";
import type { RunDetail, RunListEntry } from "../../../core/protocol/run-worker.ts";
import { isInside } from "../runs/run-place.ts";
import type { CheckedRun } from "./finding-effect.ts";
import { MOST_FINDINGS } from "./findings-at-launch.ts";

/** More runs are not looked at for one hover; the newest come first. */
const MOST_RUNS = 100;

interface Deps {
  /** Newest first. */
  runs(): readonly RunListEntry[];
  detail(folder: string): Promise<RunDetail>;
}

/** The finished runs of a workspace folder with their findings at launch, each read once. */
export function checkedRuns({
  runs,
  detail,
}: Deps): (root: string) => Promise<readonly CheckedRun[]> {
  const known = new Map<string, Promise<CheckedRun["findings"]>>();
  return async (root) => {
    const own = runs()
      .filter(({ status, folder }) => status === "finished" && isInside(folder, root))
      .slice(0, MOST_RUNS);
    return Promise.all(
      own.map(async (run) => {
        const findings = known.get(run.folder) ?? readFindings(run.folder);
        known.set(run.folder, findings);
        return { run, findings: await findings };
      }),
    );
  };

  async function readFindings(folder: string): Promise<CheckedRun["findings"]> {
    try {
      return knownFindings((await detail(folder)).record);
    } catch (error) {
      // The list tells what is wrong with a run; here it only counts for nothing.
      if (error instanceof Error) return undefined;
      throw error;
    }
  }
}

/** An empty list says nothing of a run that was launched without a look at the workspace. */
export function knownFindings({
  findings,
  is_checked: isChecked,
}: Pick<RunRecord, "findings" | "is_checked">): CheckedRun["findings"] {
  if (findings.length >= MOST_FINDINGS) return undefined;
  return isChecked === true || findings.length > 0 ? findings : undefined;
}
