// What every descent on an elastic net's objective is made of.

/** The minimum of ½(curvature + l2)·w² − pull·w + l1·|w|: soft(pull, l1)/(curvature + l2). */
export function bestWeight(pull: f64, curvature: f64, l1: f64, l2: f64): f64 {
  const size = abs(pull) - l1;
  return size > 0 ? copysign(size, pull) / (curvature + l2) : 0;
}

/** The largest change of a sweep; 0 where it is rounding beside the largest weight. */
export function settled(largestChange: f64, largest: f64): f64 {
  return largestChange <= 1e-15 * largest ? 0 : largestChange;
}

/**
 * Primal minus dual objective, by the residual scaled into the dual's feasible set.
 *
 * `residual` is ‖r‖² and `fit` rᵀy of r = y − Xw; `dual` the largest |xⱼᵀr − l2·wⱼ|, `sum` ‖w‖₁ and
 * `square` ‖w‖²; with groups their norms take the places of the magnitudes.
 */
export function dualityGap(
  residual: f64,
  fit: f64,
  dual: f64,
  sum: f64,
  square: f64,
  l1: f64,
  l2: f64,
): f64 {
  const scale = dual > l1 ? l1 / dual : 1;
  const loss = dual > l1 ? 0.5 * residual * (1 + scale * scale) : residual;
  return loss + l1 * sum - scale * fit + 0.5 * l2 * (1 + scale * scale) * square;
}

/** Puts coordinate `j` at the end of the list; returns the new length. */
export function join(j: i32, list: usize, isListed: usize, count: i32): i32 {
  store<u8>(isListed + <usize>j, 1);
  store<i32>(list + ((<usize>count) << 2), j);
  return count + 1;
}
