import type { Expression } from "../syntax/python/ast.ts";
import { type Addend, addendValue } from "./addends.ts";
import { shapeUnder } from "./assign-shapes.ts";
import { evaluate } from "./evaluate.ts";
import { type GradientProblem, gradientProblem } from "./gradient-problem.ts";
import type { HandGradient } from "./hand-gradients.ts";
import { type Ir, type SymbolIr, unaryIr } from "./ir.ts";
import { allSymbolsOf } from "./ir-walk.ts";
import { isClose } from "./proportion.ts";
import { isScalarShape } from "./shape.ts";
import { scalar, tensor } from "./tensor.ts";

/** A penalty term of a gradient that stands where λ·sign(w) belongs. */
export interface L1Fault {
  readonly addend: Addend;
  /** |w|, w itself, or w/|w|, which is not a number at w = 0. */
  readonly form: "absolute" | "weight" | "quotient";
  /** The part of the term that sign(w) replaces; `undefined` where it is not one expression. */
  readonly written: Expression | undefined;
  /** The term with sign(w) in its place. */
  readonly repaired: Addend;
}

/**
 * The penalty terms that are no derivative of λ‖w‖₁ although they stand for one.
 *
 * |w| and w/|w| are known by themselves; λ·w only where the loss says that its penalty is ‖w‖₁.
 */
export function l1Faults(problem: GradientProblem): readonly L1Fault[] {
  const { parameter, penalty } = problem;
  const wanted = shapeUnder(parameter, problem.axes);
  if (wanted === undefined || isScalarShape(wanted)) return [];
  const isL1 = hasL1Loss(problem);
  return penalty.flatMap((addend): readonly L1Fault[] => {
    const form = formOf(addend, parameter);
    if (form === undefined || (form === "weight" && !isL1)) return [];
    return [{ addend, form, ...repairOf(addend, form, parameter) }];
  });
}

/** The faults of a gradient, against the losses of its scope that have a penalty. */
export function l1FaultsOf(gradient: HandGradient): readonly L1Fault[] {
  const { parameter, addends, role } = gradient;
  const alone = gradientProblem({ parameter, addends, loss: undefined });
  if (alone === undefined) return [];
  if (alone.data.length === 0 && role !== "update") return [];
  const known = l1Faults(alone);
  if (known.length > 0) return known;
  const problems = gradient.losses
    .map(({ value }) => gradientProblem({ parameter, addends, loss: value }))
    .filter((problem) => (problem?.loss?.penalty.length ?? 0) > 0);
  const all = problems.map((problem) => (problem === undefined ? [] : l1Faults(problem)));
  return all.every((faults) => faults.length > 0) ? (all.at(-1) ?? []) : [];
}

/** Whether all that the loss adds for the parameter is a multiple of Σ|wᵢ|. */
function hasL1Loss({ loss, parameter }: GradientProblem): boolean {
  const terms = loss?.penalty ?? [];
  return (
    terms.length > 0 &&
    terms.every((term) => isMultiple(term, parameter, (point) => [sum(point.map(Math.abs))]))
  );
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

function formOf(addend: Addend, parameter: SymbolIr): L1Fault["form"] | undefined {
  if (isMultiple(addend, parameter, (point) => point.map(Math.abs))) return "absolute";
  if (isMultiple(addend, parameter, (point) => point)) return "weight";
  const isSign = isMultiple(addend, parameter, (point) => point.map(Math.sign));
  return isSign && isUndefinedAtZero(addend, parameter) ? "quotient" : undefined;
}

const POINTS: readonly (readonly number[])[] = [
  [0.3, -1.2, 0.7],
  [-1.1, 0.4, -0.6],
];

/** Whether a term is c·f(w) with one c at every point, w a vector. */
function isMultiple(
  addend: Addend,
  parameter: SymbolIr,
  f: (point: readonly number[]) => readonly number[],
): boolean {
  let common: number | undefined;
  return POINTS.every((point) => {
    const given = valueAt(addend, parameter, point);
    const wanted = f(point);
    if (given?.length !== wanted.length) return false;
    return wanted.every((value, index) => {
      const factor = (given[index] ?? Number.NaN) / value;
      common ??= factor;
      return isClose(factor, common);
    });
  });
}

/** NumPy gives NaN for 0/0, which then stays in the weights; a guard such as `+ eps` gives 0. */
const isUndefinedAtZero = (addend: Addend, parameter: SymbolIr): boolean =>
  valueAt(addend, parameter, [0, 1, 1])?.some(Number.isNaN) ?? false;

function valueAt(addend: Addend, parameter: SymbolIr, point: readonly number[]) {
  const value = addendValue({ ...addend, sign: 1 });
  const others = [...allSymbolsOf(value).keys()].filter((key) => key !== parameter.key);
  const values = new Map(others.map((key) => [key, scalar(0.7)]));
  return evaluate(value, values.set(parameter.key, tensor([point.length], point)))?.data;
}

function repairOf(addend: Addend, form: L1Fault["form"], parameter: SymbolIr) {
  const at = addend.factors.findIndex((factor) => holds(factor, parameter));
  const factor = addend.factors[at];
  const isWhole = factor !== undefined && isForm(factor, form, parameter);
  const divisors = addend.divisors.filter((divisor) => !holds(divisor, parameter));
  const repaired = {
    ...addend,
    divisors,
    factors: [
      ...addend.factors.filter((other) => !holds(other, parameter)),
      unaryIr("sign", parameter),
    ],
  };
  return { repaired, written: isWhole ? factor.origin : undefined };
}

function isForm(factor: Ir, form: L1Fault["form"], { key }: SymbolIr): boolean {
  if (form === "weight") return factor.kind === "symbol" && factor.key === key;
  const isAbsolute = factor.kind === "unary" && factor.operator === "abs";
  return form === "absolute" && isAbsolute && factor.operand.kind === "symbol";
}

const holds = (ir: Ir, { key }: SymbolIr): boolean => allSymbolsOf(ir).has(key);
