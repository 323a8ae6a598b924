import { type Design, paddedColumns, sharedFloats } from "./design.ts";
import type { Address, Kernels } from "./solver/kernels.ts";

/** Rows that the kernels take at a time. */
const BLOCK_ROWS = 256;

/**
 * First and second moments of some rows about a common point, from which penalised least squares on
 * these rows, on others without them, or on both, need no look at the rows any more.
 *
 * `ld` is the number of columns with padding. All arrays are shared between threads.
 */
export interface Moments {
  readonly rows: number;
  /** Σx [ld]. */
  readonly sum: Float64Array;
  /** Σy [outputs]. */
  readonly sumY: Float64Array;
  /** Σy² [outputs]. */
  readonly squareY: Float64Array;
  /** Σyx [outputs, ld]. */
  readonly cross: Float64Array;
  /** Σxxᵀ [ld, ld]; only the half above the diagonal and the diagonal are meant. */
  readonly gram: Float64Array;
}

/** The point about which moments are taken: near the mean, so that nothing cancels later. */
export interface Shift {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A share of the moments of `rows`: those panels of four columns `first` … `last`-1. */
export interface MomentsRequest {
  readonly type: "moments";
  readonly design: Design;
  readonly rows: Int32Array;
  readonly shift: Shift;
  readonly first: number;
  readonly last: number;
  readonly into: Moments;
}

/** Room for the moments of `rows` rows. */
export function emptyMoments({ columns, outputs }: Design, rows: number): Moments {
  const ld = paddedColumns(columns);
  return {
    rows,
    sum: sharedFloats(ld),
    sumY: sharedFloats(outputs),
    squareY: sharedFloats(outputs),
    cross: sharedFloats(outputs * ld),
    gram: sharedFloats(ld * ld),
  };
}

/** Column means of features and targets over `rows`; zeros for no rows. */
export function meansOf(design: Design, rows: Int32Array): Shift {
  const { x, y, columns, outputs } = design;
  const means = { x: sharedFloats(columns), y: sharedFloats(outputs) };
  for (const row of rows) {
    for (let j = 0; j < columns; j++) means.x[j] = (means.x[j] ?? 0) + (x[row * columns + j] ?? 0);
    for (let k = 0; k < outputs; k++) means.y[k] = (means.y[k] ?? 0) + (y[row * outputs + k] ?? 0);
  }
  const count = Math.max(1, rows.length);
  for (let j = 0; j < columns; j++) means.x[j] = (means.x[j] ?? 0) / count;
  for (let k = 0; k < outputs; k++) means.y[k] = (means.y[k] ?? 0) / count;
  return means;
}

/**
 * Fills a share of `into`. The sums come with the first panel. Every entry is summed over the rows in
 * their order, however the panels are shared out, so results do not depend on the number of threads.
 */
export function fillMoments(kernels: Kernels, request: MomentsRequest): void {
  const { design, rows, first, last, into } = request;
  const ld = paddedColumns(design.columns);
  kernels.reset();
  const block = kernels.numbers(BLOCK_ROWS * ld);
  const pack = kernels.numbers(BLOCK_ROWS * ld);
  const height = (last - first) * 4;
  const gram = kernels.numbers(height * ld);
  // The kernel addresses rows of the whole matrix; only those from `first` on are there.
  const origin = gram - first * 4 * ld * 8;
  for (let start = 0; start < rows.length; start += BLOCK_ROWS) {
    const some = rows.subarray(start, start + BLOCK_ROWS);
    gatherRows(kernels.floats(block, some.length * ld), request, some, ld);
    if (first === 0) addSums(kernels, block, request, some);
    kernels.packPanels(block, some.length, ld, pack);
    kernels.gramPanels(pack, some.length, ld, origin, first, last);
  }
  into.gram.set(kernels.floats(gram, height * ld), first * 4 * ld);
}

/** Copies rows about the shift. */
function gatherRows(
  target: Float64Array,
  { design, shift }: MomentsRequest,
  rows: Int32Array,
  ld: number,
): void {
  const { x, columns } = design;
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? 0) * columns;
    const to = i * ld;
    for (let j = 0; j < columns; j++) target[to + j] = (x[from + j] ?? 0) - (shift.x[j] ?? 0);
  }
}

function addSums(
  kernels: Kernels,
  block: Address,
  { design, shift, into }: MomentsRequest,
  rows: Int32Array,
): void {
  const { columns, outputs, y } = design;
  const ld = paddedColumns(columns);
  const x = kernels.floats(block, rows.length * ld);
  for (let i = 0; i < rows.length; i++) {
    const row = x.subarray(i * ld, i * ld + columns);
    addScaled(into.sum, row, 1);
    for (let k = 0; k < outputs; k++) {
      const target = (y[(rows[i] ?? 0) * outputs + k] ?? 0) - (shift.y[k] ?? 0);
      into.sumY[k] = (into.sumY[k] ?? 0) + target;
      into.squareY[k] = (into.squareY[k] ?? 0) + target * target;
      addScaled(into.cross.subarray(k * ld), row, target);
    }
  }
}

/** into += factor·row. */
function addScaled(into: Float64Array, row: Float64Array, factor: number): void {
  for (let j = 0; j < row.length; j++) into[j] = (into[j] ?? 0) + factor * (row[j] ?? 0);
}
