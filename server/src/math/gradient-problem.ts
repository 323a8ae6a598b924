import { absorbSelections } from "./absorb-selections.ts";
import { type Addend, addendsOf, addendValue, isMixedSum, sumOf } from "./addends.ts";
import {
  type Axes,
  isCount,
  isScalarSymbol,
  shapeAssignments,
  shapeUnder,
} from "./assign-shapes.ts";
import { inferShape, type ShapeOf } from "./infer-shape.ts";
import type { Ir, SymbolIr } from "./ir.ts";
import {
  allSymbolsOf,
  dependsOn,
  hidesDependencyOn,
  readBy,
  substitute,
  symbolsReadBy,
} from "./ir-walk.ts";
import { isEntangled } from "./is-entangled.ts";
import { broadcastShape, isSameShape, isScalarShape, type Shape } from "./shape.ts";

/** A hand-written gradient, and the loss that it should be the gradient of, if one is in scope. */
export interface GradientQuestion {
  readonly parameter: SymbolIr;
  /** Terms of the gradient, taken apart with respect to the parameter. */
  readonly addends: readonly Addend[];
  readonly loss: Ir | undefined;
}

/** A question whose arrays have shapes and whose terms are told apart. */
export interface GradientProblem {
  readonly parameter: SymbolIr;
  readonly symbols: readonly SymbolIr[];
  readonly axes: ReadonlyMap<string, Axes>;
  /** Terms of the gradient that come from the data. */
  readonly data: readonly Addend[];
  /** Terms of the gradient that depend on nothing but the parameter and scalars. */
  readonly penalty: readonly Addend[];
  readonly loss:
    | { readonly data: readonly Addend[]; readonly penalty: readonly Addend[] }
    | undefined;
}

/** Shapes that fit equally well are tried up to this many before a gradient is called wrong. */
const MOST_PROBLEMS = 4;

/**
 * Gives the arrays of a question shapes that fit all of it, and splits it into data and penalty;
 * once for every way in which they fit, the likeliest first.
 *
 * Yields nothing when the question cannot be judged: something that depends on the parameter is
 * not known, no shapes fit, or the gradient reads arrays that the loss does not.
 */
export function* gradientProblems(question: GradientQuestion): Generator<GradientProblem> {
  const { parameter, addends } = question;
  const gradient = sumOf(addends);
  const whole = question.loss && absorbSelections(oneNumber(question.loss));
  const loss = whole && withNamesOf(whole, gradient, parameter);
  if (hidesDependencyOn(gradient, parameter.key)) return;
  if (loss !== undefined && hidesDependencyOn(loss, parameter.key)) return;
  let left = MOST_PROBLEMS;
  for (const axes of fittingAxes(parameter, gradient, loss)) {
    const isPenalty = isPenaltyIn(parameter, axes);
    const problem: GradientProblem = {
      parameter,
      symbols: symbolsIn(parameter, gradient, loss),
      axes,
      data: addends.filter((addend) => !isPenalty(addend)),
      penalty: addends.filter(isPenalty),
      loss: loss && splitLoss(loss, parameter, isPenalty),
    };
    const isApart =
      problem.loss?.data.every((term) => !isEntangled(addendValue(term), parameter)) ?? true;
    if (isApart && (loss === undefined || !readsMoreThan(loss, problem))) yield problem;
    left -= 1;
    if (left === 0) return;
  }
}

/** The matrix of one entry that `cost[0][0]` is taken out of. */
const oneNumber = (loss: Ir): Ir =>
  loss.kind === "slice" && loss.dropsAxis ? oneNumber(loss.operand) : loss;

/** The likeliest problem of a question; `undefined` when it cannot be judged. */
export function gradientProblem(question: GradientQuestion): GradientProblem | undefined {
  for (const problem of gradientProblems(question)) return problem;
  return undefined;
}

function symbolsIn(parameter: SymbolIr, gradient: Ir, loss: Ir | undefined): readonly SymbolIr[] {
  const found = allSymbolsOf(gradient, new Map([[parameter.key, parameter]]));
  return [...(loss === undefined ? found : allSymbolsOf(loss, found)).values()];
}

function* fittingAxes(
  parameter: SymbolIr,
  gradient: Ir,
  loss: Ir | undefined,
): Generator<ReadonlyMap<string, Axes>> {
  const symbols = symbolsIn(parameter, gradient, loss);
  const expressions = loss === undefined ? [gradient] : [gradient, loss];
  const accepts = (fit: "exact" | "same entries" | "any") => (shapeOf: ShapeOf) => {
    const lossShape = loss === undefined ? [] : inferShape(loss, shapeOf);
    if (lossShape === undefined || !isScalarShape(lossShape)) return false;
    const shape = inferShape(gradient, shapeOf);
    const wanted = shapeOf(parameter.key);
    if (shape === undefined || wanted === undefined) return false;
    if (fit === "exact") return isSameShape(shape, wanted);
    return fit === "any" || isSameShape(withoutOnes(shape), withoutOnes(wanted));
  };
  for (const fit of ["exact", "same entries"] as const) {
    let isAny = false;
    for (const axes of shapeAssignments(symbols, parameter.key, expressions, accepts(fit))) {
      isAny = true;
      yield axes;
    }
    if (isAny) return;
  }
  if (!areDeclared(symbols)) return;
  yield* shapeAssignments(symbols, parameter.key, expressions, accepts("any"));
}

const withoutOnes = (shape: Shape): Shape => shape.filter((length) => length !== 1);

/** Shapes that do not fit together may be believed only where the code states them. */
const areDeclared = (symbols: readonly SymbolIr[]): boolean =>
  symbols.every((symbol) => symbol.declaredShape !== undefined || isScalarSymbol(symbol));

function isPenaltyIn(
  parameter: SymbolIr,
  axes: ReadonlyMap<string, Axes>,
): (addend: Addend) => boolean {
  return (addend) => {
    const value = addendValue(addend);
    if (!dependsOn(value, parameter.key) || holdsMixedSum(value, parameter.key)) return false;
    return [...symbolsReadBy(value).keys()].every(
      (key) => key === parameter.key || axes.get(key)?.length === 0,
    );
  };
}

function holdsMixedSum(ir: Ir, parameter: string): boolean {
  return isMixedSum(ir, parameter) || readBy(ir).some((child) => holdsMixedSum(child, parameter));
}

function splitLoss(loss: Ir, parameter: SymbolIr, isPenalty: (addend: Addend) => boolean) {
  const addends = addendsOf(loss, parameter.key);
  return {
    data: addends.filter((addend) => !isPenalty(addend)),
    penalty: addends.filter(isPenalty),
  };
}

/**
 * The loss with its symbols named as the gradient has them.
 *
 * A loss that is computed after the update reads newer versions of the same names; as functions
 * of the parameter both are the same. Two versions of one name in a loss are left as they are.
 */
function withNamesOf(loss: Ir, gradient: Ir, parameter: SymbolIr): Ir {
  const known = new Map([[parameter.name, parameter]]);
  for (const symbol of allSymbolsOf(gradient).values()) known.set(symbol.name, symbol);
  const versions = new Map<string, number>();
  const inLoss = allSymbolsOf(loss);
  for (const { name } of inLoss.values()) versions.set(name, (versions.get(name) ?? 0) + 1);
  return substitute(loss, (symbol) =>
    symbol.name !== "" && versions.get(symbol.name) === 1 ? known.get(symbol.name) : undefined,
  );
}

/**
 * Whether the gradient's terms read arrays that the loss does not, or scalars other than as plain
 * coefficients: then they do not speak of the same thing.
 */
function readsMoreThan(loss: Ir, problem: GradientProblem): boolean {
  const inLoss = allSymbolsOf(loss);
  return [...problem.data, ...problem.penalty].some((addend) =>
    [...addend.factors, ...addend.divisors].some((factor) => {
      const unknown = [...symbolsReadBy(factor).keys()].filter((key) => !inLoss.has(key));
      const isCoefficient =
        !dependsOn(factor, problem.parameter.key) &&
        isScalarShape(shapeUnder(factor, problem.axes) ?? [2]);
      return unknown.length > 0 && !isCoefficient;
    }),
  );
}

/** Scalars, counts aside, that scale every term of the gradient and are not in the loss: learning rates. */
export function learningRates(problem: GradientProblem): ReadonlySet<string> {
  const { loss, axes } = problem;
  const inLoss = allSymbolsOf(sumOf(loss === undefined ? [] : [...loss.data, ...loss.penalty]));
  const [first, ...rest] = [...problem.data, ...problem.penalty].map((addend) =>
    allSymbolsOf(addendValue({ ...addend, sign: 1 })),
  );
  if (first === undefined || rest.length === 0) return new Set();
  const rates = [...first.values()].filter(
    (symbol) =>
      axes.get(symbol.key)?.length === 0 &&
      !inLoss.has(symbol.key) &&
      !isCount(symbol) &&
      rest.every((symbols) => symbols.has(symbol.key)),
  );
  return new Set(rates.map(({ key }) => key));
}

/**
 * Arrays that may be labels or masks: all but the parameter and the features, which are what the
 * parameter is multiplied with.
 */
export function labelKeys(problem: GradientProblem): ReadonlySet<string> {
  const { parameter, symbols, data, loss } = problem;
  const features = new Set([parameter.key]);
  markFeatures(sumOf([...data, ...(loss?.data ?? [])]), parameter.key, features);
  return new Set(symbols.map(({ key }) => key).filter((key) => !features.has(key)));
}

function markFeatures(ir: Ir, parameter: string, into: Set<string>): void {
  if (ir.kind === "binary" && ["@", "dot", "*"].includes(ir.operator)) {
    const sides = [ir.left, ir.right].map(bare);
    const partner = sides.find((side) => side?.key !== parameter);
    if (partner !== undefined && sides.some((side) => side?.key === parameter)) {
      into.add(partner.key);
    }
  }
  for (const child of readBy(ir)) markFeatures(child, parameter, into);
}

/** The symbol of an operand that is one, transposed or not. */
function bare(ir: Ir): SymbolIr | undefined {
  if (ir.kind === "unary" && ir.operator === "transpose") return bare(ir.operand);
  return ir.kind === "symbol" ? ir : undefined;
}

/** The one scalar, counts aside, that scales the penalty's terms and none of the data's: λ. */
export function penaltyScale(problem: GradientProblem): SymbolIr | undefined {
  const { axes, data, penalty, parameter } = problem;
  const inData = allSymbolsOf(sumOf(data));
  const isScale = (symbol: SymbolIr): boolean =>
    symbol.key !== parameter.key &&
    axes.get(symbol.key)?.length === 0 &&
    !inData.has(symbol.key) &&
    !isCount(symbol);
  const own = [...allSymbolsOf(sumOf(penalty)).values()].filter(isScale);
  return own.length === 1 ? own[0] : undefined;
}

/** Shape of a term at typical lengths. */
const shapeOfAddend = (addend: Addend, problem: GradientProblem): Shape | undefined =>
  shapeUnder(addendValue(addend), problem.axes);

/** Whether a term is one number that broadcasting adds to every entry of the parameter. */
export function isBroadcastScalar(addend: Addend, problem: GradientProblem): boolean {
  const shape = shapeOfAddend(addend, problem);
  const wanted = shapeUnder(problem.parameter, problem.axes);
  if (shape === undefined || wanted === undefined || isScalarShape(wanted)) return false;
  return isScalarShape(shape) && broadcastShape(shape, wanted) !== undefined;
}
