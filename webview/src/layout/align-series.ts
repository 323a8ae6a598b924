export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Of a long curve: those of the points that can be read off, one for each pixel. */
  readonly read?: Points;
  /** Points that were measured, where not all of them are here. */
  readonly total?: number;
}

/** The points whose values may be told; on a long curve the others only draw its extremes. */
export function readable(points: Points): Points {
  return points.read ?? points;
}

/** A cell of an aligned column: `undefined` was not measured there, `null` was not finite. */
export type AlignedCell = number | null | undefined;

export interface AlignedColumns {
  readonly x: Float64Array;
  readonly columns: readonly (readonly AlignedCell[])[];
}

/**
 * Brings series with their own ascending `x` onto the union of all of them.
 *
 * A drawing may bridge an `undefined` cell, never a `null` one.
 */
export function alignSeries(series: readonly Points[]): AlignedColumns {
  const x = unionOf(series.map((points) => points.x));
  return { x, columns: series.map((points) => columnOf(points, x)) };
}

function unionOf(axes: readonly Float64Array[]): Float64Array {
  const first = axes[0] ?? new Float64Array();
  if (axes.every((axis) => axis === first || isSame(axis, first))) return first;
  const length = axes.reduce((sum, axis) => sum + axis.length, 0);
  const all = new Float64Array(length);
  let offset = 0;
  for (const axis of axes) {
    all.set(axis, offset);
    offset += axis.length;
  }
  all.sort();
  return all.filter((value, index) => index === 0 || value !== all[index - 1]);
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function columnOf({ x: own, y }: Points, x: Float64Array): readonly AlignedCell[] {
  const column = new Array<AlignedCell>(x.length).fill(undefined);
  let position = 0;
  for (const [index, at] of own.entries()) {
    while (position < x.length && (x[position] ?? 0) < at) position++;
    const value = y[index] ?? Number.NaN;
    if (x[position] === at) column[position] = Number.isFinite(value) ? value : null;
  }
  return column;
}
