import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { CodeChanges } from "./code-changes.ts";
import type { ExperimentOfRun } from "./experiment-of-run.ts";
import { isOfExperiment } from "./run-place.ts";

/** What has changed since a run was launched, as far as that is known. */
export interface ChangesSince {
  readonly config: ExperimentOfRun["state"];
  /** Of a run of code that was launched in a repository. */
  readonly code?: CodeChanges;
}

interface Deps {
  experimentOf(run: RunListEntry): Promise<ExperimentOfRun>;
  /** The commit that the run was launched at. */
  commitOf(run: RunListEntry): Promise<string | undefined>;
  codeChanges(run: RunListEntry, commit: string): Promise<CodeChanges | undefined>;
}

/** An experiment file is all that its runs are made of; other runs are made by code. */
export async function changesSince(deps: Deps, run: RunListEntry): Promise<ChangesSince> {
  const { state: config } = await deps.experimentOf(run);
  if (isOfExperiment(run)) return { config };
  const commit = await deps.commitOf(run);
  const code = commit === undefined ? undefined : await deps.codeChanges(run, commit);
  return code === undefined ? { config } : { config, code };
}
