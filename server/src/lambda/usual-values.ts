import type { Convention } from "./convention.ts";

const NETWORK_PENALTY = [1e-5, 1e-4, 5e-4, 1e-3];
const DECAY = [0.001, 0.01, 0.05, 0.1];
const STRENGTH = [0.01, 0.1, 1, 10, 100];
const SHARE = [0, 0.1, 0.5, 0.9, 1];

/** Numbers that people try first for a parameter, its default among them, in ascending order. */
export function usualValues(convention: Convention, parameter: string): readonly number[] {
  const found = convention.parameters.find(({ name }) => name === parameter);
  if (found === undefined) return [];
  if (/share/.test(found.what)) return SHARE;
  return [...new Set([found.default, ...startingPoints(convention)])].toSorted((a, b) => a - b);
}

function startingPoints({ penalty, decay }: Convention): readonly number[] {
  // Of a penalty that SGD may also see as a decay the penalty's habits hold.
  if (penalty?.loss === "any") return NETWORK_PENALTY;
  return decay === undefined ? STRENGTH : DECAY;
}
