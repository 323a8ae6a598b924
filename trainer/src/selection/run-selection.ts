import type { LambdaSelection } from "../../../core/protocol/run-files.ts";
import { readWeights } from "../kept-weights.ts";
import { releasePreparation } from "../prepared-network.ts";
import type { Moment, TrainingOutcome } from "../procedure.ts";
import { type RunWriter, toJsonNumbers } from "../run/run-writer.ts";
import type { TrainingPlace } from "../run-training.ts";
import { writeEmbeddings, writeItems } from "../snapshot.ts";
import {
  logStep,
  measure,
  momentOf,
  snapshotWeights,
  type TrainingSession,
} from "../training-session.ts";
import { chooseLambda, logPoint, short, tellPoint } from "./lambda-points.ts";
import { createLambdaTrainer, type LambdaTrainer } from "./lambda-trainer.ts";
import type { WholeRun } from "./progress-within.ts";
import { type SelectionPreparation, selectionLength } from "./selection-preparation.ts";
import { trainingOrder } from "./training-order.ts";

/** Trains a network with every λ, keeps the one that the rule chooses, and measures it on all parts. */
export async function runSelection(
  selection: SelectionPreparation,
  place: TrainingPlace,
): Promise<TrainingOutcome> {
  const { preparation, select } = selection;
  const { split, evaluated, dataset } = preparation;
  const whole = { ...selectionLength(selection), startedMs: Date.now() };
  const run: SelectionRun = { ...selection, place, whole, moment: { step: 0, epoch: 0 } };
  let trainer: LambdaTrainer | undefined;
  try {
    const shown = split.validation.length > 0 ? evaluated.validation : evaluated.train;
    writeItems(place.writer, dataset, shown);
    const found = selection.folds.length === 0 ? undefined : await overFolds(run);
    const isWarm = select.warm_start;
    trainer = await createLambdaTrainer({ ...place, preparation, isWarm, whole });
    const kept =
      found === undefined ? await overPath(run, trainer) : await refit(run, trainer, found);
    const final = await lookAt(run, trainer, kept);
    return { status: "finished", final, moment: run.moment, record: { selection: kept.selection } };
  } catch (error) {
    const { moment } = run;
    if (place.signal.aborted) return { status: "cancelled", final: {}, moment };
    const where = `step ${moment.step}, epoch ${moment.epoch}`;
    return { status: "failed", final: {}, moment, error, where };
  } finally {
    trainer?.dispose();
  }
}

interface SelectionRun extends SelectionPreparation {
  readonly place: TrainingPlace;
  readonly whole: WholeRun;
  /** Where the run is. */
  moment: Moment;
}

/** The network that is kept. */
interface Kept {
  readonly selection: LambdaSelection;
  readonly weights: readonly Float32Array[];
}

/** Trains with every λ on the training part and keeps the weights of the best so far. */
async function overPath(run: SelectionRun, trainer: LambdaTrainer): Promise<Kept> {
  const order = trainingOrder(run.select);
  const { parameters } = run.preparation.model;
  const done = [];
  let best = { lambda: 0, heldOut: Number.POSITIVE_INFINITY };
  let weights: readonly Float32Array[] = [];
  for (const lambda of order) {
    const training = await trainer.train(lambda, run.moment);
    const { session, heldOut, nonZeros } = training;
    run.moment = momentOf(session);
    done.push(training);
    if (heldOut < best.heldOut || (heldOut === best.heldOut && lambda > best.lambda)) {
      best = { lambda, heldOut };
      weights = await readWeights(parameters);
    }
    if (!Number.isNaN(heldOut)) {
      logPoint(run.place.writer, run.moment, { lambda, mean: heldOut, se: 0, non_zeros: nonZeros });
    }
    tellPoint(run.place, `λ = ${short(lambda)}`, done.length / order.length, heldOut, nonZeros);
  }
  const descending = done.toSorted((a, b) => b.lambda - a.lambda);
  const selection = chooseLambda(run.select.rule, {
    lambdas: descending.map(({ lambda }) => lambda),
    errors: [Float64Array.from(descending, ({ heldOut }) => heldOut)],
    nonZeros: descending.map(({ nonZeros }) => nonZeros),
  });
  return { selection, weights };
}

/** Trains with every λ on each fold; nothing of it is kept but the errors. */
async function overFolds(run: SelectionRun): Promise<LambdaSelection> {
  const order = trainingOrder(run.select);
  const lambdas = order.toSorted((a, b) => b - a);
  const errors: Float64Array[] = [];
  const nonZeros = lambdas.map(() => 0);
  for (const [number, fold] of run.folds.entries()) {
    const preparation = await run.prepareFold(fold);
    const held = new Float64Array(lambdas.length);
    const trainer = await createLambdaTrainer({
      ...run.place,
      writer: onlyLogging(run.place.writer),
      preparation,
      isWarm: run.select.warm_start,
      whole: run.whole,
    });
    try {
      for (const [index, lambda] of order.entries()) {
        const training = await trainer.train(lambda, run.moment);
        run.moment = momentOf(training.session);
        const at = lambdas.indexOf(lambda);
        held[at] = training.heldOut;
        nonZeros[at] = (nonZeros[at] ?? 0) + training.nonZeros / run.folds.length;
        const name = `Fold ${number + 1} of ${run.folds.length}, λ = ${short(lambda)}`;
        const share = (number * order.length + index + 1) / (order.length * run.folds.length);
        tellPoint(run.place, name, share, training.heldOut, training.nonZeros);
      }
    } finally {
      trainer.dispose();
      releasePreparation(preparation);
    }
    errors.push(held);
  }
  const selection = chooseLambda(run.select.rule, {
    lambdas,
    errors,
    nonZeros: nonZeros.map(Math.round),
  });
  for (const [index, point] of selection.path.entries())
    logPoint(run.place.writer, { step: index + 1, epoch: 0 }, point);
  return selection;
}

/** Trains on all rows but the test part with the λ that was chosen, after those on the way to it. */
async function refit(
  run: SelectionRun,
  trainer: LambdaTrainer,
  selection: LambdaSelection,
): Promise<Kept> {
  const { lambda: chosen } = selection;
  const order = trainingOrder(run.select);
  const way = run.select.warm_start ? order.slice(0, order.indexOf(chosen) + 1) : [chosen];
  for (const lambda of way) {
    const { session } = await trainer.train(lambda, run.moment);
    run.moment = momentOf(session);
  }
  return { selection, weights: await readWeights(run.preparation.model.parameters) };
}

/** One more line of metrics: the network that is kept, on all parts, the test part for the first time. */
async function lookAt(
  run: SelectionRun,
  trainer: LambdaTrainer,
  { selection, weights }: Kept,
): Promise<TrainingSession["latest"]> {
  const { writer, emit } = run.place;
  const { evaluated } = run.preparation;
  const session = trainer.show(selection.lambda, weights, run.moment);
  session.moment = { step: 1, epoch: 0 };
  run.moment = momentOf(session);
  const { values: measured, embeddings } = await measure(session, ["train", "validation", "test"]);
  if (embeddings !== undefined) writeEmbeddings(writer, run.moment.step, embeddings);
  const values = {
    ...measured,
    // Without a validation part of its own, the held-out error of the folds stands in.
    ...(evaluated.validation.length === 0 ? { "validation/data_loss": heldOut(selection) } : {}),
    ...(await snapshotWeights(session)),
  };
  logStep(session, values);
  writer.log(`λ = ${short(selection.lambda)} by ${selection.rule}`);
  emit({ type: "evaluated", ...run.moment, values: toJsonNumbers(values) });
  return values;
}

/** What is trained on a fold is thrown away: of its files only the log is written. */
function onlyLogging(writer: RunWriter): RunWriter {
  const nothing = () => undefined;
  return { ...writer, metrics: nothing, weights: nothing, embeddings: nothing, items: nothing };
}

function heldOut({ lambda, path }: LambdaSelection): number {
  return path.find((point) => point.lambda === lambda)?.mean ?? Number.NaN;
}
