import type { Experiment } from "../../core/experiment/experiment.ts";
import type { RunRecord } from "../../core/protocol/run-files.ts";
import type { TrainerEvent } from "../../core/protocol/trainer.ts";
import type { SelectedBackend } from "./backends/select.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { LoadContext } from "./data-source.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import type { RunWriter } from "./run/run-writer.ts";

/** Where a training is. */
export interface Moment {
  readonly step: number;
  readonly epoch: number;
}

/** Metric values by name. */
export type Values = Readonly<Record<string, number>>;

/** How a run ended. */
export type TrainingOutcome = {
  /** Latest value of every metric. */
  readonly final: Values;
  readonly moment: Moment;
  /** What else there is to say in `run.json`. */
  readonly record?: Partial<RunRecord>;
} & (
  | { readonly status: "finished" | "cancelled" }
  | {
      readonly status: "failed";
      readonly error: unknown;
      readonly where: string;
      /** File in the run folder with the last weights that were all finite. */
      readonly lastGood?: string;
    }
);

/** What a run is told to the user by before its first step; goes into `run.json`. */
type RunFacts = Pick<
  RunRecord,
  | "steps_total"
  | "epochs_total"
  | "samples"
  | "classes"
  | "modalities"
  | "objective"
  | "penalties"
  | "transfer"
>;

/** A training as part of a sweep. */
export interface Trial {
  /** Name of the sweep's run folder. */
  readonly parent: string;
  /** Counts from 1. */
  readonly number: number;
  /** Epochs after which it stops for now, where there are more. */
  readonly epochs: number;
}

/** An experiment with its data loaded and its parts found to fit together. */
export interface PreparedRun {
  readonly backend: SelectedBackend;
  readonly facts: RunFacts;
  /** Sentences for the run's log: what was sampled, dropped or assumed. */
  readonly notes: readonly string[];
  /** It writes checkpoints, and can go on from one. */
  readonly canResume?: true;
  /**
   * Runs to the end, or until `signal` is aborted, and writes everything but `run.json`.
   *
   * What goes wrong is part of the outcome; it only rejects when files cannot be written. A
   * `checkpoint` is only given to runs that can resume. A `trial` stops after its epochs with a
   * checkpoint, and leaves the test part alone.
   */
  run(
    writer: RunWriter,
    emit: (event: TrainerEvent) => void,
    signal: AbortSignal,
    checkpoint?: Checkpoint,
    trial?: Trial,
  ): Promise<TrainingOutcome>;
  dispose(): void;
}

/**
 * One way to get from an experiment file to a finished run: training a network by gradient steps,
 * fitting a linear model to its optimum, …
 */
export interface Procedure {
  readonly id: string;
  /** True for experiments that this procedure, and no other, is for. */
  handles(experiment: Experiment): boolean;
  /**
   * Loads the data and makes ready what is needed.
   *
   * @throws {ExperimentRefused} If a value of the file does not fit the data or the model.
   * @throws {UserError} If data, backend or machine are not what is needed.
   */
  prepare(file: ExperimentFile, context: LoadContext): Promise<PreparedRun>;
}
