import { type CrossValidation, collectFits } from "./collect-fits.ts";
import { type Design, shared } from "./design.ts";
import { fillGaps } from "./fill-gaps.ts";
import { type PlannedFit, planFits } from "./fit-plan.ts";
import type { Fold } from "./folds.ts";
import type { GramPathRequest, PathSettings, Strength } from "./gram-path.ts";
import { largestSlope } from "./largest-slope.ts";
import { meansOf } from "./moments.ts";
import type { RowsPathRequest } from "./rows-path.ts";
import type { SolverPool } from "./solver-pool.ts";

/** Beyond this many features Gram matrices take more room than they are worth. */
const MOST_GRAM_COLUMNS = 4096;
/** Up to this many features a Gram matrix is cheap however few rows there are. */
const FEW_COLUMNS = 500;

/** How strong the penalties are at one λ, for a fit on so many rows. */
export type StrengthOf = (lambda: number, rows: number) => Strength;

export interface LeastSquares {
  readonly design: Design;
  readonly folds: readonly Fold[];
  /** Rows of the fit with the λ that is chosen. */
  readonly final: Int32Array;
  readonly standardize: boolean;
  readonly isGrouped: boolean;
  readonly tolerance: number;
  readonly mostSweeps: number;
  readonly strengthOf: StrengthOf;
  /** Descending λ from the largest one that is of any use. */
  lambdas(largest: number): Float64Array;
}

/**
 * An elastic net along a path of λ, measured on every fold and fitted on all of `final`.
 *
 * Whatever is fitted, means, deviations and what fills gaps included, is fitted on a fold's training
 * part. `onDone` is told the share of the work that is done.
 */
export async function crossValidate(
  pool: SolverPool,
  problem: LeastSquares,
  onDone: (share: number) => void = () => undefined,
): Promise<CrossValidation> {
  const design = { ...problem.design, x: shared(problem.design.x), y: shared(problem.design.y) };
  const own = { ...problem, design };
  const smallest = Math.min(
    problem.final.length,
    ...problem.folds.map(({ train }) => train.length),
  );
  const byGram =
    problem.isGrouped ||
    (design.columns <= MOST_GRAM_COLUMNS && design.columns <= Math.max(FEW_COLUMNS, smallest));
  return byGram ? byMoments(pool, own, onDone) : byRows(pool, own, onDone);
}

async function byMoments(
  pool: SolverPool,
  problem: LeastSquares,
  onDone: (share: number) => void,
): Promise<CrossValidation> {
  const { design, folds, final } = problem;
  const plan = await planFits(pool, design, folds, final);
  const lambdas = problem.lambdas(
    largestLambda(problem, largestSlope(plan, design, problem.standardize, problem.isGrouped)),
  );
  const request = (fit: PlannedFit, rows: number): GramPathRequest => ({
    ...settingsOf(problem, lambdas, rows),
    type: "gramPath",
    columns: design.columns,
    plus: fit.plus,
    minus: fit.minus,
    ...(fit.held === undefined ? {} : { held: fit.held }),
  });
  const tasks = [
    ...plan.folds.map((fit, fold) => request(fit, folds[fold]?.train.length ?? 0)),
    request(plan.final, final.length),
  ];
  const answers = await pool.run<"gramPath">(tasks, (done) => onDone(done / tasks.length));
  return collectFits(design, lambdas, answers, plan.final);
}

async function byRows(
  pool: SolverPool,
  problem: LeastSquares,
  onDone: (share: number) => void,
): Promise<CrossValidation> {
  const { design, folds, final } = problem;
  const hasGaps = design.x.some(Number.isNaN);
  const filled = (train: Int32Array) => (hasGaps ? fillGaps(design, train) : design);
  const lambdas = problem.lambdas(
    largestLambda(problem, largestSlopeOfRows(filled(final), final, problem.standardize)),
  );
  const request = ({ train, held }: Fold): RowsPathRequest => ({
    ...settingsOf(problem, lambdas, train.length),
    type: "rowsPath",
    design: filled(train),
    train,
    held,
  });
  const tasks = [...folds.map(request), request({ train: final, held: new Int32Array(0) })];
  const answers = await pool.run<"rowsPath">(tasks, (done) => onDone(done / tasks.length));
  return collectFits(design, lambdas, answers);
}

function settingsOf(
  { strengthOf, isGrouped, tolerance, mostSweeps, standardize }: LeastSquares,
  lambdas: Float64Array,
  rows: number,
): PathSettings & { readonly standardize: boolean } {
  const strengths = Array.from(lambdas, (lambda) => strengthOf(lambda, rows));
  return { strengths, isGrouped, tolerance, mostSweeps, standardize };
}

/** The λ from which on all weights are zero; Infinity where no 1-norm makes zeros. */
function largestLambda({ strengthOf, final }: LeastSquares, slope: number): number {
  return slope / final.length / strengthOf(1, final.length).l1;
}

/** Largest |Xᵀ(y − ȳ)| over features and outputs on some rows. */
export function largestSlopeOfRows(design: Design, rows: Int32Array, standardize: boolean): number {
  const slopes = slopesOfRows(design, rows, standardize);
  return slopes.reduce((largest, slope) => Math.max(largest, Math.abs(slope)), 0);
}

function slopesOfRows(design: Design, rows: Int32Array, standardize: boolean): Float64Array {
  const { columns, outputs, x, y } = design;
  const slopes = new Float64Array(outputs * columns);
  const spreads = new Float64Array(columns);
  const means = meansOf(design, rows);
  for (const row of rows) {
    for (let j = 0; j < columns; j++) {
      const value = (x[row * columns + j] ?? 0) - (means.x[j] ?? 0);
      spreads[j] = (spreads[j] ?? 0) + value * value;
      for (let k = 0; k < outputs; k++) {
        slopes[k * columns + j] =
          (slopes[k * columns + j] ?? 0) +
          value * ((y[row * outputs + k] ?? 0) - (means.y[k] ?? 0));
      }
    }
  }
  if (!standardize) return slopes;
  return slopes.map((slope, at) => {
    const spread = spreads[at % columns] ?? 0;
    return spread > 0 ? slope / Math.sqrt(spread / rows.length) : 0;
  });
}
