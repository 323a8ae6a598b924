import { squaredDistances } from "../alignment/squared-distances.ts";
import type { Dense } from "../linear-algebra/products.ts";
import type { Random } from "../random.ts";

export interface KMeans {
  /** [clusters, columns] */
  readonly centres: Dense;
  /** Nearest centre by row; of two equally near ones the first. */
  readonly assignment: Int32Array;
  /** Σ ‖xᵢ − its centre‖² */
  readonly inertia: number;
  readonly iterations: number;
  /** No row changed its cluster in the last iteration. */
  readonly hasConverged: boolean;
}

export interface LloydOptions {
  readonly maxIterations: number;
}

/**
 * k-means++: the first centre is a row drawn at random, each further one is drawn with a probability
 * in proportion to its squared distance to the nearest centre so far.
 *
 * Where all rows are centres already, with fewer different rows than clusters, any row is drawn.
 *
 * @throws {RangeError} If there are fewer rows than clusters, or no cluster is asked for.
 * @see Arthur & Vassilvitskii 2007, "k-means++: The Advantages of Careful Seeding", section 2.2.
 */
export function seedCentres(rows: Dense, clusters: number, random: Random): Dense {
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > rows.rows) {
    throw new RangeError(`Cannot make ${clusters} clusters of ${rows.rows} rows`);
  }
  const { columns } = rows;
  const centres = new Float64Array(clusters * columns);
  const nearest = new Float64Array(rows.rows).fill(Number.POSITIVE_INFINITY);
  let chosen = random.integer(rows.rows);
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const centre = rows.data.subarray(chosen * columns, (chosen + 1) * columns);
    centres.set(centre, cluster * columns);
    const distances = squaredDistances(rows, { rows: 1, columns, data: centre }).data;
    let total = 0;
    for (const [row, distance] of distances.entries()) {
      nearest[row] = Math.min(nearest[row] ?? 0, distance);
      total += nearest[row] ?? 0;
    }
    chosen =
      total > 0 ? drawByWeight(nearest, total * random.uniform()) : random.integer(rows.rows);
  }
  return { rows: clusters, columns, data: centres };
}

function drawByWeight(weights: Float64Array, threshold: number): number {
  let sum = 0;
  let last = 0;
  for (const [index, weight] of weights.entries()) {
    if (weight === 0) continue;
    sum += weight;
    last = index;
    if (sum > threshold) return index;
  }
  return last;
}

/**
 * Lloyd's iteration: rows go to the nearest centre, centres to the mean of their rows, until no row
 * changes its cluster, which is a local minimum of the inertia Σᵢ‖xᵢ − c(i)‖².
 *
 * A centre that loses all rows takes the row that is farthest from its own centre, as in scikit-learn.
 *
 * @throws {RangeError} If the widths differ, there are no rows, or an entry is not finite.
 * @see Lloyd 1982, doi:10.1109/TIT.1982.1056489.
 */
export function lloyd(rows: Dense, start: Dense, { maxIterations }: LloydOptions): KMeans {
  if (rows.columns !== start.columns || rows.rows === 0) {
    throw new RangeError(
      `Cannot move centres [${start.rows}, ${start.columns}] among rows [${rows.rows}, ${rows.columns}]`,
    );
  }
  if (!rows.data.every((value) => Number.isFinite(value))) {
    throw new RangeError("Cannot cluster rows that are not finite");
  }
  let centres = start;
  let { assignment, distances } = assign(rows, centres);
  let iterations = 0;
  let hasConverged = false;
  while (iterations < maxIterations && !hasConverged) {
    iterations += 1;
    centres = meanOfClusters(rows, assignment, distances, start.rows);
    const next = assign(rows, centres);
    hasConverged = next.assignment.every((cluster, row) => cluster === assignment[row]);
    ({ assignment, distances } = next);
  }
  return { centres, assignment, inertia: sum(distances), iterations, hasConverged };
}

/** Nearest centre of every row, and the squared distance to it. */
export function assign(
  rows: Dense,
  centres: Dense,
): { readonly assignment: Int32Array; readonly distances: Float64Array } {
  const all = squaredDistances(rows, centres).data;
  const assignment = new Int32Array(rows.rows);
  const distances = new Float64Array(rows.rows);
  for (let row = 0; row < rows.rows; row += 1) {
    const own = all.subarray(row * centres.rows, (row + 1) * centres.rows);
    const least = own.reduce((most, value) => Math.min(most, value), Number.POSITIVE_INFINITY);
    assignment[row] = own.indexOf(least);
    distances[row] = least;
  }
  return { assignment, distances };
}

function meanOfClusters(
  rows: Dense,
  assignment: Int32Array,
  distances: Float64Array,
  clusters: number,
): Dense {
  const { columns } = rows;
  const data = new Float64Array(clusters * columns);
  const owners = Int32Array.from(assignment);
  const counts = new Int32Array(clusters);
  for (const cluster of owners) counts[cluster] = (counts[cluster] ?? 0) + 1;
  refillEmpty(owners, counts, distances);
  for (const [row, cluster] of owners.entries()) {
    for (let k = 0; k < columns; k += 1) {
      const at = cluster * columns + k;
      data[at] = (data[at] ?? 0) + (rows.data[row * columns + k] ?? 0) / (counts[cluster] ?? 1);
    }
  }
  return { rows: clusters, columns, data };
}

/** Gives each cluster without rows the farthest row of a cluster that has others. */
function refillEmpty(owners: Int32Array, counts: Int32Array, distances: Float64Array): void {
  const byDistance = [...distances.keys()].sort(
    (a, b) => (distances[b] ?? 0) - (distances[a] ?? 0),
  );
  for (const [cluster, count] of counts.entries()) {
    if (count > 0) continue;
    const far = byDistance.find((row) => (counts[owners[row] ?? 0] ?? 0) > 1);
    if (far === undefined) continue;
    counts[owners[far] ?? 0] = (counts[owners[far] ?? 0] ?? 0) - 1;
    owners[far] = cluster;
    counts[cluster] = 1;
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
