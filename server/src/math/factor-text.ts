import type { Factor } from "./proportion.ts";

/** A factor for a message: `2.000×`, or `1.000·m×` where it grows with the samples. */
export function factorText({ value, power }: Factor): string {
  const number = value.toFixed(3).replace("-", "−");
  if (power === 0) return `${number}×`;
  return power === 1 ? `${number}·m×` : `${number}/m×`;
}

/** λ divided by the ratio of the data factor to the penalty factor: the λ that really acts. */
export function effectiveLambda(lambda: string, ratio: Factor): string {
  const size = Math.abs(ratio.value);
  const sign = ratio.value < 0 ? "−" : "";
  const samples = { "-1": " · m", "0": "", "1": " / m" }[`${ratio.power}`];
  if (size === 1) return `${sign}${lambda}${samples}`;
  const isWhole = Number.isInteger(size);
  const scaled = isWhole
    ? `${lambda} / ${size}`
    : `${Number((1 / size).toPrecision(4))} · ${lambda}`;
  return `${sign}${scaled}${samples}`;
}
