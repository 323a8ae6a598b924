import { createRandom } from "../random.ts";

/** Two disjoint sets of rows: one to fit, one to measure on. */
export interface Fold {
  readonly train: Int32Array;
  readonly held: Int32Array;
}

/** How `rows` are divided; values by row of the whole data set. */
export interface FoldSettings {
  readonly folds: number;
  /** Rows of equal values stay in one fold. */
  readonly groups?: ArrayLike<number>;
  /** Rows are held out in this order, and only earlier ones are fitted. */
  readonly order?: ArrayLike<number>;
  /** The share of every label is kept in all folds. */
  readonly labels?: ArrayLike<number>;
  /** Shuffles the rows first; without it folds are runs of rows as they come. */
  readonly seed?: number;
}

/**
 * K folds of `rows` in their order, grouped, time-ordered, stratified or plain, in this precedence.
 *
 * Plain: consecutive runs, the first n mod K of them one row longer. Stratified, grouped and
 * time-ordered folds are those of scikit-learn's StratifiedKFold, GroupKFold and TimeSeriesSplit.
 *
 * @throws {RangeError} If there are fewer rows, or groups, than folds ask for.
 */
export function splitFolds(rows: Int32Array, settings: FoldSettings): readonly Fold[] {
  const { folds, groups, order, labels, seed } = settings;
  if (folds < 2) throw new RangeError(`Cannot hold out in turn with ${folds} folds; at least 2`);
  if (order !== undefined) return timeOrdered(rows, folds, order);
  if (groups !== undefined) return leaveOut(rows, grouped(rows, folds, groups), folds);
  if (rows.length < folds) {
    throw new RangeError(`Cannot make ${folds} folds of ${rows.length} rows`);
  }
  const shuffled = seed === undefined ? rows : shuffle(rows, seed);
  return labels === undefined
    ? leaveOut(shuffled, plain(rows.length, folds), folds)
    : leaveOut(shuffled, stratified(shuffled, folds, labels), folds);
}

function shuffle(rows: Int32Array, seed: number): Int32Array {
  return createRandom(seed, "folds")
    .permutation(rows.length)
    .map((place) => rows[place] ?? 0);
}

/** `foldOf` gives the fold of `rows[i]`. */
function leaveOut(rows: Int32Array, foldOf: Int32Array, folds: number): readonly Fold[] {
  return Array.from({ length: folds }, (_, fold) => ({
    train: rows.filter((_row, place) => foldOf[place] !== fold).sort(),
    held: rows.filter((_row, place) => foldOf[place] === fold).sort(),
  }));
}

function plain(count: number, folds: number): Int32Array {
  const long = count % folds;
  const size = Math.floor(count / folds);
  return Int32Array.from({ length: count }, (_, place) =>
    place < long * (size + 1)
      ? Math.floor(place / (size + 1))
      : long + Math.floor((place - long * (size + 1)) / size),
  );
}

/** Sizes by label are those of dealing the sorted labels out in turn; each label fills folds in order. */
function stratified(rows: Int32Array, folds: number, labels: ArrayLike<number>): Int32Array {
  const own = Array.from(rows, (row) => labels[row] ?? 0);
  const kinds = new Map<number, number>();
  for (const label of own) if (!kinds.has(label)) kinds.set(label, kinds.size);
  const codes = own.map((label) => kinds.get(label) ?? 0);
  const sizes = Array.from(kinds, () => new Int32Array(folds));
  codes
    .toSorted((a, b) => a - b)
    .forEach((code, place) => {
      const counts = sizes[code];
      if (counts !== undefined) counts[place % folds] = (counts[place % folds] ?? 0) + 1;
    });
  return Int32Array.from(codes, (code) => {
    const left = sizes[code] ?? new Int32Array(0);
    const fold = left.findIndex((count) => count > 0);
    left[fold] = (left[fold] ?? 0) - 1;
    return fold;
  });
}

/** The largest groups first, each into the fold that is lightest so far. */
function grouped(rows: Int32Array, folds: number, groups: ArrayLike<number>): Int32Array {
  const sizes = new Map<number, number>();
  for (const row of rows) {
    const group = groups[row] ?? 0;
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  if (sizes.size < folds) {
    throw new RangeError(`Cannot make ${folds} folds of ${sizes.size} groups`);
  }
  const weights = new Float64Array(folds);
  const foldOf = new Map<number, number>();
  const largestFirst = [...sizes].toSorted(([a, m], [b, n]) => n - m || b - a);
  for (const [group, size] of largestFirst) {
    const lightest = weights.indexOf(Math.min(...weights));
    weights[lightest] = (weights[lightest] ?? 0) + size;
    foldOf.set(group, lightest);
  }
  return rows.map((row) => foldOf.get(groups[row] ?? 0) ?? 0);
}

/** Held parts of ⌊n/(K+1)⌋ rows at the end of the order, each after all that is fitted. */
function timeOrdered(rows: Int32Array, folds: number, order: ArrayLike<number>): readonly Fold[] {
  const size = Math.floor(rows.length / (folds + 1));
  if (size < 1) throw new RangeError(`Cannot make ${folds} ordered folds of ${rows.length} rows`);
  const sorted = Int32Array.from([...rows].sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0)));
  return Array.from({ length: folds }, (_, fold) => {
    const from = rows.length - (folds - fold) * size;
    return {
      train: sorted.slice(0, from).sort(),
      held: sorted.slice(from, from + size).sort(),
    };
  });
}
