import type { MeanError } from "./choose-lambda.ts";
import {
  type CrossValidation,
  collectFits,
  type LinearFits,
  withIntercepts,
} from "./collect-fits.ts";
import { type Design, paddedColumns, shared, sharedFloats } from "./design.ts";
import { fillGaps } from "./fill-gaps.ts";
import { type PlannedFit, planFits } from "./fit-plan.ts";
import type { Fold } from "./folds.ts";
import { generalisedErrors, ridgeCoefficients } from "./ridge-eigen.ts";
import type { SolverPool } from "./solver-pool.ts";

/** Shares of the rows whose leave-one-out errors are computed at a time. */
const SHARES = 8;

export interface Ridge {
  readonly design: Design;
  /** Rows of the fit with the λ that is chosen. */
  readonly final: Int32Array;
  readonly standardize: boolean;
  /** Descending. */
  readonly lambdas: Float64Array;
  /** The strength a of ‖y − Xw‖² + a‖w‖² at one λ, for a fit on so many rows. */
  alphaOf(lambda: number, rows: number): number;
}

/** Ridge fits of every λ, measured on every fold and fitted on all of `final`. */
export async function crossValidateRidge(
  pool: SolverPool,
  ridge: Ridge & { readonly folds: readonly Fold[] },
  onDone: (share: number) => void = () => undefined,
): Promise<CrossValidation> {
  const { folds, final, standardize, lambdas, alphaOf } = ridge;
  const design = sharedDesign(ridge.design);
  const { columns } = design;
  const alphasFor = (rows: number) => Array.from(lambdas, (lambda) => alphaOf(lambda, rows));
  const none = new Int32Array(0);
  if (columns > final.length) {
    const tasks = [...folds, { train: final, held: none }].map(
      ({ train, held }) =>
        ({
          type: "ridgeDual",
          design: withoutGaps(design, train),
          train,
          held,
          standardize,
          alphas: alphasFor(train.length),
        }) as const,
    );
    const answers = await pool.run<"ridgeDual">(tasks, (done) => onDone(done / tasks.length));
    return collectFits(design, lambdas, answers);
  }
  const plan = await planFits(pool, design, folds, final);
  const request = ({ plus, minus, held }: PlannedFit, rows: number) =>
    ({
      type: "ridgePath",
      columns,
      plus,
      minus,
      standardize,
      alphas: alphasFor(rows),
      ...(held === undefined ? {} : { held }),
    }) as const;
  const tasks = [
    ...plan.folds.map((fit, fold) => request(fit, folds[fold]?.train.length ?? 0)),
    request(plan.final, final.length),
  ];
  const answers = await pool.run<"ridgePath">(tasks, (done) => onDone(done / tasks.length));
  return collectFits(design, lambdas, answers, plan.final);
}

export interface ClosedForm {
  /** By λ. */
  readonly errors: readonly MeanError[];
  /** The fit of λ number `index` on all rows. */
  fit(index: number): LinearFits;
}

/**
 * Errors of every λ by leave-one-out (`loo`) or generalised cross-validation (`gcv`), from one
 * decomposition. Means, deviations and what fills gaps are fitted on all rows, once.
 */
export async function ridgeClosedForm(
  pool: SolverPool,
  ridge: Ridge,
  rule: "loo" | "gcv",
): Promise<ClosedForm> {
  const { final, standardize, lambdas, alphaOf } = ridge;
  const alphas = Array.from(lambdas, (lambda) => alphaOf(lambda, final.length));
  const design = withoutGaps(sharedDesign(ridge.design), final);
  return design.columns > final.length
    ? dualForm(pool, { design, final, standardize, alphas }, rule)
    : primalForm(pool, { design, final, standardize, alphas }, rule);
}

interface Prepared {
  readonly design: Design;
  readonly final: Int32Array;
  readonly standardize: boolean;
  readonly alphas: readonly number[];
}

async function primalForm(
  pool: SolverPool,
  { design, final, standardize, alphas }: Prepared,
  rule: "loo" | "gcv",
): Promise<ClosedForm> {
  const { columns } = design;
  const plan = await planFits(pool, design, [], final);
  const { plus, minus, shiftX, shiftY } = plan.final;
  const vectors = sharedFloats(columns * paddedColumns(columns));
  const [eigen] = await pool.run<"ridgeEigen">([
    { type: "ridgeEigen", columns, plus, minus, standardize, vectors },
  ]);
  if (eigen === undefined) throw new RangeError("Cannot decompose without an answer");
  const fit = (index: number) => {
    const coefficients = ridgeCoefficients(eigen, vectors, alphas[index] ?? 0);
    return withIntercepts(design, coefficients, eigen, { shiftX, shiftY });
  };
  if (rule === "gcv") {
    const errors = Array.from(generalisedErrors(eigen, alphas), (mean) => ({ mean, se: 0 }));
    return { errors, fit };
  }
  const size = Math.ceil(final.length / SHARES);
  const tasks = Array.from({ length: Math.ceil(final.length / size) }, (_, share) => ({
    type: "leaveOneOut" as const,
    design,
    rows: final.slice(share * size, (share + 1) * size),
    shiftX,
    shiftY,
    eigen,
    vectors,
    alphas,
  }));
  const answers = await pool.run<"leaveOneOut">(tasks);
  const errors = alphas.map((_, at) =>
    meanOfSquares(
      final.length,
      answers.reduce((total, { sum }) => total + (sum[at] ?? 0), 0),
      answers.reduce((total, { sumOfSquares }) => total + (sumOfSquares[at] ?? 0), 0),
    ),
  );
  return { errors, fit };
}

async function dualForm(
  pool: SolverPool,
  { design, final, standardize, alphas }: Prepared,
  rule: "loo" | "gcv",
): Promise<ClosedForm> {
  const held = new Int32Array(0);
  const [fits] = await pool.run<"ridgeDual">([
    { type: "ridgeDual", design, train: final, held, standardize, alphas },
  ]);
  if (fits === undefined) throw new RangeError("Cannot decompose without an answer");
  const size = design.outputs * design.columns;
  return {
    errors: alphas.map((_, at) =>
      rule === "gcv"
        ? { mean: fits.generalised[at] ?? Number.NaN, se: 0 }
        : meanOfSquares(
            final.length,
            fits.leaveOneOut.sum[at] ?? Number.NaN,
            fits.leaveOneOut.sumOfSquares[at] ?? Number.NaN,
          ),
    ),
    fit: (index) =>
      withIntercepts(design, fits.coefficients.slice(index * size, (index + 1) * size), fits),
  };
}

/** Mean of squared errors with its standard error, from their sum and the sum of their squares. */
function meanOfSquares(rows: number, sum: number, sumOfSquares: number): MeanError {
  const mean = sum / rows;
  const variance = Math.max(0, sumOfSquares - rows * mean * mean) / Math.max(1, rows - 1);
  return { mean, se: Math.sqrt(variance / rows) };
}

function sharedDesign(design: Design): Design {
  return { ...design, x: shared(design.x), y: shared(design.y) };
}

function withoutGaps(design: Design, train: Int32Array): Design {
  return design.x.some(Number.isNaN) ? fillGaps(design, train) : design;
}
