type Values = Readonly<Record<string, number>>;

/** Means over the steps since they were last taken. */
export interface IntervalMean {
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
export function createIntervalMean(): IntervalMean {
  let sums = new Map<string, number>();
  let weight = 0;
  return {
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
