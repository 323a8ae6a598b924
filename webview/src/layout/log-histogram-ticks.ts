import { formatLogTick } from "./axis-format.ts";

/** A label under a logarithmic histogram, 0 at its left and 1 at its right end. */
export interface LogTick {
  readonly place: number;
  readonly text: string;
}

/**
 * Powers of ten under bins of equal width, or their multiples by 1, 2 and 5 where there are too few;
 * at most `most` of them, as many below zero as above. Bins run from −max over one bin about zero to
 * +max.
 */
export function logTicks(edges: readonly number[], most: number): LogTick[] {
  const bins = edges.length - 1;
  const positive = edges.slice((bins + 1) / 2);
  const [low = Number.NaN] = positive;
  const high = positive.at(-1) ?? Number.NaN;
  if (!(high > low)) return [];
  const tens = multiples([1], low, high);
  const values = tens.length > 1 ? tens : multiples([1, 2, 5], low, high);
  const stride = Math.max(1, Math.ceil((2 * values.length) / most));
  return values
    .filter((_, index) => index % stride === 0)
    .flatMap((value) => {
      const place = ((bins + 1) / 2 + placeAmong(positive, value)) / bins;
      const text = formatLogTick(value);
      return [
        { place, text },
        { place: 1 - place, text: `−${text}` },
      ];
    });
}

/** Powers of ten from `low` to `high`, times each of the factors, largest first. */
function multiples(factors: readonly number[], low: number, high: number): number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.floor(Math.log10(high))];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
    .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
    .filter((value) => value >= low && value <= high)
    .reverse();
}

/** Bins before `value`, the one that holds it in part. */
function placeAmong(edges: readonly number[], value: number): number {
  const at = Math.max(
    0,
    edges.findLastIndex((edge) => edge <= value),
  );
  const [from = value, to = from] = edges.slice(at, at + 2);
  return to > from ? at + Math.log(value / from) / Math.log(to / from) : at;
}
