import { type MeanError, meanErrors } from "./choose-lambda.ts";
import type { ClassFits } from "./class-path.ts";
import type { ClassPathRequest } from "./class-problem.ts";
import type { LinearFits } from "./collect-fits.ts";
import type { StrengthOf } from "./cross-validate.ts";
import { type Design, shared } from "./design.ts";
import { type PlannedFit, planFits } from "./fit-plan.ts";
import type { Fold } from "./folds.ts";
import { largestSlope } from "./largest-slope.ts";
import type { SolverPool } from "./solver-pool.ts";

/** Beyond this many features the curvature matrix takes more room than there is. */
const MOST_COLUMNS = 4096;

export interface Classification {
  /** Labels as indicators: one output for logistic regression, else one a class. */
  readonly design: Design;
  readonly folds: readonly Fold[];
  /** Rows of the fit with the λ that is chosen. */
  readonly final: Int32Array;
  readonly standardize: boolean;
  readonly tolerance: number;
  readonly mostSteps: number;
  readonly strengthOf: StrengthOf;
  /** Descending λ from the largest one that is of any use. */
  lambdas(largest: number): Float64Array;
}

export interface ClassValidation {
  readonly lambdas: Float64Array;
  /** Mean −log probability by λ; empty without folds. */
  readonly errors: readonly MeanError[];
  readonly foldErrors: readonly Float64Array[];
  readonly foldAccuracies: readonly Float64Array[];
  readonly final: LinearFits;
  /** Largest violation of an optimality condition over the largest slope at w = 0. */
  readonly worstGap: number;
}

/**
 * Logistic or softmax regression along a path of λ, measured by its log loss on every fold and fitted
 * on all of `final`; otherwise as `crossValidate`.
 *
 * @throws {RangeError} If there are more than 4096 features.
 */
export async function crossValidateClasses(
  pool: SolverPool,
  problem: Classification,
  onDone: (share: number) => void = () => undefined,
): Promise<ClassValidation> {
  const { folds, final, standardize, strengthOf, tolerance, mostSteps } = problem;
  const { columns } = problem.design;
  if (columns > MOST_COLUMNS) {
    throw new RangeError(`Cannot fit classes on ${columns} features; at most ${MOST_COLUMNS}`);
  }
  const design = { ...problem.design, x: shared(problem.design.x), y: shared(problem.design.y) };
  const plan = await planFits(pool, design, folds, final);
  const lambdas = problem.lambdas(
    largestSlope(plan, design, standardize, false) / final.length / strengthOf(1, final.length).l1,
  );
  const request = (fit: PlannedFit, { train, held }: Fold): ClassPathRequest => ({
    type: "classPath",
    columns,
    design: fit.design,
    shiftX: fit.shiftX,
    plus: fit.plus,
    minus: fit.minus,
    train,
    held,
    standardize,
    strengths: Array.from(lambdas, (lambda) => strengthOf(lambda, train.length)),
    tolerance,
    mostSteps,
  });
  const tasks = [
    ...plan.folds.flatMap((fit, index) => {
      const fold = folds[index];
      return fold === undefined ? [] : [request(fit, fold)];
    }),
    request(plan.final, { train: final, held: new Int32Array(0) }),
  ];
  const answers = await pool.run<"classPath">(tasks, (done) => onDone(done / tasks.length));
  return collect(lambdas, answers);
}

function collect(lambdas: Float64Array, answers: readonly ClassFits[]): ClassValidation {
  const final = answers.at(-1);
  if (final === undefined) throw new RangeError("Cannot collect a path without fits");
  const folds = answers.slice(0, -1);
  const foldErrors = folds.map(({ errors }) => errors);
  return {
    lambdas,
    errors: foldErrors.length === 0 ? [] : meanErrors(foldErrors),
    foldErrors,
    foldAccuracies: folds.map(({ accuracies }) => accuracies),
    final: { coefficients: final.coefficients, intercepts: final.intercepts },
    worstGap: Math.max(...answers.flatMap(({ gaps }) => [...gaps])),
  };
}
