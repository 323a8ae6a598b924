/** Points sorted into square cells, so that the nearest one is found without looking at all. */
export interface PointGrid {
  /** Index of the nearest point within `radius` of (x, y); −1 when there is none. */
  readonly nearest: (x: number, y: number, radius: number) => number;
}

/** `positions`: x0, y0, x1, y1, … in CSS pixels; points that are not finite are never found. */
export function pointGrid(positions: Float32Array, cell: number): PointGrid {
  const cells = new Map<string, number[]>();
  for (let index = 0; index * 2 + 1 < positions.length; index++) {
    const x = positions[index * 2] ?? Number.NaN;
    const y = positions[index * 2 + 1] ?? Number.NaN;
    if (!Number.isFinite(x + y)) continue;
    const key = `${Math.floor(x / cell)},${Math.floor(y / cell)}`;
    const members = cells.get(key);
    if (members === undefined) cells.set(key, [index]);
    else members.push(index);
  }
  return {
    nearest: (x, y, radius) =>
      nearestOf(candidates(cells, cell, x, y, radius), positions, { x, y, radius }),
  };
}

function candidates(
  cells: ReadonlyMap<string, readonly number[]>,
  cell: number,
  x: number,
  y: number,
  radius: number,
): number[] {
  const found: number[] = [];
  for (let column = Math.floor((x - radius) / cell); column * cell <= x + radius; column++) {
    for (let row = Math.floor((y - radius) / cell); row * cell <= y + radius; row++) {
      found.push(...(cells.get(`${column},${row}`) ?? []));
    }
  }
  return found;
}

function nearestOf(
  indices: readonly number[],
  positions: Float32Array,
  { x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number },
): number {
  let best = -1;
  let bestDistance = radius;
  for (const index of indices) {
    const dx = (positions[index * 2] ?? 0) - x;
    const dy = (positions[index * 2 + 1] ?? 0) - y;
    const distance = Math.hypot(dx, dy);
    if (distance <= bestDistance) {
      best = index;
      bestDistance = distance;
    }
  }
  return best;
}
