type Values = Readonly<Record<string, number>>;

/** Σ rows·value for each name, and Σ rows, over the steps since means were last taken. */
export interface IntervalSums {
  readonly weight: number;
  readonly sums: Values;
}

/** Means over the steps since they were last taken. */
export interface IntervalMean {
  /** What is not taken yet; an interval that is created with it goes on from there. */
  sums(): IntervalSums;
  /** `rows` is the weight: a last batch of eight rows says less than one of sixty-four. */
  add(values: Values, rows: number): void;
  /** Σ rows·value / Σ rows for each name, and begins anew; empty when nothing was added. */
  take(): Values;
}

/**
 * Averages losses from one logged line to the next.
 *
 * A contrastive loss grows with the logarithm of the rows in the batch, so the loss of a single
 * step, above all of a short last one, is no figure to draw a curve from.
 */
export function createIntervalMean(before?: IntervalSums): IntervalMean {
  let sums = new Map<string, number>(Object.entries(before?.sums ?? {}));
  let weight = before?.weight ?? 0;
  return {
    sums: () => ({ weight, sums: Object.fromEntries(sums) }),
    add(values, rows) {
      for (const [name, value] of Object.entries(values)) {
        sums.set(name, (sums.get(name) ?? 0) + value * rows);
      }
      weight += rows;
    },
    take() {
      const means = Object.fromEntries([...sums].map(([name, sum]) => [name, sum / weight]));
      sums = new Map();
      weight = 0;
      return means;
    },
  };
}
