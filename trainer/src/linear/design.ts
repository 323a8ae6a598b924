import type { ImputerStatistic } from "../features/imputer.ts";

/** Rows of features and targets, row-major and shared between threads; NaN is a gap in the features. */
export interface Design {
  readonly rows: number;
  readonly columns: number;
  readonly outputs: number;
  /** [rows, columns]. */
  readonly x: Float64Array;
  /** [rows, outputs]. */
  readonly y: Float64Array;
  /** What gaps are filled with, over a training part; the mean unless given. */
  readonly fill?: ImputerStatistic;
}

/** Zeroed numbers in memory that every thread sees. */
export function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}

/** `values` in shared memory; the array itself where it already is. */
export function shared(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = sharedFloats(values.length);
  copy.set(values);
  return copy;
}

/** Columns with padding: kernels work on four at a time. */
export function paddedColumns(columns: number): number {
  return Math.ceil(columns / 4) * 4;
}
