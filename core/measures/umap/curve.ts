/** 1/(1 + a·d^2b): similarity of two points in the plane at distance d. */
export interface SimilarityCurve {
  readonly a: number;
  readonly b: number;
}

/** Distances at which the curve is fitted, up to three times the spread. */
const SAMPLES = 300;
const MAX_ROUNDS = 200;
const TOLERANCE = 1e-12;

/**
 * Least-squares fit of 1/(1 + a·d^2b) to 1 where d < `minDistance` and exp(−(d − minDistance)/spread)
 * beyond, at 300 equidistant d in [0, 3·spread].
 *
 * By the Levenberg-Marquardt method from a = b = 1. For a minimal distance of 0.1 and spread 1: a = 1.577,
 * b = 0.895.
 *
 * @see McInnes, Healy & Melville 2018, arXiv:1802.03426, definition 11.
 */
export function fitSimilarityCurve(minDistance: number, spread: number): SimilarityCurve {
  const points = Array.from({ length: SAMPLES }, (_, index) => {
    const distance = (3 * spread * index) / (SAMPLES - 1);
    const isNear = distance < minDistance;
    return { distance, wanted: isNear ? 1 : Math.exp(-(distance - minDistance) / spread) };
  });
  const errorOf = ({ a, b }: SimilarityCurve) =>
    points.reduce((sum, { distance, wanted }) => {
      return sum + (wanted - 1 / (1 + a * distance ** (2 * b))) ** 2;
    }, 0);

  let curve: SimilarityCurve = { a: 1, b: 1 };
  let error = errorOf(curve);
  let damping = 1e-3;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = dampedStep(curve, points, damping);
    const nextError = next.a > 0 && next.b > 0 ? errorOf(next) : Number.POSITIVE_INFINITY;
    if (nextError <= error) {
      const hasSettled = error - nextError <= TOLERANCE * error;
      [curve, error, damping] = [next, nextError, damping / 10];
      if (hasSettled) break;
    } else {
      damping *= 10;
    }
  }
  return curve;
}

interface CurvePoint {
  readonly distance: number;
  readonly wanted: number;
}

/** (JᵀJ + damping·diag JᵀJ)⁻¹ Jᵀr added to a and b. */
function dampedStep(
  { a, b }: SimilarityCurve,
  points: readonly CurvePoint[],
  damping: number,
): SimilarityCurve {
  let [aa, ab, bb, ar, br] = [0, 0, 0, 0, 0];
  for (const { distance, wanted } of points) {
    if (distance === 0) continue;
    const power = distance ** (2 * b);
    const value = 1 / (1 + a * power);
    const byA = -power * value * value;
    const byB = 2 * a * Math.log(distance) * byA;
    const residual = wanted - value;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ar += byA * residual;
    br += byB * residual;
  }
  [aa, bb] = [aa * (1 + damping), bb * (1 + damping)];
  const determinant = aa * bb - ab * ab;
  return { a: a + (bb * ar - ab * br) / determinant, b: b + (aa * br - ab * ar) / determinant };
}
