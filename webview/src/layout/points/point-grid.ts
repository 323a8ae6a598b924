import type { Bounds } from "./equal-aspect.ts";

/** Points sorted into square cells, so that the nearest one is found without looking at all. */
export interface PointGrid {
  /** Index of the nearest point within `radius` of (x, y) that is accepted; −1 when there is none. */
  readonly nearest: (
    at: { readonly x: number; readonly y: number; readonly radius: number },
    accepts: (index: number) => boolean,
  ) => number;
}

/** Points in a cell, on average, were they spread evenly. */
const POINTS_IN_CELL = 4;
const MOST_CELLS_ACROSS = 1024;

/** `xy`: x0, y0, x1, y1, …, all within `bounds`; points that are not finite are never found. */
export function pointGrid(xy: Float32Array, bounds: Bounds): PointGrid {
  const count = xy.length >> 1;
  const width = bounds.maxX - bounds.minX;
  const height = bounds.maxY - bounds.minY;
  const wanted = Math.sqrt((width * height * POINTS_IN_CELL) / Math.max(1, count));
  const cell = Math.max(wanted, width / MOST_CELLS_ACROSS, height / MOST_CELLS_ACROSS) || 1;
  const [columns, lines] = [Math.floor(width / cell) + 1, Math.floor(height / cell) + 1];
  const columnOf = (x: number): number => Math.floor((x - bounds.minX) / cell);
  const lineOf = (y: number): number => Math.floor((y - bounds.minY) / cell);
  const cellOf = (index: number): number => {
    const [x, y] = [xy[index * 2] ?? Number.NaN, xy[index * 2 + 1] ?? Number.NaN];
    return Number.isFinite(x + y) ? lineOf(y) * columns + columnOf(x) : columns * lines;
  };
  // Sorted by counting; those that are nowhere come last, in a cell that no search visits.
  const starts = new Int32Array(columns * lines + 2);
  for (let index = 0; index < count; index++) {
    const own = cellOf(index) + 1;
    starts[own] = (starts[own] ?? 0) + 1;
  }
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const next = starts.slice();
  const members = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    const own = cellOf(index);
    members[next[own] ?? 0] = index;
    next[own] = (next[own] ?? 0) + 1;
  }
  return {
    nearest({ x, y, radius }, accepts) {
      let best = -1;
      let bestDistance = radius;
      const [left, right] = [columnOf(x - radius), columnOf(x + radius)];
      const [low, high] = [lineOf(y - radius), lineOf(y + radius)];
      for (let line = Math.max(0, low); line <= Math.min(lines - 1, high); line++) {
        const from = starts[line * columns + Math.max(0, left)] ?? 0;
        const to = starts[line * columns + Math.min(columns - 1, right) + 1] ?? 0;
        for (let at = from; at < to; at++) {
          const index = members[at] ?? 0;
          const distance = Math.hypot((xy[index * 2] ?? 0) - x, (xy[index * 2 + 1] ?? 0) - y);
          if (distance <= bestDistance && accepts(index)) {
            best = index;
            bestDistance = distance;
          }
        }
      }
      return best;
    },
  };
}
