// Written by `npm run gen`; do not edit.
import type { Command } from "./command.ts";
import { applyLambda } from "./commands/apply-lambda.ts";
import { checkWorkspace } from "./commands/check-workspace.ts";
import { clearBaseline } from "./commands/clear-baseline.ts";
import { clearRunFilter } from "./commands/clear-run-filter.ts";
import { compareRuns } from "./commands/compare-runs.ts";
import { compareWeights } from "./commands/compare-weights.ts";
import { compareWith } from "./commands/compare-with.ts";
import { copyBestExperiment } from "./commands/copy-best-experiment.ts";
import { copyExperiment } from "./commands/copy-experiment.ts";
import { exportRuns } from "./commands/export-runs.ts";
import { filterRuns } from "./commands/filter-runs.ts";
import { finerSweep } from "./commands/finer-sweep.ts";
import { goToLayer } from "./commands/go-to-layer.ts";
import { groupRuns } from "./commands/group-runs.ts";
import { inspectWeights } from "./commands/inspect-weights.ts";
import { installTensorflowBackend } from "./commands/install-tensorflow-backend.ts";
import { installWebgpuBackend } from "./commands/install-webgpu-backend.ts";
import { openLog } from "./commands/open-log.ts";
import { openRun } from "./commands/open-run.ts";
import { openSpec } from "./commands/open-spec.ts";
import { refreshRuns } from "./commands/refresh-runs.ts";
import { renameRun } from "./commands/rename-run.ts";
import { rerun } from "./commands/rerun.ts";
import { rerunWithChanges } from "./commands/rerun-with-changes.ts";
import { resumeRun } from "./commands/resume-run.ts";
import { revealRun } from "./commands/reveal-run.ts";
import { setBaseline } from "./commands/set-baseline.ts";
import { showLayerInRun } from "./commands/show-layer-in-run.ts";
import { showLogs } from "./commands/show-logs.ts";
import { showMoreRuns } from "./commands/show-more-runs.ts";
import { showRunChanges } from "./commands/show-run-changes.ts";
import { showRunFindings } from "./commands/show-run-findings.ts";
import { sortRuns } from "./commands/sort-runs.ts";
import { startTraining } from "./commands/start-training.ts";
import { stopRun } from "./commands/stop-run.ts";
import { tagRun } from "./commands/tag-run.ts";
import { trashRun } from "./commands/trash-run.ts";
import type { Host } from "./host.ts";

export const COMMANDS: readonly Command<Host>[] = [
  applyLambda,
  checkWorkspace,
  clearBaseline,
  clearRunFilter,
  compareRuns,
  compareWeights,
  compareWith,
  copyBestExperiment,
  copyExperiment,
  exportRuns,
  filterRuns,
  finerSweep,
  goToLayer,
  groupRuns,
  inspectWeights,
  installTensorflowBackend,
  installWebgpuBackend,
  openLog,
  openRun,
  openSpec,
  refreshRuns,
  renameRun,
  rerun,
  rerunWithChanges,
  resumeRun,
  revealRun,
  setBaseline,
  showLayerInRun,
  showLogs,
  showMoreRuns,
  showRunChanges,
  showRunFindings,
  sortRuns,
  startTraining,
  stopRun,
  tagRun,
  trashRun,
];
