import { isScalarSymbol } from "./assign-shapes.ts";
import { evaluate } from "./evaluate.ts";
import type { Ir, SymbolIr } from "./ir.ts";
import { allSymbolsOf, dependsOn, readBy } from "./ir-walk.ts";
import { isClose } from "./proportion.ts";
import { scalar, tensor } from "./tensor.ts";

/**
 * Whether a term adds something to the data that looks like a penalty of the parameter, as in
 * Σ((h − y)² + λw²): it cannot be told apart from the data then.
 */
export function isEntangled(ir: Ir, parameter: SymbolIr): boolean {
  if (ir.kind === "binary" && (ir.operator === "+" || ir.operator === "-")) {
    const sides = [ir.left, ir.right];
    if (sides.some((side) => isPenaltyLike(side, parameter))) return true;
  }
  return readBy(ir).some((child) => isEntangled(child, parameter));
}

const POINTS: readonly (readonly number[])[] = [
  [0.3, -1.2, 0.7],
  [1.1, 0.4, -0.6],
];

/** A function of the parameter and scalars alone that is the same at w and −w, and no constant. */
function isPenaltyLike(ir: Ir, parameter: SymbolIr): boolean {
  if (!dependsOn(ir, parameter.key)) return false;
  const others = [...allSymbolsOf(ir).values()].filter(({ key }) => key !== parameter.key);
  if (!others.every(isScalarSymbol)) return false;
  const scalars = others.map(({ key }) => [key, scalar(1.7)] as const);
  const at = (point: readonly number[]): number | undefined =>
    evaluate(ir, new Map([...scalars, [parameter.key, tensor([point.length], point)]]))?.data[0];
  const values = POINTS.map((point) => [at(point), at(point.map((entry) => -entry))] as const);
  return values.every(
    ([value, mirrored]) =>
      value !== undefined && mirrored !== undefined && isClose(value, mirrored),
  );
}
