import type { TrainerEvent } from "../../core/protocol/trainer.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import { createIntervalMean } from "./interval-mean.ts";
import { NonFiniteLoss } from "./non-finite-loss.ts";
import type { Preparation } from "./preparation.ts";
import type { Moment, TrainingOutcome, Values } from "./procedure.ts";
import { createRandom } from "./random.ts";
import { readFloats } from "./read-floats.ts";
import { type RunWriter, toJsonNumbers } from "./run/run-writer.ts";
import { type WeightTensor, writeEmbeddings, writeItems, writeWeights } from "./snapshot.ts";
import { createTrainingStep, type StepMeasurement, type TrainingStep } from "./training-step.ts";

/** Milliseconds from one progress event to the next. */
const PROGRESS_EVERY_MS = 100;

/** What a training is run with; the functions below share it. */
interface Run {
  readonly preparation: Preparation;
  readonly writer: RunWriter;
  readonly trainingStep: TrainingStep;
  readonly emit: (event: TrainerEvent) => void;
  readonly signal: AbortSignal;
  readonly startedMs: number;
  /** Where the training is; replaced as it goes on. */
  moment: Moment;
  lastProgressMs: number;
  /** Step of the last snapshot of the weights. */
  snapshotStep: number;
  /** Latest value of every metric. */
  latest: Values;
}

/**
 * Trains to the end, or until `signal` is aborted, and writes everything but `run.json`.
 *
 * What goes wrong is part of the outcome, and the weights as they were then are written first; it
 * only rejects when even that cannot be done.
 */
export async function runTraining(
  preparation: Preparation,
  writer: RunWriter,
  emit: (event: TrainerEvent) => void,
  signal: AbortSignal,
): Promise<TrainingOutcome> {
  const run: Run = {
    preparation,
    writer,
    trainingStep: createTrainingStep(preparation, (text) => {
      writer.log(text);
    }),
    emit,
    signal,
    startedMs: Date.now(),
    moment: { step: 0, epoch: 0 },
    lastProgressMs: 0,
    snapshotStep: -1,
    latest: {},
  };
  try {
    writeItems(writer, preparation.dataset, embeddedRows(preparation));
    await finishEpoch(run, preparation.dataValues, new Map());
    for (let epoch = 1; epoch <= preparation.experiment.training.epochs; epoch++) {
      await trainEpoch(run, epoch);
    }
    return { status: "finished", final: run.latest, moment: run.moment };
  } catch (error) {
    if (!signal.aborted) logStep(run, failureValues(error));
    await snapshotWeights(run, new Map());
    const outcome = { final: run.latest, moment: run.moment };
    return signal.aborted
      ? { status: "cancelled", ...outcome }
      : { status: "failed", error, where: placeOf(run, error), ...outcome };
  } finally {
    run.trainingStep.dispose();
  }
}

async function trainEpoch(run: Run, epoch: number): Promise<void> {
  const { experiment, split, stepsPerEpoch } = run.preparation;
  const { batch_size: batchSize, log_every: logEvery, seed } = experiment.training;
  const order = createRandom(seed, `order/${epoch}`).permutation(split.train.length);
  const interval = createIntervalMean();
  for (let index = 0; index < stepsPerEpoch; index++) {
    // Signals and control messages are only seen when the event loop gets its turn.
    await new Promise(setImmediate);
    run.signal.throwIfAborted();
    const rows = order
      .subarray(index * batchSize, (index + 1) * batchSize)
      .map((place) => split.train[place] ?? 0);
    run.moment = { step: run.moment.step + 1, epoch };
    const isLast = index === stepsPerEpoch - 1;
    const measured = await run.trainingStep.run(rows, isLast);
    const values = trainValues(measured);
    interval.add(values, rows.length);
    reportProgress(run, values["train/loss"] ?? Number.NaN, isLast);
    if (isLast) await finishEpoch(run, interval.take(), measured.gradientNorms);
    else if (run.moment.step % logEvery === 0) logStep(run, interval.take());
  }
}

/**
 * Measures the parts, writes the snapshots that are due, and logs all of it as one line.
 *
 * `trained` are the mean losses of the steps since the last line, and take the place of those measured
 * here on the training part: `train/loss` is a loss of training steps wherever there were any.
 */
async function finishEpoch(
  run: Run,
  trained: Values,
  gradientNorms: ReadonlyMap<string, number>,
): Promise<void> {
  const { experiment, evaluated } = run.preparation;
  const { epochs, snapshot_every: snapshotEvery } = experiment.training;
  const { epoch, step } = run.moment;
  const isFinal = epoch === epochs;
  const validation = await measure(run, evaluated.validation);
  const train = await measure(run, evaluated.train);
  const test = isFinal ? await measure(run, evaluated.test) : undefined;

  let values: Values = {
    ...prefixed("train", train?.values ?? {}),
    ...trained,
    ...prefixed("validation", validation?.values ?? {}),
    ...prefixed("test", test?.values ?? {}),
  };
  if (isFinal || epoch % snapshotEvery === 0) {
    const embeddings = (validation ?? train)?.embeddings;
    if (embeddings !== undefined) writeEmbeddings(run.writer, step, embeddings);
    values = { ...values, ...(await snapshotWeights(run, gradientNorms)) };
  }
  logStep(run, values);
  run.emit({ type: "evaluated", step, epoch, values: toJsonNumbers(values) });
}

async function measure(run: Run, rows: Int32Array): Promise<Evaluation | undefined> {
  if (rows.length === 0) return undefined;
  run.trainingStep.settle();
  const { model, dataset, experiment } = run.preparation;
  const task = {
    model,
    dataset,
    objective: experiment.objective,
    batchSize: experiment.training.batch_size,
    penalty: await run.trainingStep.penalty(),
  };
  return evaluate(task, rows, run.signal);
}

/** Writes the weights unless this step's are written already. */
async function snapshotWeights(
  run: Run,
  gradientNorms: ReadonlyMap<string, number>,
): Promise<Values> {
  if (run.snapshotStep === run.moment.step) return {};
  const { model, penalties } = run.preparation;
  run.trainingStep.settle();
  const tensors: WeightTensor[] = [];
  for (const { name, kind, variable } of model.parameters) {
    const labels = (penalties.byParameter.get(name) ?? []).map(({ label }) => label);
    const penalty = labels.join(" + ");
    const data = await readFloats(variable);
    tensors.push({ name, kind, shape: variable.shape, data, penalty });
  }
  const values = writeWeights(run.writer, run.moment, tensors, gradientNorms);
  run.snapshotStep = run.moment.step;
  return values;
}

function logStep(run: Run, values: Values): void {
  if (Object.keys(values).length === 0) return;
  run.writer.metrics(run.moment.step, run.moment.epoch, values);
  run.latest = { ...run.latest, ...values };
}

function reportProgress(run: Run, loss: number, isDue: boolean): void {
  const now = Date.now();
  if (!isDue && now - run.lastProgressMs < PROGRESS_EVERY_MS) return;
  run.lastProgressMs = now;
  const { experiment, stepsTotal, stepsPerEpoch, split } = run.preparation;
  const { step, epoch } = run.moment;
  const seconds = Math.max(1e-3, (now - run.startedMs) / 1000);
  run.emit({
    type: "progress",
    step,
    steps_total: stepsTotal,
    epoch,
    epochs_total: experiment.training.epochs,
    loss,
    samples_per_second: ((step / stepsPerEpoch) * split.train.length) / seconds,
    seconds_left: (seconds / step) * (stepsTotal - step),
  });
}

function trainValues({ dataLoss, parts, penalty, learningRate }: StepMeasurement): Values {
  return {
    "train/learning_rate": learningRate,
    "train/loss": dataLoss + penalty,
    "train/data_loss": dataLoss,
    "train/penalty": penalty,
    ...prefixed("train", parts),
  };
}

function prefixed(part: string, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${part}/${name}`, value]),
  );
}

/** Rows of the data set whose embeddings are written. */
function embeddedRows({ evaluated }: Preparation): Int32Array {
  return evaluated.validation.length > 0 ? evaluated.validation : evaluated.train;
}

function failureValues(error: unknown): Values {
  return error instanceof NonFiniteLoss ? { "train/loss": error.loss } : {};
}

function placeOf({ moment }: Run, error: unknown): string {
  const place = `step ${moment.step}, epoch ${moment.epoch}`;
  return error instanceof NonFiniteLoss && error.layer !== undefined
    ? `${error.layer}, ${place}`
    : place;
}
