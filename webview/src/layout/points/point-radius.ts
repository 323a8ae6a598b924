import type { Bounds } from "./equal-aspect.ts";

const SMALLEST = 1.2;
const LARGEST = 4.4;
/** Radius as a share of the mean distance between points that fill their bounds evenly. */
const SHARE = 0.25;

/**
 * Radius of a point in CSS pixels: larger where points are few, or where the reader looks closely.
 * All points count, shown or not, so that a filter never changes the size of what stays.
 */
export function pointRadius(
  count: number,
  { minX, maxX, minY, maxY }: Bounds,
  scale: number,
): number {
  const distance = scale * Math.sqrt(((maxX - minX) * (maxY - minY)) / Math.max(1, count));
  const radius = distance > 0 ? SHARE * distance : LARGEST;
  return Math.min(LARGEST, Math.max(SMALLEST, radius));
}
