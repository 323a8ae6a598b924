import { type MeanError, meanErrors } from "./choose-lambda.ts";
import type { Design } from "./design.ts";
import type { PathFits } from "./gram-path.ts";

export interface CrossValidation {
  readonly lambdas: Float64Array;
  /** By λ; empty without folds. */
  readonly errors: readonly MeanError[];
  /** Errors of every fold by λ. */
  readonly foldErrors: readonly Float64Array[];
  readonly final: LinearFits;
  /** Largest duality gap of all fits over Σ(y − ȳ)². */
  readonly worstGap: number;
}

/** Fits in the features' units, one a λ. */
export interface LinearFits {
  /** [fits, outputs, columns]. */
  readonly coefficients: Float64Array;
  /** [fits, outputs]. */
  readonly intercepts: Float64Array;
}

/** The point that the means of fits are told about; zeros without one. */
interface Origin {
  readonly shiftX: Float64Array;
  readonly shiftY: Float64Array;
}

/**
 * Puts the fits of all folds, and last the one on all rows, together.
 *
 * @throws {RangeError} If there are no fits.
 */
export function collectFits(
  design: Design,
  lambdas: Float64Array,
  answers: readonly PathFits[],
  origin?: Origin,
): CrossValidation {
  const fits = answers.at(-1);
  if (fits === undefined) throw new RangeError("Cannot collect a path without fits");
  const foldErrors = answers.slice(0, -1).map(({ errors }) => errors);
  return {
    lambdas,
    errors: foldErrors.length === 0 ? [] : meanErrors(foldErrors),
    foldErrors,
    final: withIntercepts(design, fits.coefficients, fits, origin),
    worstGap: Math.max(...answers.flatMap(({ gaps }) => [...gaps])),
  };
}

/** Intercepts ȳ − x̄ᵀw of `coefficients` [fits, outputs, columns] beside them. */
export function withIntercepts(
  { columns, outputs }: Design,
  coefficients: Float64Array,
  { mean, meanY }: { readonly mean: Float64Array; readonly meanY: Float64Array },
  origin?: Origin,
): LinearFits {
  const intercepts = Float64Array.from({ length: coefficients.length / columns }, (_, at) => {
    const output = at % outputs;
    let value = (meanY[output] ?? 0) + (origin?.shiftY[output] ?? 0);
    for (let j = 0; j < columns; j++) {
      value -= (coefficients[at * columns + j] ?? 0) * ((mean[j] ?? 0) + (origin?.shiftX[j] ?? 0));
    }
    return value;
  });
  return { coefficients, intercepts };
}
