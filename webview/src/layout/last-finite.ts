import type { Points } from "./align-series.ts";

/** The last value that is a number; `undefined` when there is none. */
export function lastFinite({ y }: Points): number | undefined {
  for (let index = y.length - 1; index >= 0; index--) {
    const value = y[index];
    if (value !== undefined && Number.isFinite(value)) return value;
  }
  return undefined;
}
