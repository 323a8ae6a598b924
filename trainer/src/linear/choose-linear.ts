import type { LambdaGrid, Select } from "../../../core/experiment/experiment.ts";
import type { LambdaSelection } from "../../../core/protocol/run-files.ts";
import { matchesGlob } from "../name-glob.ts";
import { UserError } from "../user-error.ts";
import { bestIndex, type MeanError, oneStandardErrorIndex } from "./choose-lambda.ts";
import type { LinearFits } from "./collect-fits.ts";
import { crossValidate, largestSlopeOfRows, type StrengthOf } from "./cross-validate.ts";
import { crossValidateClasses } from "./cross-validate-classes.ts";
import { fitByEvidence } from "./evidence.ts";
import { fillGaps } from "./fill-gaps.ts";
import type { Fold } from "./folds.ts";
import { lambdaPath } from "./lambda-grid.ts";
import type { LinearPreparation } from "./linear-preparation.ts";
import { crossValidateRidge, ridgeClosedForm } from "./ridge.ts";
import type { SolverPool } from "./solver-pool.ts";

/** Duality gap, as a share of Σ(y − ȳ)², that fits are driven to. */
const TOLERANCE = 1e-11;
/** The same for the violation of classes' optimality conditions, as a share of the largest slope. */
const CLASS_TOLERANCE = 1e-9;
const MOST_SWEEPS = 2000;
const MOST_STEPS = 500;
/** Where the path of a pure L2 penalty starts: at λ_max of an elastic net with this much of L1. */
const RIDGE_L1_SHARE = 1e-3;
/** Steps from λ_max down to a λ that is given, each a warm start of the next. */
const WARM_STEPS = 20;

/** A fitted linear model in the features' units. */
export interface LinearFit {
  /** [outputs, columns]. */
  readonly coefficients: Float64Array;
  /** [outputs]. */
  readonly intercepts: Float64Array;
  readonly selection?: LambdaSelection;
  /** Fits on all training rows, one for every λ of the path. */
  readonly path?: PathOfFits;
  /** Mean held-out error at the λ that was chosen: squared error summed over outputs, or log loss. */
  readonly heldOut?: MeanError;
  /** Largest duality gap or violation of all fits. */
  readonly worstGap: number;
}

/** The fits of a path, largest λ first. */
export interface PathOfFits {
  readonly lambdas: Float64Array;
  /** Multiplications that computing the coefficients of every λ takes; 0 where they are at hand. */
  readonly work: number;
  /** [outputs, columns] of λ number `index`. */
  coefficientsAt(index: number): Float64Array;
}

/** Fits the model, with the λ of the file or with the one that its rule chooses. */
export async function chooseLinear(
  pool: SolverPool,
  preparation: LinearPreparation,
  onDone: (share: number) => void,
): Promise<LinearFit> {
  const { select } = preparation.experiment;
  if (select === undefined) return fitGiven(pool, preparation);
  if (select.rule === "evidence") return byEvidence(pool, preparation, select);
  if (select.rule === "loo" || select.rule === "gcv") {
    return byClosedForm(pool, preparation, select.lambda, select.rule);
  }
  const { folds, penalty } = preparation;
  const grid = (largest: number) => gridOf(select.lambda, largest);
  const found = await validate(pool, preparation, {
    folds,
    strengthOf: penalty.selected,
    grid,
    onDone,
  });
  const index =
    select.rule === "one_se" ? oneStandardErrorIndex(found.errors) : bestIndex(found.errors);
  return selected(preparation, select.rule, found, index);
}

/** Descending λ without repetitions. */
function gridOf(grid: LambdaGrid, largest: number): Float64Array {
  if ("path" in grid) {
    if (grid.largest !== undefined) return lambdaPath(grid.largest, grid.path, grid.ratio);
    if (!(largest > 0)) {
      throw new UserError(
        "path",
        "The targets do not vary with any feature, so no λ is the largest of use",
        "Give `select.lambda` as a list, or look at the data",
      );
    }
    return lambdaPath(largest, grid.path, grid.ratio);
  }
  return Float64Array.from(new Set(grid)).sort().reverse();
}

interface Validation {
  readonly folds: readonly Fold[];
  readonly strengthOf: StrengthOf;
  grid(largest: number): Float64Array;
  onDone(share: number): void;
}

interface Validated {
  readonly lambdas: Float64Array;
  readonly errors: readonly MeanError[];
  readonly final: LinearFits;
  readonly worstGap: number;
}

function validate(
  pool: SolverPool,
  preparation: LinearPreparation,
  { folds, strengthOf, grid, onDone }: Validation,
): Promise<Validated> {
  const { design, split, standardize, type, penalty } = preparation;
  const final = split.train;
  const common = { design, folds, final, standardize, strengthOf };
  const isRidge = strengthOf(1, final.length).l1 === 0;
  const lambdas = (largest: number) =>
    grid(isRidge ? ridgeStart(preparation, strengthOf) : largest);
  if (type !== "linear") {
    const settings = { ...common, tolerance: CLASS_TOLERANCE, mostSteps: MOST_STEPS, lambdas };
    return crossValidateClasses(pool, settings, onDone);
  }
  if (isRidge) {
    const alphaOf = (lambda: number, rows: number) => strengthOf(lambda, rows).l2 * rows;
    return crossValidateRidge(pool, { ...common, alphaOf, lambdas: lambdas(0) }, onDone);
  }
  const { isGrouped } = penalty;
  const settings = { ...common, tolerance: TOLERANCE, mostSweeps: MOST_SWEEPS, isGrouped, lambdas };
  return crossValidate(pool, settings, onDone);
}

/** The largest λ of a pure L2 penalty, which never makes all weights zero; 0 where it has no part. */
function ridgeStart({ design, split, standardize }: LinearPreparation, strengthOf: StrengthOf) {
  const rows = split.train.length;
  const { l2 } = strengthOf(1, rows);
  const slope = largestSlopeOfRows(fillGaps(design, split.train), split.train, standardize);
  return l2 > 0 ? slope / rows / RIDGE_L1_SHARE / l2 : 0;
}

/** The fit for the λ of the file: the last of a few on the way down from λ_max. */
async function fitGiven(pool: SolverPool, preparation: LinearPreparation): Promise<LinearFit> {
  const { penalty, split } = preparation;
  const own = penalty.given(split.train.length);
  const strengthOf: StrengthOf = (factor, rows) => {
    const { l1, l2 } = penalty.given(rows);
    return { l1: factor * l1, l2: factor * l2 };
  };
  const grid = (largest: number) =>
    own.l1 > 0 && largest > 1 && Number.isFinite(largest)
      ? lambdaPath(largest, WARM_STEPS, 1 / largest)
      : Float64Array.of(1);
  const found = await validate(pool, preparation, {
    folds: [],
    strengthOf,
    grid,
    onDone: () => undefined,
  });
  return { ...fitAt(preparation, found.final, found.lambdas.length - 1), worstGap: found.worstGap };
}

async function byClosedForm(
  pool: SolverPool,
  preparation: LinearPreparation,
  grid: LambdaGrid,
  rule: "loo" | "gcv",
): Promise<LinearFit> {
  const { design, split, standardize, penalty } = preparation;
  const lambdas = gridOf(grid, ridgeStart(preparation, penalty.selected));
  const alphaOf = (lambda: number, rows: number) => penalty.selected(lambda, rows).l2 * rows;
  const ridge = { design, final: split.train, standardize, lambdas, alphaOf };
  const { errors, fit } = await ridgeClosedForm(pool, ridge, rule);
  const index = bestIndex(errors);
  const { coefficients, intercepts } = fit(index);
  const weights = design.columns * design.outputs;
  return {
    coefficients,
    intercepts,
    worstGap: 0,
    heldOut: errors[index] ?? { mean: Number.NaN, se: 0 },
    selection: selectionOf(rule, lambdas, errors, index, () => weights),
    path: {
      lambdas,
      work: design.columns > split.train.length ? 0 : lambdas.length * weights * design.columns,
      coefficientsAt: (at) => fit(at).coefficients,
    },
  };
}

async function byEvidence(
  pool: SolverPool,
  preparation: LinearPreparation,
  { groups }: Select,
): Promise<LinearFit> {
  const { design, split, standardize, penalty } = preparation;
  const { names, groupOf } = groupsOf(preparation, groups);
  const { fits, strengths } = await fitByEvidence(pool, {
    design,
    final: split.train,
    standardize,
    groupOf,
    groups: names.length,
  });
  const unit = penalty.selected(1, split.train.length).l2;
  const lambdas = Array.from(strengths, (strength) => strength / unit);
  return {
    coefficients: fits.coefficients,
    intercepts: fits.intercepts,
    worstGap: 0,
    selection: {
      lambda: lambdas[0] ?? Number.NaN,
      rule: "evidence",
      ...(names.length === 1
        ? {}
        : { groups: Object.fromEntries(names.map((name, index) => [name, lambdas[index] ?? 0])) }),
      path: [],
    },
  };
}

/** Group of every feature: by the globs of the file, the first that fits, else by modality. */
function groupsOf(
  { columns, modalityOf }: LinearPreparation,
  globs: Readonly<Record<string, string>> | undefined,
): { readonly names: readonly string[]; readonly groupOf: Int32Array } {
  const own = columns.map((column, index) => {
    if (globs === undefined) return modalityOf[index] ?? "";
    return Object.entries(globs).find(([, glob]) => matchesGlob(glob, column))?.[0] ?? "others";
  });
  const names = [...new Set(own)];
  return { names, groupOf: Int32Array.from(own, (name) => names.indexOf(name)) };
}

function selected(
  preparation: LinearPreparation,
  rule: string,
  { lambdas, errors, final, worstGap }: Validated,
  index: number,
): LinearFit {
  const size = preparation.design.columns * preparation.design.outputs;
  const coefficientsAt = (fit: number) => final.coefficients.subarray(fit * size, (fit + 1) * size);
  const nonZeros = (fit: number) => coefficientsAt(fit).filter((w) => w !== 0).length;
  return {
    ...fitAt(preparation, final, index),
    worstGap,
    heldOut: errors[index] ?? { mean: Number.NaN, se: 0 },
    selection: selectionOf(rule, lambdas, errors, index, nonZeros),
    path: { lambdas, work: 0, coefficientsAt },
  };
}

function fitAt({ design }: LinearPreparation, final: LinearFits, index: number) {
  const size = design.columns * design.outputs;
  return {
    coefficients: final.coefficients.slice(index * size, (index + 1) * size),
    intercepts: final.intercepts.slice(index * design.outputs, (index + 1) * design.outputs),
  };
}

function selectionOf(
  rule: string,
  lambdas: Float64Array,
  errors: readonly MeanError[],
  index: number,
  nonZeros: (fit: number) => number,
): LambdaSelection {
  return {
    lambda: lambdas[index] ?? Number.NaN,
    rule,
    path: errors.map(({ mean, se }, fit) => ({
      lambda: lambdas[fit] ?? Number.NaN,
      mean,
      se,
      non_zeros: nonZeros(fit),
    })),
  };
}
