/** Positions of axis ticks. Every function returns ascending values inside [min, max]. */

const NICE_STEPS = [1, 2, 2.5, 5, 10] as const;
const DURATION_STEPS = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600,
  43_200, 86_400, 172_800, 604_800,
] as const;

/** Smallest step of 1, 2, 2.5 or 5 times a power of ten that gives at most `maxCount` ticks. */
function niceStep(min: number, max: number, maxCount: number): number {
  const rough = (max - min) / Math.max(1, maxCount);
  if (!Number.isFinite(rough) || rough <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = NICE_STEPS.find((step) => step * power >= rough * (1 - 1e-9)) ?? 10;
  return nice * power;
}

/** Multiples of `step` in [min, max], free of the drift that repeated addition has. */
function multiples(min: number, max: number, step: number): number[] {
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  const decimals = Math.max(0, Math.ceil(-Math.log10(step)) + 2);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toFixed(Math.min(100, decimals))),
  );
}

export function niceTicks(min: number, max: number, maxCount: number): number[] {
  if (!(max > min)) return Number.isFinite(min) ? [min] : [];
  return multiples(min, max, niceStep(min, max, maxCount));
}

/** Ticks of an axis that counts something whole: never closer than one. */
export function integerTicks(min: number, max: number, maxCount: number): number[] {
  if (!(max > min)) return Number.isFinite(min) ? [min] : [];
  const step = niceStep(min, max, maxCount);
  return multiples(min, max, Number.isInteger(step) ? step : Math.max(1, Math.ceil(step)));
}

/** Seconds at steps a clock uses: 1, 2, 5, 15, 30 s, 1, 2, 5, 10 min, 1, 2, 4 h, … */
export function durationTicks(min: number, max: number, maxCount: number): number[] {
  if (!(max > min)) return Number.isFinite(min) ? [min] : [];
  const rough = (max - min) / Math.max(1, maxCount);
  const step =
    DURATION_STEPS.find((candidate) => candidate >= rough) ?? niceStep(min, max, maxCount);
  return multiples(min, max, step);
}

/**
 * Powers of ten in [min, max]; thinned when there are more than `maxCount`, filled up with 2 and 5
 * times a power where fewer than two powers fall inside.
 */
export function logTicks(min: number, max: number, maxCount: number): number[] {
  if (!(min > 0) || !(max >= min) || !Number.isFinite(max)) return [];
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  const isInside = (value: number): boolean =>
    value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9);
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const whole = powers.map((power) => 10 ** power).filter(isInside);
  if (whole.length < 2) {
    const fine = powers.flatMap((power) => [1, 2, 5].map((factor) => factor * 10 ** power));
    const inside = fine.filter(isInside);
    return inside.length > 0 ? inside : niceTicks(min, max, maxCount).filter(isInside);
  }
  const stride = Math.ceil(whole.length / Math.max(1, maxCount));
  return whole.filter((_, index) => index % stride === 0);
}

/** Decimals that tell neighbouring ticks apart: 0.2 needs one, 0.25 two, 500 none. */
export function tickDecimals(ticks: readonly number[]): number {
  for (let digits = 0; digits < 12; digits++) {
    const scale = 10 ** digits;
    const isExact = ticks.every(
      (tick) => Math.abs(Math.round(tick * scale) - tick * scale) < 1e-6 * Math.max(1, scale / 1e6),
    );
    if (isExact) return digits;
  }
  return 12;
}
