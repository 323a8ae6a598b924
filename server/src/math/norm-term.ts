import type { Addend } from "./addends.ts";
import { addendValue } from "./addends.ts";
import { isScalarSymbol } from "./assign-shapes.ts";
import { evaluate } from "./evaluate.ts";
import type { Ir, SymbolIr } from "./ir.ts";
import { symbolsReadBy } from "./ir-walk.ts";
import { isClose } from "./proportion.ts";
import { scalar, type Tensor, tensor } from "./tensor.ts";

/** A term of a sum that is a norm of one array, or its square, times a coefficient. */
export interface NormTerm {
  readonly addend: Addend;
  /** Key of the array, or of a value that is called a norm and not looked into. */
  readonly of: string;
  /** Values at the probe points; proportional to those of the same norm. */
  readonly values: readonly number[];
  /** Whether the coefficient holds a name, such as λ, rather than numbers alone. */
  readonly isScaled: boolean;
}

const POINTS: readonly Tensor[] = [
  tensor([3], [0.3, -1.2, 0.7]),
  tensor([3], [1.1, 0.4, -0.6]),
  tensor([3], [-0.2, 0.9, 1.3]),
];
const NORM_NAME = /(?:^|[_.])(?:l1|l2|norm|penalty|reg|regulari[sz](?:er|ation))(?:$|_)/i;

/**
 * The norm that a term is a multiple of, found by what a norm does rather than by how it is written:
 * it is one number, positive, even, homogeneous of degree 1 or 2.
 *
 * `undefined` for everything else, such as a loss that reads the data.
 */
export function normTerm(addend: Addend): NormTerm | undefined {
  const symbols = [...symbolsReadBy(addendValue(addend)).values()];
  const norm = symbols.find((symbol) => isPlainFactor(symbol, addend) && isNamedNorm(symbol));
  if (norm !== undefined) return term(addend, norm, symbols, [coefficientOf(addend, symbols)]);
  const arrays = symbols.filter((symbol) => !isScalarSymbol(symbol));
  const [array, second] = arrays.filter((symbol) => !isPlainFactor(symbol, addend));
  if (array === undefined || second !== undefined) return undefined;
  const values = probe(addend, array, symbols);
  return values && term(addend, array, symbols, values);
}

/** Whether two terms are the same norm of the same array, up to a coefficient. */
export function isSameNorm(a: NormTerm, b: NormTerm): boolean {
  const ratio = (a.values[0] ?? 0) / (b.values[0] ?? 1);
  return (
    a.of === b.of &&
    a.values.length === b.values.length &&
    a.values.every((value, index) => isClose(value, ratio * (b.values[index] ?? 0)))
  );
}

function term(
  addend: Addend,
  of: SymbolIr,
  symbols: readonly SymbolIr[],
  values: readonly number[],
): NormTerm {
  const isScaled = symbols.some(({ key }) => key !== of.key);
  return { addend, of: of.key, values, isScaled };
}

/** The number in front of a norm that is kept under a name. */
function coefficientOf(addend: Addend, symbols: readonly SymbolIr[]): number {
  const ones = new Map(symbols.map(({ key }) => [key, scalar(1)]));
  return evaluate(addendValue({ ...addend, sign: 1 }), ones)?.data[0] ?? 1;
}

const isNamedNorm = ({ name, dependencies }: SymbolIr): boolean =>
  NORM_NAME.test(name) && dependencies.size > 0;

/** Whether a symbol stands alone as a factor or divisor: a coefficient, unless it is a norm itself. */
function isPlainFactor({ key }: SymbolIr, { factors, divisors }: Addend): boolean {
  const isIt = (ir: Ir): boolean => ir.kind === "symbol" && ir.key === key;
  return factors.some(isIt) || divisors.some(isIt);
}

function probe(
  addend: Addend,
  array: SymbolIr,
  symbols: readonly SymbolIr[],
): readonly number[] | undefined {
  const term = addendValue({ ...addend, sign: 1 });
  const at = (point: Tensor, scale: number): number => {
    const one: Tensor = scalar(0.7);
    const values = new Map(symbols.map(({ key }) => [key, one]));
    values.set(array.key, { shape: point.shape, data: point.data.map((value) => scale * value) });
    const value = evaluate(term, values);
    return value?.shape.length === 0 ? (value.data[0] ?? Number.NaN) : Number.NaN;
  };
  const values = POINTS.map((point) => at(point, 1));
  const isNorm = POINTS.every((point, index) => {
    const value = values[index] ?? Number.NaN;
    const doubled = at(point, 2);
    const isHomogeneous = isClose(doubled, 2 * value) || isClose(doubled, 4 * value);
    return value > 0 && isClose(at(point, -1), value) && isHomogeneous;
  });
  return isNorm ? values : undefined;
}
