import type { RunListEntry } from "../../core/protocol/run-worker.ts";
import type { RunsArrangement } from "./runs/runs-arrangement.ts";
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
  /** Launches the trainer; resolves when the process has ended. */
  train(spec: string): Promise<void>;
  /** Goes on with an interrupted run from its last checkpoint. */
  resume(run: RunListEntry): Promise<void>;
  runs(): Promise<readonly RunListEntry[]>;
  pickRun(runs: readonly RunListEntry[], title: string): Promise<RunListEntry | undefined>;
  stop(run: RunListEntry): Promise<void>;
  /** Cancels a training that has no run folder yet; false when there is none. */
  stopPreparation(): boolean;
  openRun(folder: string): Promise<void>;
  openFile(path: string): Promise<void>;
  pickWeightFile(): Promise<string | undefined>;
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
  showLogs(): void;
  inform(message: string): void;
}
