import type { NearestRows } from "./nearest-rows.ts";

/** Weighted edges between rows, both directions of each, ordered by head. */
export interface FuzzyGraph {
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** Membership strengths, 0..1. */
  readonly weights: Float64Array;
}

const MAX_BISECTIONS = 64;
const TOLERANCE = 1e-5;
/** Place of an edge that does not exist. */
const NONE = -1;
/** The kernel's width is at least this share of the mean distance, or identical rows would have none. */
const MIN_WIDTH = 1e-3;

/**
 * Membership strengths of each row's neighbours: exp(−max(0, d − ρ)/σ), with ρ the distance to the
 * nearest neighbour that is not at 0, and σ such that Σ exp(−max(0, d − ρ)/σ) = log₂ `size`.
 *
 * `size` counts the row itself. σ is at least a thousandth of the mean distance: of the row's
 * neighbours where they differ from it, else of all.
 *
 * @see McInnes, Healy & Melville 2018, arXiv:1802.03426, algorithm 3.
 */
export function memberships(nearest: NearestRows, size: number): Float64Array {
  const { count, distances } = nearest;
  const strengths = new Float64Array(distances.length);
  const overall = mean(distances);
  for (let start = 0; start < distances.length; start += count) {
    const own = distances.subarray(start, start + count);
    const nearestOther = own.find((distance) => distance > 0) ?? 0;
    const least = MIN_WIDTH * (nearestOther > 0 ? mean(own) : overall);
    const width = Math.max(least, widthFor(own, nearestOther, Math.log2(size)));
    for (const [k, distance] of own.entries()) {
      strengths[start + k] = strength(distance - nearestOther, width);
    }
  }
  return strengths;
}

function strength(beyond: number, width: number): number {
  return beyond <= 0 || width === 0 ? 1 : Math.exp(-beyond / width);
}

/** σ with Σ exp(−max(0, d − ρ)/σ) = `wanted` to within 1e-5, by bisection. */
function widthFor(distances: Float64Array, nearest: number, wanted: number): number {
  let [low, high, width] = [0, Number.POSITIVE_INFINITY, 1];
  for (let round = 0; round < MAX_BISECTIONS; round += 1) {
    let sum = 0;
    for (const distance of distances) sum += strength(distance - nearest, width);
    if (Math.abs(sum - wanted) < TOLERANCE) break;
    if (sum > wanted) high = width;
    else low = width;
    width = high === Number.POSITIVE_INFINITY ? 2 * width : (low + high) / 2;
  }
  return width;
}

function mean(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The fuzzy union of the directed graphs, wᵢⱼ = pᵢⱼ + pⱼᵢ − pᵢⱼpⱼᵢ, both directions of each edge.
 *
 * @see McInnes, Healy & Melville 2018, arXiv:1802.03426, section 3.1.
 */
export function fuzzyUnion({ count, rows }: NearestRows, strengths: Float64Array): FuzzyGraph {
  const n = count === 0 ? 0 : rows.length / count;
  const returns = returnEdges(rows, n, count);
  const starts = edgeStarts(rows, n, returns);
  const total = starts[n] ?? 0;
  const heads = new Int32Array(total);
  const tails = new Int32Array(total);
  const weights = new Float64Array(total);
  const ends = starts.slice();
  const add = (head: number, tail: number, weight: number) => {
    const place = ends[head] ?? 0;
    ends[head] = place + 1;
    heads[place] = head;
    tails[place] = tail;
    weights[place] = weight;
  };
  for (let index = 0; index < rows.length; index += 1) {
    const [head, tail] = [Math.floor(index / count), rows[index] ?? 0];
    const there = strengths[index] ?? 0;
    const back = strengths[returns[index] ?? NONE] ?? 0;
    const weight = there + back - there * back;
    add(head, tail, weight);
    if (returns[index] === NONE) add(tail, head, weight);
  }
  return { heads, tails, weights };
}

/** Row i's edges start at [i]: those of its own list and those that come from another's only. */
function edgeStarts(rows: Int32Array, n: number, returns: Int32Array): Int32Array {
  const starts = new Int32Array(n + 1).fill(n === 0 ? 0 : rows.length / n);
  starts[0] = 0;
  for (const [index, tail] of rows.entries()) {
    if (returns[index] === NONE) starts[tail + 1] = (starts[tail + 1] ?? 0) + 1;
  }
  for (let row = 0; row < n; row += 1) {
    starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  }
  return starts;
}

/** For each place of the lists the place where its row lists the head in turn, or -1. */
function returnEdges(rows: Int32Array, n: number, count: number): Int32Array {
  const returns = new Int32Array(rows.length).fill(NONE);
  for (let head = 0; head < n; head += 1) {
    for (let index = head * count; index < (head + 1) * count; index += 1) {
      const tail = rows[index] ?? 0;
      for (let back = tail * count; back < (tail + 1) * count; back += 1) {
        if (rows[back] === head) returns[index] = back;
      }
    }
  }
  return returns;
}
