import { createMeasureKernels, type MeasureKernels } from "./kernels/kernels.ts";
import { columnPairs, PANEL_ROWS, writeShortRow } from "./kernels/short-row.ts";
import { type Matrix, rowDot } from "./matrix.ts";
import { rowClasses } from "./row-classes.ts";

/** Panels of queries that are compared with all targets at a time. */
const BLOCK = 4;
/** Rounding of a few operations in binary32, relative to the largest value; generous. */
const SINGLE_ROUNDING = 2 ** -19;
/** Rounding of a sum in binary64 for each of its terms. */
const DOUBLE_ROUNDING = 2 ** -50;

/** Ranks of each row's partner: of x's rows among z's, and of z's rows among x's. */
export type PairRanks = readonly [Float64Array, Float64Array];

/**
 * 1 + #{j: sᵢⱼ > sᵢᵢ} + ½·#{j ≠ i: sᵢⱼ = sᵢᵢ} with sᵢⱼ = xᵢ·zⱼ in binary64, and the same for z's rows.
 *
 * `x` and `z` are finite and of one shape [n, d]. All n² products are taken from rows rounded to 16-bit
 * integers, after their mean, which moves all products of a row alike, has been subtracted. Where the
 * bound of their error leaves open which of two products is larger, both are taken from the rows
 * themselves: the ranks are exact. No more than a block of products is held at a time. `tell` hears now
 * and then which share of the work is done, 0..1.
 */
export function partnerRanks(
  x: Matrix,
  z: Matrix,
  tell: (share: number) => void = () => undefined,
): PairRanks {
  const { kernels, sides, counts, doubts, panels } = prepare(x, z);
  const ranks: PairRanks = [new Float64Array(x.rows).fill(1), new Float64Array(x.rows).fill(1)];
  const beyond = beyondPartner(x, z);
  for (let from = 0; from < panels; from += BLOCK) {
    tell(from / panels);
    const found = kernels.countNearer(sides, from, Math.min(panels, from + BLOCK), doubts);
    const pairs = kernels.integers(doubts, 2 * found);
    for (let index = 0; index < pairs.length; index += 2) {
      const place = pairs[index] ?? 0;
      const [query, target, side] = [place >> 1, pairs[index + 1] ?? 0, place & 1];
      if (query === target) continue;
      if (side === 0) raise(ranks[0], query, beyond.ofQuery(query, target));
      else raise(ranks[1], target, beyond.ofTarget(query, target));
    }
  }
  addCounts(ranks[0], kernels.integers(counts[0], x.rows));
  addCounts(ranks[1], kernels.integers(counts[1], x.rows));
  return ranks;
}

/** How far xᵢ·zⱼ is beyond xᵢ·zᵢ, and beyond xⱼ·zⱼ, in binary64. */
function beyondPartner(x: Matrix, z: Matrix) {
  const own = Float64Array.from({ length: x.rows }, (_, row) => rowDot(x, row, z, row));
  // Where all rows are equal all pairs are doubts, whose products need not be taken.
  const [left, right] = [rowClasses(x), rowClasses(z)];
  return {
    ofQuery: (i: number, j: number) =>
      right[i] === right[j] ? 0 : rowDot(x, i, z, j) - (own[i] ?? 0),
    ofTarget: (i: number, j: number) =>
      left[i] === left[j] ? 0 : rowDot(x, i, z, j) - (own[j] ?? 0),
  };
}

/** Counts another row by how far its product is beyond the partner's. */
function raise(ranks: Float64Array, row: number, beyond: number): void {
  if (beyond >= 0) ranks[row] = (ranks[row] ?? 0) + (beyond > 0 ? 1 : 0.5);
}

function addCounts(ranks: Float64Array, counts: Int32Array): void {
  for (const [row, count] of counts.entries()) ranks[row] = (ranks[row] ?? 0) + count;
}

/** Rows of one side minus their mean, as the kernel takes them. */
interface Side {
  readonly centred: Matrix & { readonly data: Float64Array };
  /** x̄·z'ⱼ: what the centring of the other side takes from each product. */
  readonly shifts: Float64Array;
  readonly longest: number;
}

function prepare(x: Matrix, z: Matrix) {
  const kernels = createMeasureKernels();
  const pairs = columnPairs(x.columns);
  const panels = Math.ceil(x.rows / PANEL_ROWS);
  const padded = panels * PANEL_ROWS;
  const both = [sideOf(x, columnMeans(z)), sideOf(z, columnMeans(x))] as const;
  const rooms = both.map(() => [
    kernels.words(padded * pairs),
    ...Array.from({ length: 5 }, () => kernels.words(padded)),
  ]);
  const doubts = kernels.words(2 * 2 * BLOCK * PANEL_ROWS * padded);
  const sides = kernels.words(14);
  kernels.integers(sides, 14).set([...rooms.flat(), pairs, panels]);
  const [queries = [], targets = []] = rooms;
  fillSide(kernels, queries, both);
  fillSide(kernels, targets, [both[1], both[0]]);
  return { kernels, sides, counts: [queries[5] ?? 0, targets[5] ?? 0] as const, doubts, panels };
}

function sideOf(rows: Matrix, otherMean: Float64Array): Side {
  const { columns } = rows;
  const mean = columnMeans(rows);
  const data = new Float64Array(rows.data.length);
  for (let start = 0; start < data.length; start += columns) {
    for (let k = 0; k < columns; k += 1) {
      data[start + k] = (rows.data[start + k] ?? 0) - (mean[k] ?? 0);
    }
  }
  const centred = { ...rows, data };
  const other = { rows: 1, columns, data: otherMean };
  const shifts = new Float64Array(rows.rows);
  let longest = 0;
  for (let row = 0; row < rows.rows; row += 1) {
    shifts[row] = rowDot(centred, row, other, 0);
    longest = Math.max(longest, Math.sqrt(rowDot(centred, row, centred, row)));
  }
  return { centred, shifts, longest };
}

/** Writes the `side` that is ranked by, or ranks, the `other`; `room` are the kernel's six addresses. */
function fillSide(
  kernels: MeasureKernels,
  room: readonly number[],
  [side, other]: readonly [Side, Side],
): void {
  const [panels = 0, steps = 0, errors = 0, shifts = 0, own = 0] = room;
  const { rows, columns, data } = side.centred;
  const padded = Math.ceil(rows / PANEL_ROWS) * PANEL_ROWS;
  const shorts = kernels.shorts(panels, 2 * padded * columnPairs(columns));
  const rowSteps = kernels.floats(steps, padded).fill(Number.NaN);
  const rowErrors = kernels.floats(errors, padded);
  const rowOwn = kernels.floats(own, padded);
  kernels.floats(shifts, padded).set(side.shifts);

  const farthestShift = Math.max(largestOf(side.shifts), largestOf(other.shifts));
  const largest = side.longest * other.longest + farthestShift;
  const rounding = SINGLE_ROUNDING * largest + DOUBLE_ROUNDING * (columns + PANEL_ROWS);
  for (let row = 0; row < rows; row += 1) {
    const values = data.subarray(row * columns, (row + 1) * columns);
    const { step, error } = writeShortRow(values, row, shorts);
    rowSteps[row] = step;
    // The other row may be longer by its own error, of which a hundredth is far more than there is.
    rowErrors[row] = 1.01 * error * other.longest + rounding;
    rowOwn[row] = rowDot(side.centred, row, other.centred, row) + (other.shifts[row] ?? 0);
  }
}

function largestOf(values: Float64Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

function columnMeans({ rows, columns, data }: Matrix): Float64Array {
  const means = new Float64Array(columns);
  for (let start = 0; start < data.length; start += columns) {
    for (let k = 0; k < columns; k += 1) means[k] = (means[k] ?? 0) + (data[start + k] ?? 0);
  }
  return means.map((sum) => sum / rows);
}
