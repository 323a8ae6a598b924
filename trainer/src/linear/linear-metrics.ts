import { classMetrics } from "../class-metrics.ts";
import type { Values } from "../procedure.ts";
import { regressionMetrics } from "../regression-metrics.ts";
import type { LinearFit } from "./choose-linear.ts";
import type { LinearPreparation } from "./linear-preparation.ts";

/** loss, data_loss and what the task is measured by, of `rows`; `penalty` is that of the fit. */
export function linearMetrics(
  preparation: LinearPreparation,
  fit: LinearFit,
  x: Float64Array,
  rows: Int32Array,
  penalty: number,
): Values {
  const { design, dataset, type, experiment } = preparation;
  const { columns, outputs } = design;
  const output = new Float64Array(rows.length * outputs);
  rows.forEach((row, place) => {
    for (let k = 0; k < outputs; k++) {
      let sum = fit.intercepts[k] ?? 0;
      for (let j = 0; j < columns; j++)
        sum += (x[row * columns + j] ?? 0) * (fit.coefficients[k * columns + j] ?? 0);
      output[place * outputs + k] = sum;
    }
  });
  const present = new Uint8Array(rows.length).fill(1);
  if (dataset.targets !== undefined) {
    const squares = output.reduce((sum, value, at) => {
      const row = rows[Math.floor(at / outputs)] ?? 0;
      return sum + (value - (design.y[row * outputs + (at % outputs)] ?? 0)) ** 2;
    }, 0);
    const share = experiment.objective.loss === "half_mse" ? 0.5 : 1;
    const dataLoss = (share * squares) / rows.length;
    return {
      loss: dataLoss + penalty,
      data_loss: dataLoss,
      penalty,
      ...regressionMetrics([{ output, present }], dataset.targets, rows),
    };
  }
  const logits = type === "logistic" ? withZero(output) : output;
  const labels = Int32Array.from(rows, (row) => dataset.labels[row] ?? 0);
  const dataLoss = logLoss(logits, labels);
  return {
    loss: dataLoss + penalty,
    data_loss: dataLoss,
    penalty,
    ...classMetrics([{ output: logits, present }], labels),
  };
}

/** The logit of the larger label beside a 0 for the other. */
function withZero(logits: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * logits.length }, (_, at) =>
    at % 2 === 0 ? 0 : (logits[(at - 1) / 2] ?? 0),
  );
}

function logLoss(logits: Float64Array, labels: Int32Array): number {
  const classes = logits.length / labels.length;
  let sum = 0;
  labels.forEach((label, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes);
    const largest = Math.max(...own);
    const total = own.reduce((part, logit) => part + Math.exp(logit - largest), 0);
    sum += largest + Math.log(total) - (own[label] ?? 0);
  });
  return sum / labels.length;
}

/**
 * The penalty at the weights as it stands in the objective: on weights in units of `scale`, which are
 * the deviations of standardised features and else 1.
 */
export function penaltyAt(
  { design, penalty, split, experiment }: LinearPreparation,
  { coefficients, selection }: LinearFit,
  scale: Float64Array,
): number {
  const { columns, outputs } = design;
  const rows = split.train.length;
  if (selection?.rule === "evidence") return Number.NaN;
  const { l1, l2 } =
    selection === undefined ? penalty.given(rows) : penalty.selected(selection.lambda, rows);
  const weights = coefficients.map((weight, at) => weight * (scale[at % columns] ?? 0));
  const norms = Array.from({ length: columns }, (_, j) =>
    Math.hypot(...Array.from({ length: outputs }, (_output, k) => weights[k * columns + j] ?? 0)),
  );
  const sizes = penalty.isGrouped ? norms : weights;
  let first = 0;
  for (const value of sizes) first += Math.abs(value);
  const second = weights.reduce((sum, value) => sum + value * value, 0);
  const factor = experiment.objective.loss === "mse" ? 2 : 1;
  return factor * (l1 * first + 0.5 * l2 * second);
}
