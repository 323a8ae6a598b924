import type { DeclaredShape } from "./declared-shape.ts";
import { inferShape, type ShapeOf } from "./infer-shape.ts";
import type { Ir, SymbolIr } from "./ir.ts";
import { childrenOf } from "./ir-walk.ts";
import type { Shape } from "./shape.ts";

/** `m` samples, `n` features, `k` outputs; 1 is a length of one. */
export type Axis = "m" | "n" | "k" | 1;
export type AxisLengths = Readonly<Record<"m" | "n" | "k", number>>;
export type Axes = readonly Axis[];

/** Pairwise different, so that only shapes that really fit fit. */
export const TYPICAL_LENGTHS: AxisLengths = { m: 5, n: 3, k: 2 };

const SCALAR_NAME =
  /^(?:.*_)?(?:lambda|lambd|lmbda|lmbd|lmd|lamb|lam|lambda_?(?:param|parameter|value|reg|coeff?)|reg(?:ularization)?_?(?:param|parameter|rate)|reg|regu?l?|reg_?(?:strength|param|coeff?)|alpha|beta|gamma|eta|lr|learning_?rate|rate|step(?:_?size)?|c|decay|weight_?decay|wd|l1|l2|eps|epsilon|tau|ratio)_?\d?$/i;
const COUNT_NAME =
  /^(?:m|n|num|count|(?:n|num|number)_?(?:of_?)?(?:samples?|examples?|rows|points|train|obs|instances|data)|sample_?(?:count|size)|len_?(?:data|x|y|train)|batch_?size|m_?train|n_?train)$/i;
/** Values that an update may rescale and that are no weights. */
const NO_WEIGHTS =
  /^(?:x|y|inputs?|images?|data|features?|logits?|outputs?|preds?|predictions?|mean|avg|average\w*|running\w*|ema\w*|momentum|velocity)(?:_\w+)?$/i;
const TARGET_NAME = /^(?:y|t|targets?|labels?)(?:_?(?:train|true|batch|b|i))?$/i;
const MATRIX_NAME = /^[A-Z](?:_?[a-z]+)?$/;
/** Not more combinations than this are tried, */
const MOST_TRIALS = 3000;
/** and none where the likely ones would be too small a part of all. */
const MOST_COMBINATIONS = 24_000;

const PARAMETER: readonly Axes[] = [
  ["n"],
  ["n", 1],
  [],
  ["n", "k"],
  ["k", "n"],
  ["k"],
  [1, "k"],
  [1, "n"],
];
const MATRIX_PARAMETER: readonly Axes[] = [["n", "k"], ["k", "n"], ...PARAMETER];
const MATRIX: readonly Axes[] = [["m", "n"], ["n", "m"], ["m"], ["m", 1], ["n"], ["n", 1]];
const TARGET: readonly Axes[] = [["m"], ["m", 1], ["m", "k"], [], [1, "m"], ["k", "m"]];
const OTHER: readonly Axes[] = [[], ["m"], ["n"], ["m", 1], ["n", 1], ["m", "n"], ["k"], [1, "k"]];

/** `w` of `self.w`. */
const lastName = ({ name }: SymbolIr): string => name.slice(name.lastIndexOf(".") + 1);

const isCapital = (symbol: SymbolIr): boolean => /^[A-Z]/.test(lastName(symbol));

/** Whether a symbol is data, a label or a statistic by its name, and so no parameter. */
export const isNoParameter = (symbol: SymbolIr): boolean => isNoParameterName(lastName(symbol));

/** Whether a name is one of data, a label or a statistic. */
export const isNoParameterName = (name: string): boolean =>
  TARGET_NAME.test(name) || NO_WEIGHTS.test(name);

/** Whether a name is one for the number of samples. */
export const isCountName = (name: string): boolean => COUNT_NAME.test(name);

/** Whether a symbol stands for the number of samples by its name. */
export const isCount = (symbol: SymbolIr): boolean =>
  isCountName(lastName(symbol)) && (symbol.declaredShape?.length ?? 0) === 0;

/** Whether a symbol stands for one number, such as a learning rate, by its name or its definition. */
export const isScalarSymbol = (symbol: SymbolIr): boolean =>
  symbol.declaredShape?.length === 0 || isCount(symbol) || SCALAR_NAME.test(lastName(symbol));

export const lengthsOf = (axes: Axes, lengths: AxisLengths): Shape =>
  axes.map((axis) => (axis === 1 ? 1 : lengths[axis]));

/**
 * The assignments of shapes to symbols that `accepts`, the likeliest shapes first.
 *
 * Stated shapes are kept; names and uses only order the guesses. None when too many would have to
 * be tried.
 */
export function* shapeAssignments(
  symbols: readonly SymbolIr[],
  parameter: string | undefined,
  expressions: readonly Ir[],
  accepts: (shapeOf: ShapeOf) => boolean,
): Generator<ReadonlyMap<string, Axes>> {
  const matrices = new Set<string>();
  for (const expression of expressions) markMatrices(expression, matrices);
  const literals = literalAxes(symbols);
  const choices = symbols.map((symbol) =>
    choicesFor(symbol, symbol.key === parameter, matrices.has(symbol.key), literals),
  );
  const combinations = choices.reduce((product, axes) => product * axes.length, 1);
  const trials = Math.min(combinations, MOST_TRIALS);
  if (combinations > MOST_COMBINATIONS) return;
  for (let trial = 0; trial < trials; trial += 1) {
    const chosen = new Map<string, Axes>();
    let rest = trial;
    // The last symbol varies fastest, so the first, the parameter, keeps its likeliest shape longest.
    for (let index = choices.length - 1; index >= 0; index -= 1) {
      const axes = choices[index] ?? [];
      chosen.set(symbols[index]?.key ?? "", axes[rest % axes.length] ?? []);
      rest = Math.floor(rest / axes.length);
    }
    const shapes = new Map(
      [...chosen].map(([key, axes]) => [key, lengthsOf(axes, TYPICAL_LENGTHS)]),
    );
    if (accepts((key) => shapes.get(key))) yield chosen;
  }
}

function choicesFor(
  symbol: SymbolIr,
  isParameter: boolean,
  isMatrix: boolean,
  literals: ReadonlyMap<number, Axis>,
): readonly Axes[] {
  const declared = symbol.declaredShape;
  if (declared !== undefined) {
    const all = [...PARAMETER, ...MATRIX, ...TARGET, ...OTHER, [1, 1] as const, [1] as const];
    const preferred = isParameter ? [...PARAMETER, ...all] : all;
    const fitting = preferred.filter((axes) => fits(axes, declared, literals));
    return [...new Map(fitting.map((axes) => [axes.join(), axes])).values()];
  }
  if (isParameter) return isCapital(symbol) ? MATRIX_PARAMETER : PARAMETER;
  if (isScalarSymbol(symbol)) return [[]];
  if (TARGET_NAME.test(lastName(symbol))) return TARGET;
  if (isMatrix || MATRIX_NAME.test(lastName(symbol))) return MATRIX;
  return OTHER;
}

function fits(axes: Axes, declared: DeclaredShape, literals: ReadonlyMap<number, Axis>): boolean {
  return (
    axes.length === declared.length &&
    axes.every((axis, index) => {
      const length = declared[index];
      return length === undefined || literals.get(length) === axis;
    })
  );
}

/** Which of our axes a literal length is: the first of a matrix counts samples. */
function literalAxes(symbols: readonly SymbolIr[]): ReadonlyMap<number, Axis> {
  const axes = new Map<number, Axis>([[1, 1]]);
  const free: Axis[] = ["m", "n", "k"];
  const shapes = symbols.flatMap(({ declaredShape }) => (declaredShape ? [declaredShape] : []));
  for (const shape of shapes.toSorted((a, b) => b.length - a.length)) {
    for (const length of shape) {
      const next = free[0];
      if (length === undefined || axes.has(length) || next === undefined) continue;
      axes.set(length, next);
      free.shift();
    }
  }
  return axes;
}

/** Symbols that are transposed, or whose second axis is asked for: matrices, most likely. */
function markMatrices(ir: Ir, into: Set<string>): void {
  if (ir.kind === "unary" && ir.operator === "transpose" && ir.operand.kind === "symbol") {
    into.add(ir.operand.key);
  }
  if (ir.kind === "size" && ir.operand.kind === "symbol" && ir.axis === 1) into.add(ir.operand.key);
  for (const child of childrenOf(ir)) markMatrices(child, into);
}

/** Shape of `ir` under an assignment, at typical lengths. */
export function shapeUnder(ir: Ir, axes: ReadonlyMap<string, Axes>): Shape | undefined {
  return inferShape(ir, (key) => {
    const known = axes.get(key);
    return known && lengthsOf(known, TYPICAL_LENGTHS);
  });
}
