import type { Expression } from "../syntax/python/ast.ts";
import { type Addend, addendValue } from "./addends.ts";
import { evaluate } from "./evaluate.ts";
import { type GradientProblem, isBroadcastScalar } from "./gradient-problem.ts";
import type { Ir, SymbolIr } from "./ir.ts";
import { allSymbolsOf } from "./ir-walk.ts";
import { isClose } from "./proportion.ts";
import { tensor } from "./tensor.ts";

/** A term of a gradient that is one number computed from the whole parameter. */
export interface ScalarPenalty {
  readonly addend: Addend;
  /** Where the term holds ‖θ‖²: that factor, and the term with θ in its place. */
  readonly squaredNorm:
    | {
        readonly factor: Expression;
        /** `lam * theta` where the factor is `lam * theta @ theta`. */
        readonly scaled: Expression | undefined;
        readonly repaired: Addend;
      }
    | undefined;
}

/** The terms of the penalty that are scalars where the parameter is not. */
export function scalarPenalties(problem: GradientProblem): readonly ScalarPenalty[] {
  return problem.penalty
    .filter((addend) => isBroadcastScalar(addend, problem) && isEven(addend, problem.parameter))
    .map((addend) => ({ addend, squaredNorm: squaredNormIn(addend, problem.parameter) }));
}

/** Points that a scalar function of the parameter is tried at. */
const POINTS: readonly (readonly number[])[] = [
  [0.3, -1.2, 0.7],
  [1.1, 0.4, -0.6],
];

/** Whether the term is the same at θ and −θ, as every norm is and `X.min()` or `X.mean()` is not. */
function isEven(addend: Addend, parameter: SymbolIr): boolean {
  const value = addendValue(addend);
  const others = [...allSymbolsOf(value).keys()].filter((key) => key !== parameter.key);
  const scalars = others.map((key) => [key, tensor([], [1.7])] as const);
  const at = (point: readonly number[]): number =>
    evaluate(value, new Map([...scalars, [parameter.key, tensor([3], point)]]))?.data[0] ?? 0;
  return POINTS.every((point) => isClose(at(point), at(point.map((entry) => -entry))));
}

function squaredNormIn(addend: Addend, parameter: SymbolIr): ScalarPenalty["squaredNorm"] {
  for (const [index, factor] of addend.factors.entries()) {
    if (factor.origin === undefined || !isSquaredNorm(factor, parameter)) continue;
    const repaired = { ...addend, factors: addend.factors.with(index, parameter) };
    if (factor.whole === undefined) return { factor: factor.origin, scaled: undefined, repaired };
    const scaled = scaledOperand(factor.whole, parameter);
    if (scaled !== undefined) return { factor: factor.origin, scaled, repaired };
  }
  return undefined;
}

/** `lam * theta` of `lam * theta @ theta`, which Python reads as `(lam * theta) @ theta`. */
function scaledOperand(whole: Ir, parameter: SymbolIr): Expression | undefined {
  if (whole.kind !== "binary" || whole.right.kind !== "symbol") return undefined;
  return whole.right.key === parameter.key ? whole.left.origin : undefined;
}

/** Whether `ir` is Σθᵢ² at two points, as a vector or as a column. */
function isSquaredNorm(ir: Ir, parameter: SymbolIr): boolean {
  const symbols = [...allSymbolsOf(ir).keys()];
  if (symbols.length !== 1 || symbols[0] !== parameter.key) return false;
  return [[3], [3, 1], [1, 3]].some((shape) =>
    POINTS.every((point) => {
      const value = evaluate(ir, new Map([[parameter.key, tensor(shape, point)]]));
      const expected = point.reduce((total, entry) => total + entry * entry, 0);
      return value?.data.length === 1 && isClose(value.data[0] ?? 0, expected);
    }),
  );
}
