/** Lanczos coefficients for g = 7, n = 9; relative error below 1e-14 for positive arguments. */
const LANCZOS = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_1,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12,
  9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
];

/** ln Γ(x) for x > 0. */
function logGamma(x: number): number {
  const sum = LANCZOS.reduce((total, c, k) => total + (k === 0 ? c : c / (x - 1 + k)), 0);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Continued fraction of the incomplete beta function by Lentz's method, for x < (a + 1)/(a + b + 2). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const terms = [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ];
    let factor = 1;
    for (const term of terms) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      factor = c * d;
      fraction *= factor;
    }
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return fraction;
}

/** Regularised incomplete beta function I_x(a, b), 0 ≤ x ≤ 1. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/**
 * The t with P(|T| ≤ t) = `share` for Student's distribution: 2.776 for 95 % and four degrees of
 * freedom.
 *
 * P(|T| > t) = I_x(ν/2, ½) with x = ν/(ν + t²), inverted by bisection; the relative error is below
 * 1e-10.
 *
 * @param share In (0, 1).
 * @param freedom Degrees of freedom ν, at least 1.
 * @throws {RangeError} If either is out of its range.
 * @see Abramowitz & Stegun 1964, 26.7.1 and 26.5.8.
 */
export function studentT(share: number, freedom: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`A share lies between 0 and 1, got ${share}`);
  if (!(freedom >= 1)) throw new RangeError(`Degrees of freedom start at 1, got ${freedom}`);
  const outside = (t: number) => incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
  let [low, high] = [0, 1];
  while (outside(high) > 1 - share) [low, high] = [high, 2 * high];
  for (let step = 0; step < 100 && high - low > 1e-13 * high; step++) {
    const middle = (low + high) / 2;
    if (outside(middle) > 1 - share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
