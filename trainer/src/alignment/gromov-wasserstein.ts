import type { Matrix } from "../../../core/measures/matrix.ts";
import { type Dense, multiply, timesTransposed } from "../linear-algebra/products.ts";
import { sinkhorn } from "./sinkhorn.ts";

export interface GromovWassersteinOptions {
  /** ε > 0: strength of the entropy, in units of squared distance. */
  readonly epsilon: number;
  /** The iteration stops where ‖T − T'‖_F falls below this. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
  readonly signal?: AbortSignal;
}

export interface GromovWasserstein {
  /** T [n, m] with marginals a and b: how much of row i of the one side is row j of the other. */
  readonly plan: Dense;
  /** Σᵢⱼₖₗ (C1ᵢₖ − C2ⱼₗ)²·Tᵢⱼ·Tₖₗ, without the entropy. */
  readonly distortion: number;
  readonly iterations: number;
  readonly hasConverged: boolean;
}

const TOLERANCE = 1e-9;
const MAX_ITERATIONS = 1000;
const LOOSEST_TOLERANCE = 1e-4;

/**
 * Entropic Gromov-Wasserstein coupling of two sets that share no space, only the distances within
 * each: least Σ (C1ᵢₖ − C2ⱼₗ)²·Tᵢⱼ·Tₖₗ + ε·Σ T(log T − 1) over T1 = a, Tᵀ1 = b.
 *
 * Starts at T = abᵀ and repeats T = Sinkhorn(G(T), ε) with the gradient
 * G(T) = 2·(C1²a·1ᵀ + 1·(C2²b)ᵀ − 2·C1·T·C2ᵀ). The problem is not convex: this is the stationary
 * point that the start leads to. `c1` [n, n] and `c2` [m, m] are symmetric. Costs n²m + nm² per
 * iteration. `signal` is looked at between iterations.
 *
 * @throws {RangeError} If the shapes do not fit or ε is not above 0.
 * @see Peyré, Cuturi & Solomon 2016, proceedings.mlr.press/v48/peyre16.html, proposition 1 and
 * eq. (9); the factor 2 of G is that of the gradient, as in the Python library POT.
 */
export function gromovWasserstein(
  c1: Matrix,
  c2: Matrix,
  a: Float64Array,
  b: Float64Array,
  options: GromovWassersteinOptions,
): GromovWasserstein {
  if (
    c1.rows !== c1.columns ||
    c2.rows !== c2.columns ||
    c1.rows !== a.length ||
    c2.rows !== b.length
  ) {
    throw new RangeError(
      `Cannot couple distances [${c1.rows}, ${c1.columns}] and [${c2.rows}, ${c2.columns}] of ${a.length} and ${b.length} weights`,
    );
  }
  const { epsilon, tolerance = TOLERANCE, maxIterations = MAX_ITERATIONS, signal } = options;
  const [own, other] = [meanSquares(c1, a), meanSquares(c2, b)];
  let plan = product(a, b);
  let start: Float64Array | undefined;
  let [iterations, change] = [0, Number.POSITIVE_INFINITY];
  while (iterations < maxIterations && change > tolerance) {
    signal?.throwIfAborted();
    iterations += 1;
    const cost = gradient(c1, c2, plan, own, other);
    const transported = sinkhorn(cost, a, b, {
      epsilon,
      // A plan that is about to change need not be exact.
      tolerance: Math.max(tolerance / 10, Math.min(LOOSEST_TOLERANCE, change / 100)),
      ...(start === undefined ? {} : { start }),
    });
    start = transported.g;
    change = distance(transported.plan, plan);
    plan = transported.plan;
  }
  const final = gradient(c1, c2, plan, own, other);
  const distortion =
    plan.data.reduce((sum, mass, index) => sum + mass * (final.data[index] ?? 0), 0) / 2;
  return { plan, distortion, iterations, hasConverged: change <= tolerance };
}

/** (C ∘ C)·weights */
function meanSquares({ rows, data }: Matrix, weights: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) =>
    weights.reduce((sum, weight, k) => sum + weight * (data[i * rows + k] ?? 0) ** 2, 0),
  );
}

function product(a: Float64Array, b: Float64Array): Dense {
  const data = new Float64Array(a.length * b.length);
  for (const [i, weight] of a.entries()) {
    for (const [j, other] of b.entries()) data[i * b.length + j] = weight * other;
  }
  return { rows: a.length, columns: b.length, data };
}

function gradient(
  c1: Matrix,
  c2: Matrix,
  plan: Dense,
  own: Float64Array,
  other: Float64Array,
): Dense {
  const cost = timesTransposed(multiply(c1, plan), c2);
  for (let i = 0, at = 0; i < cost.rows; i += 1) {
    for (let j = 0; j < cost.columns; j += 1, at += 1) {
      cost.data[at] = 2 * ((own[i] ?? 0) + (other[j] ?? 0) - 2 * (cost.data[at] ?? 0));
    }
  }
  return cost;
}

function distance(a: Dense, b: Dense): number {
  return Math.sqrt(
    a.data.reduce((sum, value, index) => sum + (value - (b.data[index] ?? 0)) ** 2, 0),
  );
}
