import type { SweepTrial } from "./run-files.ts";

/** Trainer process -> whoever launched it: one JSON object a line, or one IPC message each. */
export type TrainerEvent =
  | {
      readonly type: "started";
      /** Absolute path of the run folder. */
      readonly run: string;
      readonly id: string;
      readonly name: string;
      readonly backend: string;
      readonly device: string;
      readonly backend_reason: string;
      readonly steps_total: number;
      readonly epochs_total: number;
      readonly objective: string;
    }
  | {
      readonly type: "progress";
      readonly step: number;
      readonly steps_total: number;
      readonly epoch: number;
      readonly epochs_total: number;
      /** Both only of what is trained by steps; a solver has neither. */
      readonly loss?: number;
      readonly samples_per_second?: number;
      readonly seconds_left: number;
    }
  | {
      readonly type: "evaluated";
      readonly step: number;
      readonly epoch: number;
      readonly values: Readonly<Record<string, number | string>>;
    }
  /** A trial of a sweep was trained as far as it goes for now, or failed. */
  | ({ readonly type: "trial"; readonly trials: number } & SweepTrial)
  | { readonly type: "message"; readonly level: "info" | "warning"; readonly text: string }
  /** Always the last event. `run` is empty when the experiment file was refused. */
  | {
      readonly type: "finished";
      readonly run: string;
      readonly status: "finished" | "failed" | "cancelled";
      readonly final: Readonly<Record<string, number | string>>;
      readonly error?: string;
    };

/** Launcher -> trainer process, over the IPC channel. */
export type TrainerControl = { readonly type: "cancel" };

/** What a launched trainer process is given, as its only argument, in JSON. */
export interface TrainRequest {
  /** Absolute path of the experiment file. */
  readonly spec: string;
  /** Folder that holds `.normlens/`; relative paths in the file are resolved against the file. */
  readonly workspace: string;
  readonly backend?: string;
  /** `key=value` pairs that replace values of the experiment file, keys dotted. */
  readonly set?: readonly string[];
  /** Run folder's parent; default `<workspace>/.normlens/runs`. */
  readonly out?: string;
  /** An experiment file that is no sweep is refused. */
  readonly sweep?: boolean;
  /**
   * Absolute path of a run folder to go on with, from its last checkpoint. Its own copy of the
   * experiment file takes the place of `spec`.
   */
  readonly resume?: string;
  readonly findings?: readonly import("./run-files.ts").FindingAtLaunch[];
}
