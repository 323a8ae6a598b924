import type { Matrix } from "../matrix.ts";
import { pca } from "../pca.ts";
import { finiteRows, selectRows, unitRows } from "../unit-rows.ts";
import { fitSimilarityCurve } from "./curve.ts";
import { createLayout, type Layout } from "./layout.ts";
import { fuzzyUnion, memberships } from "./membership.ts";
import { type NearestRows, type NearestRowsSearch, searchNearestRows } from "./nearest-rows.ts";

export interface UmapOptions {
  /** "cosine" is 1 − cos. */
  readonly metric: "euclidean" | "cosine";
  /** Size of a row's neighbourhood, the row itself included; 15 unless told. */
  readonly neighbours?: number;
  /** Distance up to which points of the plane count as one, for a spread of 1; 0.1 unless told. */
  readonly minDistance?: number;
  /** Unless told 500 for up to 10,000 rows, else 200. */
  readonly epochs?: number;
  /** 0 unless told. */
  readonly seed?: number;
}

/** A projection that is refined piece by piece. */
export interface Umap {
  /** Share of the work that is done, 0..1. */
  readonly progress: number;
  /** Does a piece of the work: for 10,000 rows mostly below 20 ms. True once all is done. */
  step(): boolean;
  /** x0, y0, x1, y1, … of all rows as they are now; NaN for a row that was left out. */
  positions(): Float32Array;
}

const NEIGHBOURS = 15;
const MIN_DISTANCE = 0.1;
const SPREAD = 1;
const FEW_ROWS = 10_000;
const EPOCHS_FOR_FEW = 500;
const EPOCHS_FOR_MANY = 200;
/** Largest coordinate of the start, and how far points at one place are parted. */
const START_REACH = 5;
const START_NOISE = 1e-4;
/** Time of a pair's column in the search beside that of an edge in an epoch, for the progress. */
const PAIR_COST = 0.0003;

/**
 * Uniform manifold approximation and projection of rows to the plane.
 *
 * Shape [n, d]. A row that holds NaN or ±∞, or with the cosine has no direction, is left out. The
 * nearest rows are found exactly; the layout starts from the two main axes, which are the positions
 * until the first epoch. With no more rows than `neighbours` each is a neighbour of all; a single row
 * lies at 0, and identical rows lie close together. Equal input and seed give equal positions.
 *
 * @see McInnes, Healy & Melville 2018, arXiv:1802.03426.
 */
export function createUmap(x: Matrix, options: UmapOptions): Umap {
  const measured = options.metric === "cosine" ? unitRows(x) : x;
  const rows = finiteRows(measured);
  const kept = rows.length === x.rows ? measured : selectRows(measured, rows);
  const n = rows.length;
  const epochs = options.epochs ?? (n <= FEW_ROWS ? EPOCHS_FOR_FEW : EPOCHS_FOR_MANY);
  const size = Math.max(1, Math.min(options.neighbours ?? NEIGHBOURS, n));
  const seed = options.seed ?? 0;
  const start = startingPoints(pca(kept).xy, seed);
  let search: NearestRowsSearch | undefined = searchNearestRows(kept, size - 1);
  let layout: Layout | undefined;
  const searchCost = n * x.columns * PAIR_COST;
  const share = searchCost / (searchCost + epochs);

  return {
    get progress() {
      if (layout === undefined) return share * (search?.progress ?? 0);
      return share + (1 - share) * (epochs === 0 ? 1 : layout.epoch / epochs);
    },
    step() {
      if (layout !== undefined) return layout.step();
      if (search?.step() !== true) return false;
      const curve = fitSimilarityCurve(options.minDistance ?? MIN_DISTANCE, SPREAD);
      const nearest = options.metric === "cosine" ? inCosines(search.found) : search.found;
      const graph = fuzzyUnion(nearest, memberships(nearest, size));
      layout = createLayout(graph, start, { curve, epochs, seed });
      // Its memory holds all rows.
      search = undefined;
      return false;
    },
    positions() {
      const points = layout?.points ?? start;
      const xy = new Float32Array(2 * x.rows).fill(Number.NaN);
      for (const [index, row] of rows.entries()) {
        xy[2 * row] = points[2 * index] ?? Number.NaN;
        xy[2 * row + 1] = points[2 * index + 1] ?? Number.NaN;
      }
      return xy;
    },
  };
}

/** 1 − cos = ‖x − y‖²/2 for unit rows. */
function inCosines(nearest: NearestRows): NearestRows {
  return { ...nearest, distances: nearest.distances.map((distance) => distance ** 2 / 2) };
}

/** The main axes on a scale at which the descent does not tear them apart, and a little noise. */
function startingPoints(xy: Float64Array, seed: number): Float32Array {
  let farthest = 0;
  for (const value of xy) farthest = Math.max(farthest, Math.abs(value));
  const scale = farthest === 0 ? 0 : START_REACH / farthest;
  let state = seed >>> 0;
  return Float32Array.from(xy, (value) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return value * scale + START_NOISE * (state / 2 ** 31 - 1);
  });
}
