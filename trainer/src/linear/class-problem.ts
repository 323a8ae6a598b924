import { createMixing, type Mixing } from "./class-mixing.ts";
import type { Design } from "./design.ts";
import type { Strength } from "./gram-path.ts";
import type { Address, Kernels } from "./solver/kernels.ts";
import type { PartOfRows, TrainingMoments } from "./training-moments.ts";

export interface ClassPathRequest extends PartOfRows {
  readonly type: "classPath";
  /** Features, and labels as indicators: one output for logistic regression, else one a class. */
  readonly design: Design;
  /** The point that the moments were taken about. */
  readonly shiftX: Float64Array;
  readonly train: Int32Array;
  /** Rows on which every fit is measured; may be empty. */
  readonly held: Int32Array;
  /** Of mean loss + l1·‖w‖₁ + ½l2·‖w‖²; descending. */
  readonly strengths: readonly Strength[];
  /** Largest violation of the optimality conditions, as a share of the largest slope at w = 0. */
  readonly tolerance: number;
  readonly mostSteps: number;
}

/** Everything in the kernels' memory that one path needs. Rows are centred and scaled. */
export interface Problem {
  readonly rows: number;
  readonly columns: number;
  readonly ld: number;
  readonly classes: number;
  readonly x: Address;
  readonly labels: Address;
  readonly heldX: Address;
  readonly heldLabels: Address;
  readonly heldRows: number;
  /** Weights [classes, ld] with the intercepts [classes] behind them. */
  readonly w: Address;
  readonly trial: Address;
  /** Derivatives in the same order. */
  readonly slopes: Address;
  readonly trialSlopes: Address;
  readonly q: Address;
  readonly curvature: Address;
  readonly scratch: Address;
  readonly hits: Address;
  readonly list: Address;
  readonly isListed: Address;
  readonly metrics: Metric[];
  readonly mixing: Mixing;
  readonly block: Address;
  readonly pack: Address;
  /** Gram matrix without weights. */
  readonly gram: Address;
  readonly own: readonly Address[];
  /** Largest |slope| of a weight at w = 0. */
  scale: number;
}

/**
 * The quadratic model of one class: the curvature matrix of some weights s of the rows, made once and
 * from then on only scaled to what Σs has become.
 */
interface Metric {
  /** XᵀSX less the part of the intercept, which follows the weights. */
  readonly gram: Address;
  /** Σs when it was made. */
  readonly made: number;
  /** Xᵀs when it was made. */
  readonly cross: Float64Array;
}

export function createProblem(
  kernels: Kernels,
  request: ClassPathRequest,
  training: TrainingMoments,
): Problem {
  const { design, train, held } = request;
  const { ld, columns, gram } = training;
  const classes = design.outputs;
  const size = classes * ld + Math.ceil(classes / 2) * 2;
  const { rows: x, labels } = loadRows(kernels, request, training, train);
  const { rows: heldX, labels: heldLabels } = loadRows(kernels, request, training, held);
  return {
    rows: train.length,
    columns,
    ld,
    classes,
    x,
    labels,
    heldX,
    heldLabels,
    heldRows: held.length,
    w: kernels.numbers(size),
    trial: kernels.numbers(size),
    slopes: kernels.numbers(size),
    trialSlopes: kernels.numbers(size),
    q: kernels.numbers(ld),
    curvature: kernels.numbers(train.length * classes),
    scratch: kernels.numbers(classes),
    hits: kernels.numbers(1),
    list: kernels.allocate(columns * 4),
    isListed: kernels.allocate(columns),
    metrics: [],
    mixing: createMixing(),
    block: kernels.numbers(256 * ld),
    pack: kernels.numbers(256 * ld),
    gram,
    own: Array.from({ length: classes }, () => kernels.numbers(ld * ld)),
    scale: 0,
  };
}

/** Rows about the training means in units of the scale; constant features become exact zeros. */
function loadRows(
  kernels: Kernels,
  { design, shiftX }: ClassPathRequest,
  { ld, columns, mean, scale, gram }: TrainingMoments,
  rows: Int32Array,
): { rows: Address; labels: Address } {
  const target = kernels.numbers(rows.length * ld);
  const labels = kernels.allocate(rows.length * 4);
  const values = kernels.floats(target, rows.length * ld);
  const indices = kernels.integers(labels, rows.length);
  const centre = Float64Array.from(
    { length: columns },
    (_, j) => (shiftX[j] ?? 0) + (mean[j] ?? 0),
  );
  // 0 for a constant feature.
  const factor = Float64Array.from({ length: columns }, (_, j) =>
    (kernels.floats(gram + (j * ld + j) * 8, 1)[0] ?? 0) > 0 ? 1 / (scale[j] ?? 1) : 0,
  );
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? 0) * columns;
    for (let j = 0; j < columns; j++) {
      values[i * ld + j] = ((design.x[from + j] ?? 0) - (centre[j] ?? 0)) * (factor[j] ?? 0);
    }
    indices[i] = labelOf(design, rows[i] ?? 0);
  }
  return { rows: target, labels };
}

function labelOf({ y, outputs }: Design, row: number): number {
  if (outputs === 1) return (y[row] ?? 0) > 0.5 ? 1 : 0;
  return y.subarray(row * outputs, (row + 1) * outputs).indexOf(1);
}

/** Intercepts at the labels' shares, no weights, and the curvature that goes with it. */
export function startAtNull(kernels: Kernels, problem: Problem): void {
  const { classes, rows, ld, w, labels, gram } = problem;
  const counts = new Float64Array(Math.max(2, classes));
  for (const label of kernels.integers(labels, rows)) counts[label] = (counts[label] ?? 0) + 1;
  const intercepts = kernels.floats(w + classes * ld * 8, classes);
  for (let k = 0; k < classes; k++) {
    // A class that no row has would go to −∞; half a row keeps it finite.
    const share = Math.max(0.5, classes === 1 ? (counts[1] ?? 0) : (counts[k] ?? 0)) / rows;
    const other = Math.max(0.5, counts[0] ?? 0) / rows;
    intercepts[k] = classes === 1 ? Math.log(share / other) : Math.log(share);
    problem.metrics[k] = { gram, made: rows, cross: new Float64Array(ld) };
  }
  problem.scale = 0;
  pass(kernels, problem, w, problem.slopes);
  const slopes = kernels.floats(problem.slopes, classes * ld);
  for (const slope of slopes) problem.scale = Math.max(problem.scale, Math.abs(slope) / rows);
}

/** K/(K−1): own blocks of softmax's curvature leave out how classes compete. */
export const coupling = (classes: number) => (classes === 1 ? 1 : classes / (classes - 1));

/**
 * Loss, and derivatives at `slopes`, of the weights at `w`, summed over the training rows; leaves the
 * rows' curvatures.
 */
export function pass(kernels: Kernels, problem: Problem, w: Address, slopes: Address): number {
  const { x, rows, ld, labels, classes, scratch, hits, curvature } = problem;
  const behind = classes * ld * 8;
  kernels.floats(slopes, classes * ld + classes).fill(0);
  return kernels.classPass(
    ...[x, rows, ld, labels, classes, w, w + behind, slopes, slopes + behind],
    ...[curvature, scratch, hits],
  );
}
