/** Fits that are looked back on: a parabola goes through three. */
const MOST_KEPT = 3;

/** Guesses each fit of a path from those before it. */
export interface Extrapolation {
  /**
   * The polynomial of log λ through the weights of the last fits, taken at `lambda`; a weight that
   * would leave zero or change its sign gets 0. `undefined` before the second fit, and where a λ is 0 or comes twice.
   */
  at(lambda: number): Float64Array | undefined;
  /** Takes the weights of a fit in. */
  keep(lambda: number, weights: Float64Array): void;
}

interface KeptFit {
  readonly place: number;
  readonly weights: Float64Array;
}

export function createExtrapolation(): Extrapolation {
  let kept: readonly KeptFit[] = [];
  return {
    at(lambda) {
      const [last] = kept;
      const factors = lagrangeFactors(
        kept.map(({ place }) => place),
        Math.log(lambda),
      );
      if (last === undefined || kept.length < 2 || !factors.every(Number.isFinite))
        return undefined;
      return last.weights.map((weight, at) => {
        let next = 0;
        kept.forEach(({ weights }, fit) => {
          next += (factors[fit] ?? 0) * (weights[at] ?? 0);
        });
        return next * weight > 0 ? next : 0;
      });
    },
    keep(lambda, weights) {
      kept = [{ place: Math.log(lambda), weights: weights.slice() }, ...kept].slice(0, MOST_KEPT);
    },
  };
}

/** What values at `places` count at `at`, on the polynomial through all of them. */
function lagrangeFactors(places: readonly number[], at: number): number[] {
  return places.map((own, index) =>
    places.reduce(
      (factor, other, place) =>
        place === index ? factor : (factor * (at - other)) / (own - other),
      1,
    ),
  );
}
