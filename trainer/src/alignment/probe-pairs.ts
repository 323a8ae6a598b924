import { isFiniteRow, selectRows } from "../../../core/measures/unit-rows.ts";
import { choleskySolve } from "../linear-algebra/cholesky.ts";
import { type Dense, timesTransposed, transposedTimes } from "../linear-algebra/products.ts";
import { createRandom } from "../random.ts";
import { type Mispairing, mispairing } from "./mispairing.ts";

const FOLDS = 5;
/** Rows that are cross-fitted together; the cost of a larger set would grow with its square. */
const CHUNK_ROWS = 500;
/** λ of the probes in mean squared lengths of a row: strong, as a map of the gist is wanted. */
const RELATIVE_LAMBDAS: readonly number[] = [1, 10];

interface Ranking {
  readonly ranks: Float64Array;
  /** How many each row was ranked among. */
  readonly candidates: Int32Array;
}

/**
 * How many rows seem to be paired with a stranger, by ridge maps that have not seen them.
 *
 * `from` and `to` are paired by row and centred; rows that are not finite on a side are not ranked.
 * Rows are shuffled by `seed` and taken in chunks of at most 500; in each, a ridge map is fitted to
 * four fifths and ranks the partners of the last fifth among each other by cosine, five times. Of
 * four such probes (both directions, λ = 1 and 10 mean squared lengths of a row) the one counts that
 * ranks partners best in the mean. Row numbers of `suspects` are those of the matrices. See
 * {@link mispairing} for what the shares mean; fewer than ten rows tell nothing and give NaN.
 */
export function probePairs(from: Dense, to: Dense, seed: number): Mispairing {
  const order = [...createRandom(seed, "probe-pairs").permutation(from.rows)].filter(
    (row) => isFiniteRow(from, row) && isFiniteRow(to, row),
  );
  const probes = RELATIVE_LAMBDAS.flatMap((lambda) => [
    { lambda, isForward: true, ...unranked(from.rows) },
    { lambda, isForward: false, ...unranked(from.rows) },
  ]);
  const chunks = Math.max(1, Math.ceil(order.length / CHUNK_ROWS));
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const rows = order.filter((_, index) => index % chunks === chunk);
    if (rows.length < 2 * FOLDS) continue;
    const [own, other] = [gramOf(from, rows), gramOf(to, rows)];
    for (const probe of probes) {
      const [x, y] = probe.isForward ? [own, other] : [other, own];
      rankChunk(x, y, rows, probe);
    }
  }
  const [first = unranked(from.rows), ...rest] = probes;
  const best = rest.reduce<Ranking>((a, b) => (meanRank(b) < meanRank(a) ? b : a), first);
  return mispairing(best.ranks, best.candidates);
}

function unranked(rows: number): Ranking {
  return { ranks: new Float64Array(rows).fill(Number.NaN), candidates: new Int32Array(rows) };
}

function gramOf(matrix: Dense, rows: readonly number[]): Dense {
  const chosen = selectRows(matrix, rows);
  return timesTransposed(chosen, chosen);
}

function meanRank({ ranks }: Ranking): number {
  const known = ranks.filter((rank) => !Number.isNaN(rank));
  return known.reduce((sum, rank) => sum + rank, 0) / known.length;
}

/**
 * Kernel form of the ridge map: the prediction for held-out rows h from kept rows k is
 * K_hk(K_kk + λI)⁻¹X_k, and its products with the candidates only take XXᵀ.
 */
function rankChunk(
  kernel: Dense,
  target: Dense,
  rows: readonly number[],
  { lambda: relative, ranks, candidates }: Ranking & { readonly lambda: number },
): void {
  const n = rows.length;
  const trace = rows.reduce((sum, _, i) => sum + (kernel.data[i * n + i] ?? 0), 0);
  if (trace === 0) return;
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const held = rows.flatMap((_, i) => (i % FOLDS === fold ? [i] : []));
    const kept = rows.flatMap((_, i) => (i % FOLDS === fold ? [] : [i]));
    const gram = part(kernel, kept, kept);
    for (let i = 0; i < kept.length; i += 1) {
      const at = i * kept.length + i;
      gram.data[at] = (gram.data[at] ?? 0) + (relative * trace) / n;
    }
    const dual = choleskySolve(gram, part(kernel, kept, held));
    if (dual === undefined) continue;
    const products = transposedTimes(dual, part(target, kept, held));
    for (const [index, i] of held.entries()) {
      const row = rows[i] ?? 0;
      ranks[row] = rankOf(products, index, (j) => target.data[(held[j] ?? 0) * (n + 1)] ?? 0);
      candidates[row] = held.length;
    }
  }
}

/** Rank of entry i in row i by product over the candidate's length; NaN for a candidate of length 0. */
function rankOf(products: Dense, i: number, squaredLength: (j: number) => number): number {
  const cosine = (j: number) =>
    (products.data[i * products.columns + j] ?? 0) / Math.sqrt(squaredLength(j));
  const own = cosine(i);
  if (Number.isNaN(own)) return Number.NaN;
  let rank = 1;
  for (let j = 0; j < products.columns; j += 1) {
    const other = cosine(j);
    if (other > own) rank += 1;
    else if (other === own && j !== i) rank += 0.5;
  }
  return rank;
}

function part({ columns, data }: Dense, rows: readonly number[], of: readonly number[]): Dense {
  const chosen = new Float64Array(rows.length * of.length);
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of of.entries()) {
      chosen[i * of.length + j] = data[row * columns + column] ?? 0;
    }
  }
  return { rows: rows.length, columns: of.length, data: chosen };
}
