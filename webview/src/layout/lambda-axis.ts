import { formatLogTick } from "./axis-format.ts";
import { logTicks } from "./ticks.ts";

/** Positions on a logarithmic axis of λ: 0 at its left end, 1 at its right. */
export interface LambdaAxis {
  /** Of every λ, in their order. */
  readonly places: readonly number[];
  readonly ticks: readonly { readonly place: number; readonly text: string }[];
}

/** Where λ = 0 stands left of the least other one, in decades. */
const ZERO_GAP = 0.5;

/** The axis on which all of `lambdas` have room; λ = 0, which has no logarithm, stands at its left end. */
export function lambdaAxis(lambdas: readonly number[], mostTicks: number): LambdaAxis {
  const positive = lambdas.filter((lambda) => lambda > 0);
  const least = Math.log10(Math.min(...positive));
  const most = Math.log10(Math.max(...positive));
  if (positive.length === 0) return { places: lambdas.map(() => 0.5), ticks: [] };
  const hasZero = positive.length < lambdas.length;
  const left = hasZero ? least - Math.max(ZERO_GAP, (most - least) / 12) : least;
  const placeOf = (power: number): number => (most > left ? (power - left) / (most - left) : 0.5);
  const ticks = logTicks(10 ** least, 10 ** most, mostTicks).map((tick) => ({
    place: placeOf(Math.log10(tick)),
    text: formatLogTick(tick),
  }));
  return {
    places: lambdas.map((lambda) => (lambda > 0 ? placeOf(Math.log10(lambda)) : 0)),
    ticks: hasZero ? [{ place: 0, text: "0" }, ...ticks] : ticks,
  };
}

/** Index of the λ whose place is nearest to `place`. */
export function nearestPlace(places: readonly number[], place: number): number {
  let nearest = 0;
  for (const [index, other] of places.entries()) {
    const best = places[nearest] ?? Number.POSITIVE_INFINITY;
    if (Math.abs(other - place) < Math.abs(best - place)) nearest = index;
  }
  return nearest;
}
