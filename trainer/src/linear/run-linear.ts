import { availableParallelism } from "node:os";
import type { TrainerEvent } from "../../../core/protocol/trainer.ts";
import { fitScaler } from "../features/scaler.ts";
import { prefixed } from "../prefixed.ts";
import type { Moment, TrainingOutcome, Values } from "../procedure.ts";
import { type RunWriter, toJsonNumbers } from "../run/run-writer.ts";
import { type WeightTensor, writeWeights } from "../snapshot.ts";
import { chooseLinear, type LinearFit } from "./choose-linear.ts";
import { fillGaps } from "./fill-gaps.ts";
import { linearMetrics, penaltyAt } from "./linear-metrics.ts";
import { type LinearPreparation, WEIGHT_NAMES } from "./linear-preparation.ts";
import { createSolverPool } from "./solver-pool.ts";
import { writePath } from "./write-path.ts";

/** Distance from the optimum, as the fits measure it, that a user should know of. */
const WORTH_TELLING = 1e-6;

/** λ that are looked at, which a run counts as its steps. */
export function lambdaCount({ experiment }: LinearPreparation): number {
  const { select } = experiment;
  if (select === undefined || select.rule === "evidence") return 1;
  return "path" in select.lambda ? select.lambda.path : new Set(select.lambda).size;
}

/**
 * Chooses λ, fits the model, measures it on all parts, and writes weights, metrics and the path.
 *
 * The test part is looked at once, with the model that was chosen.
 */
export async function runLinear(
  preparation: LinearPreparation,
  writer: RunWriter,
  emit: (event: TrainerEvent) => void,
  signal: AbortSignal,
): Promise<TrainingOutcome> {
  const steps = lambdaCount(preparation);
  const moment: Moment = { step: steps, epoch: 1 };
  const pool = createSolverPool({ work: workOf(preparation), signal });
  const started = Date.now();
  try {
    writer.metrics(0, 0, preparation.values);
    writer.log(`Solving on ${pool.threads} of ${availableParallelism()} threads`);
    const fit = await chooseLinear(pool, preparation, (share) => {
      const seconds = (Date.now() - started) / 1000;
      emit({
        type: "progress",
        step: Math.round(share * steps),
        steps_total: steps,
        epoch: 1,
        epochs_total: 1,
        seconds_left: (seconds / share) * (1 - share),
      });
    });
    signal.throwIfAborted();
    for (const note of notesOf(preparation, fit)) writer.log(note);
    logPath(writer, fit);
    const filled = filledFeatures(preparation);
    const scale = scaleOf(preparation, filled);
    if (fit.path !== undefined) writePath(writer, preparation, fit.path, scale);
    const values = measure(preparation, fit, filled, scale);
    const weights = writeWeights(writer, moment, tensorsOf(preparation, fit));
    const measured = { ...values, ...weights };
    writer.metrics(moment.step, moment.epoch, measured);
    const final = { ...preparation.values, ...measured };
    emit({ type: "evaluated", ...moment, values: toJsonNumbers(final) });
    const { selection } = fit;
    return {
      status: "finished",
      final,
      moment,
      ...(selection === undefined ? {} : { record: { selection } }),
    };
  } catch (error) {
    if (signal.aborted) return { status: "cancelled", final: {}, moment: { step: 0, epoch: 0 } };
    return { status: "failed", final: {}, moment, error, where: "solver" };
  } finally {
    await pool.dispose();
  }
}

/** Multiplications ahead: a Gram matrix, and as much again for the fits. */
function workOf({ design, folds }: LinearPreparation): number {
  const { rows, columns } = design;
  return rows * columns * columns + (folds.length + 1) * columns ** 3;
}

function notesOf(preparation: LinearPreparation, fit: LinearFit): readonly string[] {
  const { selection, worstGap } = fit;
  const notes: string[] = [];
  if (selection !== undefined) {
    const zeros = fit.coefficients.filter((weight) => weight === 0).length;
    const kept = fit.coefficients.length - zeros;
    notes.push(
      `λ = ${selection.lambda} by ${selection.rule}; ${kept} of ${fit.coefficients.length} weights are not zero`,
    );
    for (const [name, lambda] of Object.entries(selection.groups ?? {})) {
      notes.push(`λ = ${lambda} for the features of ${name}`);
    }
  }
  if (worstGap > WORTH_TELLING) {
    notes.push(
      `Some fits stopped ${worstGap.toExponential(1)} short of the optimum, as a share of the objective: features nearly repeat each other, or λ is very small`,
    );
  }
  if (preparation.design.columns > preparation.split.train.length && selection === undefined) {
    notes.push(`There are more features than training rows: λ decides what is fitted`);
  }
  return notes;
}

/** One line of metrics for every λ, so that the path can be drawn as it is. */
function logPath(writer: RunWriter, { selection }: LinearFit): void {
  selection?.path.forEach(({ lambda, mean, se, non_zeros }, index) => {
    writer.metrics(index + 1, 1, {
      "select/lambda": lambda,
      "select/mean": mean,
      "select/se": se,
      "select/non_zeros": non_zeros,
    });
  });
}

function filledFeatures({ design, split }: LinearPreparation): Float64Array {
  return design.x.some(Number.isNaN) ? fillGaps(design, split.train).x : design.x;
}

/** Standard deviation of every feature over the training rows; ones where none is standardised. */
function scaleOf({ design, split, standardize }: LinearPreparation, data: Float64Array) {
  const { rows, columns } = design;
  return standardize
    ? fitScaler({ rows, columns, data }, split.train).scale
    : new Float64Array(columns).fill(1);
}

function measure(
  preparation: LinearPreparation,
  fit: LinearFit,
  filled: Float64Array,
  scale: Float64Array,
): Values {
  const { split, experiment } = preparation;
  const penalty = penaltyAt(preparation, fit, scale);
  const parts = Object.entries(split).map(([part, rows]: [string, Int32Array]) =>
    rows.length === 0 ? {} : prefixed(part, linearMetrics(preparation, fit, filled, rows, penalty)),
  );
  // Without a validation part of its own, the held-out error of the folds stands in.
  const { heldOut } = fit;
  const half = experiment.objective.loss === "half_mse" ? 0.5 : 1;
  const isFolds = heldOut !== undefined && split.validation.length === 0;
  const folds = isFolds ? { "validation/data_loss": half * heldOut.mean } : {};
  return Object.assign({}, ...parts, folds);
}

/** `coef` [features, outputs] and `intercept` [outputs] in the features' units. */
function tensorsOf({ design, penalty }: LinearPreparation, fit: LinearFit): WeightTensor[] {
  const { columns, outputs } = design;
  const [coef, intercept] = WEIGHT_NAMES;
  return [
    {
      name: coef,
      kind: "weight",
      shape: [columns, outputs],
      data: Float64Array.from(
        { length: columns * outputs },
        (_, at) => fit.coefficients[(at % outputs) * columns + Math.floor(at / outputs)] ?? 0,
      ),
      penalty: penalty.label(fit.selection?.lambda),
    },
    { name: intercept, kind: "bias", shape: [outputs], data: fit.intercepts, penalty: "" },
  ];
}
