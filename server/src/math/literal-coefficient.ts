import { type Addend, addendsOf } from "./addends.ts";
import type { Ir } from "./ir.ts";

/** Product of the numbers that scale a term: 2 for `2 * lam / m * w`, 0.5 for `lam / (2 * m) * w`. */
export function literalCoefficient(addend: Addend): number {
  const top = addend.factors.reduce((product, factor) => product * numberIn(factor), 1);
  const bottom = addend.divisors.reduce((product, factor) => product * numberIn(factor), 1);
  return (addend.sign * top) / bottom;
}

function numberIn(factor: Ir): number {
  if (factor.kind === "number") return factor.value;
  const [only, ...others] = addendsOf(factor);
  if (only === undefined || others.length > 0 || only.factors[0] === factor) return 1;
  return literalCoefficient(only);
}
