import { createMeasureKernels } from "../kernels/kernels.ts";
import { columnPairs, PANEL_ROWS, writeShortRow } from "../kernels/short-row.ts";
import type { Matrix } from "../matrix.ts";
import { spreadRows } from "../unit-rows.ts";

/** The nearest rows of every row, and how far they are. */
export interface NearestRows {
  /** Neighbours a row has. */
  readonly count: number;
  /** [rows, count], nearest first; the row itself is not among them. */
  readonly rows: Int32Array;
  /** Euclidean distances in the same order. */
  readonly distances: Float64Array;
}

/** Work that is done piece by piece. */
export interface NearestRowsSearch {
  /** Share of the pairs that have been compared, 0..1. */
  readonly progress: number;
  /** Compares some more; true once all are done. */
  step(): boolean;
  /** What has been found; complete once all is done. */
  readonly found: NearestRows;
}

/** Candidates beyond those wanted, which make up for the rounding of the search. */
const SPARE = 8;
/** Panels that are compared with all others at a time: their rows stay in the second-level cache. */
const BLOCK = 12;
/** Rows of which a median is the middle of the rows. */
const MEDIAN_ROWS = 65;

/**
 * The `count` nearest rows of each row by Euclidean distance, exactly: every pair is compared.
 *
 * Shape [n, d], finite; `count` is at most n − 1. The search compares rows that are rounded to 16-bit
 * integers, whose squared distances are off by about 1e-5 of the rows' from their middle, and keeps
 * eight candidates more than are wanted; the candidates' distances are then taken from the rows
 * themselves. Equal distances are ordered by row. Takes n²d/2 multiplications.
 */
export function searchNearestRows(x: Matrix, count: number): NearestRowsSearch {
  const candidates = Math.min(count + SPARE, x.rows - 1);
  const panels = Math.ceil(x.rows / PANEL_ROWS);
  const { kernels, search, listed } = prepare(x, candidates);
  const found = {
    count,
    rows: new Int32Array(x.rows * count),
    distances: new Float64Array(x.rows * count),
  };
  let done = 0;
  return {
    get progress() {
      // A panel is compared with itself and those behind it.
      return panels === 0
        ? 1
        : 1 - ((panels - done) * (panels - done + 1)) / (panels * (panels + 1));
    },
    step() {
      if (count === 0 || done === panels) return true;
      const from = done;
      done = Math.min(panels, from + BLOCK);
      kernels.findNeighbours(search, from, done, panels);
      // Rows of this block have now met those before them, too: their candidates are final.
      const lists = kernels.integers(listed, x.rows * candidates);
      for (let row = from * PANEL_ROWS; row < Math.min(x.rows, done * PANEL_ROWS); row += 1) {
        measure(x, row, lists.subarray(row * candidates, (row + 1) * candidates), found);
      }
      return done === panels;
    },
    found,
  };
}

function prepare(x: Matrix, candidates: number) {
  const kernels = createMeasureKernels();
  const pairs = columnPairs(x.columns);
  const panels = Math.ceil(x.rows / PANEL_ROWS);
  const padded = panels * PANEL_ROWS;
  const at = {
    panels: kernels.words(padded * pairs),
    lengths: kernels.words(padded),
    steps: kernels.words(padded),
    rows: kernels.words(padded * candidates),
    distances: kernels.words(padded * candidates),
    farthest: kernels.words(padded),
  };
  const search = kernels.words(8);
  kernels
    .integers(search, 8)
    .set([at.panels, pairs, at.lengths, at.steps, candidates, at.rows, at.distances, at.farthest]);

  kernels.floats(at.distances, padded * candidates).fill(Number.POSITIVE_INFINITY);
  kernels.floats(at.farthest, padded).fill(Number.POSITIVE_INFINITY);
  // Rows of padding are infinitely far from every row.
  const lengths = kernels.floats(at.lengths, padded).fill(Number.POSITIVE_INFINITY);
  const steps = kernels.floats(at.steps, padded);
  const shorts = kernels.shorts(at.panels, 2 * padded * pairs);
  for (const [row, values] of centredRows(x)) {
    steps[row] = writeShortRow(values, row, shorts).step;
    lengths[row] = values.reduce((sum, value) => sum + value * value, 0);
  }
  return { kernels, search, listed: at.rows };
}

/** Each row minus a middle of all, over the largest magnitude, in one and the same array. */
function* centredRows(x: Matrix): Generator<readonly [number, Float64Array]> {
  const { rows, columns, data } = x;
  let largest = 0;
  for (let index = 0; index < data.length; index += 1) {
    largest = Math.max(largest, Math.abs(data[index] ?? 0));
  }
  const scale = largest === 0 ? 1 : 1 / largest;
  const middle = columnMedians(x);
  const values = new Float64Array(columns);
  for (let row = 0; row < rows; row += 1) {
    for (let k = 0; k < columns; k += 1) {
      values[k] = (data[row * columns + k] ?? 0) * scale - (middle[k] ?? 0) * scale;
    }
    yield [row, values];
  }
}

/** Median of each column in an even choice of rows: unlike the mean it stays among most of them. */
function columnMedians({ rows, columns, data }: Matrix): Float64Array {
  const chosen = spreadRows(rows, MEDIAN_ROWS);
  const column = new Float64Array(chosen.length);
  return Float64Array.from({ length: columns }, (_, k) => {
    for (const [index, row] of chosen.entries()) column[index] = data[row * columns + k] ?? 0;
    return column.sort()[chosen.length >> 1] ?? 0;
  });
}

/** The nearest of a row's candidates by ‖xᵢ − xⱼ‖ in binary64. */
function measure(x: Matrix, row: number, candidates: Int32Array, found: NearestRows): void {
  const { count, rows, distances } = found;
  const nearest = Array.from(candidates, (other) => {
    return { other, distance: distanceBetween(x, row, other) };
  })
    .sort((a, b) => a.distance - b.distance || a.other - b.other)
    .slice(0, count);
  for (const [k, { other, distance }] of nearest.entries()) {
    rows[row * count + k] = other;
    distances[row * count + k] = distance;
  }
}

function distanceBetween({ columns, data }: Matrix, i: number, j: number): number {
  let sum = 0;
  for (let k = 0, a = i * columns, b = j * columns; k < columns; k += 1, a += 1, b += 1) {
    const difference = (data[a] ?? 0) - (data[b] ?? 0);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
