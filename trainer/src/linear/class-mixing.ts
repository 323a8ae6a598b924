import { choleskySolve } from "../linear-algebra/cholesky.ts";

/** Steps that are looked back on. */
const MOST_KEPT = 6;

/** What the last steps of an iteration w ← T(w) have shown of it. */
export interface Mixing {
  /**
   * Where the iteration leads if it goes on as the last steps did: T(w) less the combination of
   * earlier steps' changes whose residuals T(w) − w cancel that of this step best.
   *
   * A number that would leave zero or change its sign stays as it is in T(w). `undefined` while there
   * is nothing to look back on.
   *
   * @see Walker & Ni 2011, doi:10.1137/10078356X, (2.1)–(2.3), with m = 6.
   */
  ahead(from: Float64Array, to: Float64Array): Float64Array | undefined;
  /** Forgets all steps: from here on it is another iteration. */
  forget(): void;
}

interface Pair {
  /** T(w) − w. */
  readonly residual: Float64Array;
  /** T(w). */
  readonly image: Float64Array;
}

export function createMixing(): Mixing {
  let last: Pair | undefined;
  let changes: readonly Pair[] = [];
  return {
    ahead(from, to) {
      const now = { residual: difference(to, from), image: to.slice() };
      if (last !== undefined) {
        const change = {
          residual: difference(now.residual, last.residual),
          image: difference(now.image, last.image),
        };
        changes = [...changes, change].slice(-MOST_KEPT);
      }
      last = now;
      for (; changes.length > 0; changes = changes.slice(1)) {
        const factors = factorsOf(changes, now.residual);
        if (factors !== undefined) return combined(now.image, changes, factors);
      }
      return undefined;
    },
    forget() {
      last = undefined;
      changes = [];
    },
  };
}

/**
 * The factors of the changes whose sum is nearest to `target`, by normal equations; `undefined` where
 * rounding cannot tell the changes apart.
 */
function factorsOf(changes: readonly Pair[], target: Float64Array): Float64Array | undefined {
  const size = changes.length;
  const columns = changes.map(({ residual }) => residual);
  const gram = Float64Array.from(columns.flatMap((a) => columns.map((b) => product(a, b))));
  const right = Float64Array.from(columns, (column) => product(column, target));
  if (![...gram, ...right].every(Number.isFinite)) return undefined;
  const matrix = { rows: size, columns: size, data: gram };
  return choleskySolve(matrix, { rows: size, columns: 1, data: right })?.data;
}

function combined(
  image: Float64Array,
  changes: readonly Pair[],
  factors: Float64Array,
): Float64Array {
  const point = image.slice();
  changes.forEach((change, k) => {
    const factor = factors[k] ?? 0;
    for (let at = 0; at < point.length; at++) {
      point[at] = (point[at] ?? 0) - factor * (change.image[at] ?? 0);
    }
  });
  return point.map((value, at) => (value * (image[at] ?? 0) > 0 ? value : (image[at] ?? 0)));
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - (b[at] ?? 0));
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
