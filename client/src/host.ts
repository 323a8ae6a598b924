import type { RunListEntry } from "../../core/protocol/run-worker.ts";
import type { BackendSetup, TensorflowBuild } from "./training/backend-setup.ts";
import type { SetupEnd } from "./training/run-setup.ts";

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
  showLogs(): void;
  inform(message: string): void;
}
