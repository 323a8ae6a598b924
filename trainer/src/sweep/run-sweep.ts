import path from "node:path";
import type { Sweep } from "../../../core/experiment/experiment.ts";
import {
  fromJsonNumber,
  type SweepRecord,
  type SweepTrial,
  toJsonNumber,
} from "../../../core/protocol/run-files.ts";
import type { TrainerEvent, TrainRequest } from "../../../core/protocol/trainer.ts";
import type { TrainingOutcome, Trial, Values } from "../procedure.ts";
import type { TrainingPlace } from "../run-training.ts";
import type { TrainContext, TrainResult } from "../train.ts";
import { UserError } from "../user-error.ts";
import { lookAtTest } from "./look-at-test.ts";
import { epochsOf, type Rung, ranked } from "./rungs.ts";

/** Trains a trial as far as its stage, in a folder of its own or from where that one stands. */
export type TrainTrial = (
  request: TrainRequest,
  trial: Trial,
  context: TrainContext,
) => Promise<TrainResult>;

export interface SweepPlan {
  readonly sweep: Sweep;
  /** `key=value` pairs of each trial. */
  readonly settings: readonly (readonly string[])[];
  readonly rungs: readonly Rung[];
  /** `key=value` pairs of the launch. */
  readonly set: readonly string[];
  readonly request: TrainRequest;
  /** Folder of the experiment file. */
  readonly folder: string;
  readonly trainTrial: TrainTrial;
}

/** A trial as far as it is. */
interface TrialState {
  readonly number: number;
  readonly set: readonly string[];
  /** Absolute path of its run folder; empty before it has one. */
  run: string;
  epochs: number;
  value: number;
  status: SweepTrial["status"];
  final: Values;
}

interface SweepState extends SweepPlan {
  readonly place: TrainingPlace;
  readonly trials: readonly TrialState[];
  readonly startedMs: number;
  /** Epochs that all trials have had together. */
  done: number;
}

/**
 * Trains the trials rung by rung, the best of a rung from where they stand, and looks at the test part
 * once, with the best that was trained to the end. What is done when it is cancelled stays.
 */
export async function runSweep(plan: SweepPlan, place: TrainingPlace): Promise<TrainingOutcome> {
  const trials = plan.settings.map(
    (set, index): TrialState => ({
      number: index + 1,
      set,
      run: "",
      epochs: 0,
      value: Number.NaN,
      status: "waiting",
      final: {},
    }),
  );
  const state: SweepState = { ...plan, place, trials, startedMs: Date.now(), done: 0 };
  const ending = (final: Values, best?: TrialState) => ({
    final,
    moment: { step: state.done, epoch: state.done },
    record: { sweep: recordOf(state, best) },
  });
  try {
    for (const rung of plan.rungs) await climb(state, rung);
    const [best] = ranked(
      trials.filter(({ status }) => status === "finished"),
      plan.sweep.goal,
    );
    if (best === undefined || Number.isNaN(best.value)) throw withoutEnd(trials);
    place.writer.log(`Best is trial ${best.number}: ${best.set.join(", ")}`);
    const shown = await lookAtTest(best.run, [...plan.set, ...best.set], plan, place.signal);
    const { samples, classes, modalities } = shown.record;
    const end = ending({ ...best.final, ...shown.values }, best);
    const record = { ...end.record, samples, classes, modalities };
    return { status: "finished", ...end, record };
  } catch (error) {
    if (place.signal.aborted) return { status: "cancelled", ...ending({}) };
    return { status: "failed", error, where: `epoch ${state.done}`, ...ending({}) };
  }
}

/** Brings the best trials of the rung below to this rung. */
async function climb(state: SweepState, rung: Rung): Promise<void> {
  const alive = state.trials.filter(({ status }) => status === "waiting");
  const order = ranked(alive, state.sweep.goal);
  for (const trial of order.slice(rung.trials)) trial.status = "eliminated";
  for (const trial of alive.filter(({ status }) => status === "waiting")) {
    state.place.signal.throwIfAborted();
    await advance(state, trial, rung.epochs);
  }
}

async function advance(state: SweepState, trial: TrialState, epochs: number): Promise<void> {
  const { place, request, set, sweep, trials } = state;
  const { writer, emit, signal } = place;
  const { spec, workspace, out } = request;
  const common = { spec, workspace, ...(out === undefined ? {} : { out }) };
  const result = await state.trainTrial(
    trial.run === ""
      ? { ...common, set: [...set, ...trial.set] }
      : { ...common, resume: trial.run },
    { parent: path.basename(writer.folder), number: trial.number, epochs },
    { signal, emit: (event) => forward(state, trial, event) },
  );
  if (result.run !== "") trial.run = result.run;
  if (signal.aborted && result.status === "cancelled") trial.status = "cancelled";
  signal.throwIfAborted();
  const isLast = epochs === state.rungs.at(-1)?.epochs;
  trial.status = result.status === "failed" ? "failed" : isLast ? "finished" : "waiting";
  trial.value = result.status === "failed" ? Number.NaN : metricOf(result, sweep.metric);
  trial.final = valuesOf(result);
  state.done += epochs - trial.epochs;
  trial.epochs = epochs;
  if (result.error !== undefined) writer.log(`Trial ${trial.number} failed: ${result.error}`);
  const [best] = ranked(trials, sweep.goal);
  const values = { "sweep/value": trial.value, "sweep/best": best?.value ?? Number.NaN };
  writer.metrics(state.done, state.done, { ...values, "sweep/trial": trial.number });
  writer.update({ sweep: recordOf(state) });
  emit({ type: "trial", trials: trials.length, ...recordedTrial(trial) });
}

/** @throws {UserError} If the training measures nothing of that name. */
function metricOf({ final }: TrainResult, metric: string): number {
  const value = fromJsonNumber(final[metric]);
  if (value !== undefined) return value;
  const names = Object.keys(final).filter((name) => name.startsWith("validation/"));
  throw new UserError(
    "sweep-metric",
    `No trial has a metric ${metric}`,
    `Take one of ${names.join(", ")}`,
  );
}

function valuesOf({ final }: TrainResult): Values {
  return Object.fromEntries(
    Object.entries(final).map(([name, value]) => [name, fromJsonNumber(value) ?? Number.NaN]),
  );
}

function withoutEnd(trials: readonly TrialState[]): UserError {
  const failed = trials.filter(({ status }) => status === "failed").length;
  return new UserError(
    "sweep",
    `No trial was trained to the end with a finite metric, ${failed} of ${trials.length} failed`,
    "The log says why; a lower `training.learning_rate` is the usual cure",
  );
}

/** Progress of a trial is progress of the sweep; of the rest only warnings are passed on. */
function forward(state: SweepState, trial: TrialState, event: TrainerEvent): void {
  const { place, rungs, startedMs } = state;
  if (event.type === "message" && event.level === "warning") {
    place.emit({ ...event, text: `Trial ${trial.number}: ${event.text}` });
  }
  if (event.type !== "progress") return;
  const total = epochsOf(rungs);
  const had = (event.step * event.epochs_total) / event.steps_total - trial.epochs;
  const done = Math.max(0, state.done + had);
  const seconds = (Date.now() - startedMs) / 1000;
  place.emit({
    ...event,
    step: Math.floor(done),
    steps_total: total,
    epoch: Math.min(total, Math.floor(done) + 1),
    epochs_total: total,
    seconds_left: done === 0 ? 0 : (seconds / done) * (total - done),
  });
}

function recordOf({ sweep, rungs, trials }: SweepState, best?: TrialState): SweepRecord {
  return {
    metric: sweep.metric,
    goal: sweep.goal,
    rungs: rungs.map(({ epochs }) => epochs),
    trials: trials.map(recordedTrial),
    ...(best === undefined ? {} : { best: best.number }),
  };
}

function recordedTrial({ number, run, set, epochs, value, status }: TrialState): SweepTrial {
  return { number, run: path.basename(run), set, epochs, value: toJsonNumber(value), status };
}
