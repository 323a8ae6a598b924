import type {
  LayerLocation,
  LayerLocations,
  LayerLocationsParams,
} from "../../core/protocol/lsp.ts";
import type { PanelTab } from "../../core/protocol/panel/run.ts";
import type { FindingAtLaunch } from "../../core/protocol/run-files.ts";
import type { RunLayers } from "../../core/protocol/run-layers.ts";
import type { RunNotes } from "../../core/protocol/run-notes.ts";
import type { RunListEntry } from "../../core/protocol/run-worker.ts";
import type { LineInRun } from "./layers/layer-finder.ts";
import type { BestExperiment } from "./runs/best-experiment.ts";
import type { ChangesSince } from "./runs/changes-since.ts";
import type { ExperimentOfRun } from "./runs/experiment-of-run.ts";
import type { RunsArrangement } from "./runs/runs-arrangement.ts";
import type { DetailedRun } from "./runs/runs-table.ts";
import type { TrashedRun } from "./runs/trash-runs.ts";
import type { BackendSetup, TensorflowBuild } from "./training/backend-setup.ts";
import type { SetupEnd } from "./training/run-setup.ts";

/** A line of text to ask for. */
export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  /** What stands there at first. */
  readonly value: string;
  /** Told what stands there after every key. */
  onChange?(text: string): void;
}

/** What commands may ask of the editor and of the other processes; tests pass plain objects. */
export interface Host {
  /** False in Restricted Mode: look, do not start. */
  isTrusted(): boolean;
  /** Experiment files of the workspace; the one in the active editor first. */
  findExperiments(): Promise<readonly string[]>;
  pickExperiment(paths: readonly string[]): Promise<string | undefined>;
  /** Launches the trainer, with values for the file's keys; resolves when the process has ended. */
  train(spec: string, set?: readonly string[]): Promise<void>;
  /** Goes on with an interrupted run from its last checkpoint. */
  resume(run: RunListEntry): Promise<void>;
  runs(): Promise<readonly RunListEntry[]>;
  pickRun(runs: readonly RunListEntry[], title: string): Promise<RunListEntry | undefined>;
  /** Several runs, of which `picked` are ticked at first; undefined when Escape was pressed. */
  pickRuns(
    runs: readonly RunListEntry[],
    title: string,
    picked: readonly RunListEntry[],
  ): Promise<readonly RunListEntry[] | undefined>;
  /** Shows the runs in these folders beside each other, in the panel of the first. */
  compare(folders: readonly string[]): Promise<void>;
  /** Where a run's experiment file lies, and whether it is as it was. */
  experimentOf(run: RunListEntry): Promise<ExperimentOfRun>;
  /** The experiment file of a run, with the values that were set for it in their places. */
  experimentText(run: RunListEntry): Promise<string>;
  /** The experiment of a sweep's best trial; rejects where it has none. */
  bestExperimentText(sweep: RunListEntry): Promise<BestExperiment>;
  /**
   * Lets the reader change values of the experiment in `file` with `set` in place; gives new values
   * by key, undefined when Escape was pressed.
   */
  changeValues(
    title: string,
    file: string,
    set: readonly string[],
  ): Promise<ReadonlyMap<string, string> | undefined>;
  /** All that the records of runs say. */
  details(runs: readonly RunListEntry[]): Promise<readonly DetailedRun[]>;
  /** Writes all metrics of runs to a CSV file. */
  exportMetrics(runs: readonly RunListEntry[], file: string): Promise<void>;
  /** Copies folders into another; what is there under their names stays. */
  copyFolders(folders: readonly string[], into: string): Promise<void>;
  /** Asks where to write a file; undefined when Escape was pressed. */
  askFile(label: string, name: string): Promise<string | undefined>;
  askFolder(label: string): Promise<string | undefined>;
  writeText(file: string, text: string): Promise<void>;
  /** Replaces the reader's notes about a run. */
  writeNotes(folder: string, notes: RunNotes): Promise<void>;
  trash(folders: readonly string[]): Promise<readonly TrashedRun[]>;
  restore(runs: readonly TrashedRun[]): Promise<void>;
  stop(run: RunListEntry): Promise<void>;
  /** Cancels a training that has no run folder yet; false when there is none. */
  stopPreparation(): boolean;
  /** Shows a run's panel, on `tab` where that is given. */
  openRun(folder: string, tab?: PanelTab): Promise<void>;
  openFile(path: string): Promise<void>;
  /** Makes `lambda` the only λ that the experiment file of a run chooses from. */
  writeLambda(run: RunListEntry, lambda: number): Promise<void>;
  pickWeightFile(title: string): Promise<string | undefined>;
  /** The weight file of the editor in front. */
  activeWeightFile(): string | undefined;
  /** Shows how the weights in a file differ from those in `against`. */
  compareWeights(file: string, against: string): Promise<void>;
  /** Shows the weights in a file of whatever name. */
  openWeights(path: string): Promise<void>;
  reveal(path: string): Promise<void>;
  checkWorkspace(): Promise<void>;
  /** Asks for the build of TensorFlow; undefined when Escape was pressed. */
  pickTensorflowBuild(): Promise<TensorflowBuild | undefined>;
  /** Sets up a backend, with progress that can be cancelled. */
  installBackend(setup: BackendSetup): Promise<SetupEnd>;
  refreshRuns(): Promise<void>;
  /** How the Runs view is grouped, sorted and filtered. */
  arrangement(): RunsArrangement;
  arrange(changes: Partial<RunsArrangement>): Promise<void>;
  showMoreRuns(part: string): void;
  /** One of the labels, of which `current` is marked; undefined when Escape was pressed. */
  pickOption(
    title: string,
    labels: readonly string[],
    current: string,
  ): Promise<string | undefined>;
  /** Undefined when Escape was pressed. */
  askText(question: TextQuestion): Promise<string | undefined>;
  /** What a run last counted of its layers. */
  layersOfRun(folder: string): Promise<RunLayers>;
  /** Names of the tensors in a weight file. */
  namesInFile(file: string): Promise<readonly string[]>;
  /** Undefined when it took long and was cancelled. */
  findLayers(params: LayerLocationsParams): Promise<LayerLocations | undefined>;
  /** Undefined when Escape was pressed. */
  pickLocation(
    title: string,
    locations: readonly LayerLocation[],
  ): Promise<LayerLocation | undefined>;
  showLocation(location: LayerLocation): Promise<void>;
  /** Layers of the last run that the line of the cursor makes. */
  layersAtCursor(): Promise<LineInRun | undefined>;
  showLayer(folder: string, layer: string): Promise<void>;
  /** What was found when a run was launched; undefined where nobody looked. */
  findingsOfRun(folder: string): Promise<readonly FindingAtLaunch[] | undefined>;
  pickFinding(
    title: string,
    findings: readonly FindingAtLaunch[],
  ): Promise<FindingAtLaunch | undefined>;
  showFinding(run: RunListEntry, finding: FindingAtLaunch): Promise<void>;
  changesSince(run: RunListEntry): Promise<ChangesSince>;
  /** The experiment file as the run was launched with it, beside what it is now. */
  showConfigDiff(run: RunListEntry): Promise<void>;
  /** A file as it was at a commit, beside what it is now. */
  showCodeDiff(run: RunListEntry, commit: string, file: string): Promise<void>;
  showLogs(): void;
  copyText(text: string): Promise<void>;
  inform(message: string): void;
  /** Tells something and offers one action; true when it is taken. */
  offer(message: string, action: string): Promise<boolean>;
  /** Asks before something is done; false for Cancel and Escape. */
  confirm(question: string, action: string): Promise<boolean>;
}
