import { createMeasureKernels } from "../kernels/kernels.ts";
import type { SimilarityCurve } from "./curve.ts";
import type { FuzzyGraph } from "./membership.ts";

/** Places of rows in the plane that move epoch by epoch. */
export interface Layout {
  readonly epoch: number;
  /** x0, y0, x1, y1, … as they are now; good until the next epoch. */
  readonly points: Float32Array;
  /** Runs one epoch; true once all have run. */
  step(): boolean;
}

export interface LayoutOptions {
  readonly curve: SimilarityCurve;
  readonly epochs: number;
  readonly seed: number;
}

/** Rows that a head is pushed away from, each time that it is pulled. */
const NEGATIVES = 5;
/** Keeps the push of two points that are almost at one place finite. */
const PUSH_EPSILON = 0.001;
/** The tables' entries: 64 for each of 40 powers of two from 2⁻²⁴ on, and one behind. */
const ENTRIES_A_POWER = 64;
const FIRST_POWER = -24;
const POWERS = 40;
const ENTRIES = ENTRIES_A_POWER * POWERS + 1;

/**
 * Stochastic gradient descent of the cross-entropy between the graph and the similarities
 * 1/(1 + a·d^2b) of points in the plane, from `start` on.
 *
 * An edge is drawn in proportion to its weight, the heaviest in every epoch; each time five rows drawn
 * at random push its head away. The learning rate falls from 1 to 0. Equal input and seed give equal
 * places. Factors come from tables that are linear between 64 entries for each power of two of the
 * squared distance.
 *
 * @see McInnes, Healy & Melville 2018, arXiv:1802.03426, algorithm 5 and section 3.2.
 */
export function createLayout(
  graph: FuzzyGraph,
  start: Float32Array,
  { curve, epochs, seed }: LayoutOptions,
): Layout {
  const kernels = createMeasureKernels();
  const rows = start.length / 2;
  const drawn = drawnEdges(graph, epochs);
  const at = {
    edges: kernels.words(drawn.length / 4),
    points: kernels.words(2 * rows),
    tables: kernels.words(2 * ENTRIES),
    random: kernels.words(2),
  };
  kernels.bytes(at.edges, drawn.length).set(drawn);
  kernels.floats(at.points, 2 * rows).set(start);
  kernels.floats(at.tables, 2 * ENTRIES).set(factorTables(curve));
  kernels.integers(at.random, 2).set([seed, 1]);
  let epoch = 0;
  return {
    get epoch() {
      return epoch;
    },
    get points() {
      return kernels.floats(at.points, 2 * rows);
    },
    step() {
      if (epoch < epochs) {
        const rate = 1 - epoch / epochs;
        const { edges, points, tables, random } = at;
        const count = drawn.length / 16;
        kernels.moveEpoch(edges, count, points, rows, tables, epoch, rate, NEGATIVES, random);
        epoch += 1;
      }
      return epoch >= epochs;
    },
  };
}

/** Head, tail, epochs between two draws and epoch of the next, of all edges that are drawn at all. */
function drawnEdges({ heads, tails, weights }: FuzzyGraph, epochs: number): Uint8Array {
  let heaviest = 0;
  for (const weight of weights) heaviest = Math.max(heaviest, weight);
  const integers = new Int32Array(4 * weights.length);
  const floats = new Float32Array(integers.buffer);
  let place = 0;
  for (const [edge, weight] of weights.entries()) {
    const period = heaviest / weight;
    if (!(period <= epochs)) continue;
    integers[place] = heads[edge] ?? 0;
    integers[place + 1] = tails[edge] ?? 0;
    floats[place + 2] = period;
    floats[place + 3] = period;
    place += 4;
  }
  return new Uint8Array(integers.buffer, 0, 4 * place);
}

/**
 * By squared distance s: −2ab·s^(b−1)/(1 + a·s^b), by which the difference of two points is multiplied
 * in a pull, then 2b/((0.001 + s)(1 + a·s^b)), in a push.
 */
function factorTables({ a, b }: SimilarityCurve): Float32Array {
  const tables = new Float32Array(2 * ENTRIES);
  for (let entry = 0; entry < ENTRIES; entry += 1) {
    const part = (entry % ENTRIES_A_POWER) / ENTRIES_A_POWER;
    const squared = 2 ** (FIRST_POWER + Math.floor(entry / ENTRIES_A_POWER)) * (1 + part);
    const similarity = 1 / (1 + a * squared ** b);
    tables[entry] = -2 * a * b * squared ** (b - 1) * similarity;
    tables[ENTRIES + entry] = ((2 * b) / (PUSH_EPSILON + squared)) * similarity;
  }
  return tables;
}
