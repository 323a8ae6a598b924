/** Logits of one modality and which rows have it. */
export interface ModalityLogits {
  /** Row-major [rows, classes]. */
  readonly output: Float32Array | Float64Array;
  /** 1 where the row has the modality: [rows]. */
  readonly present: Uint8Array;
}

/** Rows that have a modality: their true classes and the ones that were found. */
export interface Predictions {
  readonly labels: Int32Array;
  readonly predicted: Int32Array;
}

/**
 * The class with the highest log-probability, summed over the modalities that the row has; of two
 * equal ones the first class counts. Rows without any of `modalities` are left out.
 */
export function predictClasses(
  modalities: readonly ModalityLogits[],
  labels: Int32Array,
): Predictions {
  const kept: number[] = [];
  const predicted: number[] = [];
  labels.forEach((label, row) => {
    const there = modalities.filter(({ present }) => present[row] === 1);
    if (there.length === 0) return;
    const classes = (there[0]?.output.length ?? 0) / labels.length;
    const scores = new Float64Array(classes);
    for (const { output } of there) {
      addLogProbabilities(output.subarray(row * classes, (row + 1) * classes), scores);
    }
    kept.push(label);
    predicted.push(scores.indexOf(Math.max(...scores)));
  });
  return { labels: Int32Array.from(kept), predicted: Int32Array.from(predicted) };
}

/** Share of rows whose class is found, see {@link predictClasses}; no row left gives NaN. */
export function accuracy(modalities: readonly ModalityLogits[], labels: Int32Array): number {
  const { labels: known, predicted } = predictClasses(modalities, labels);
  return known.filter((label, row) => label === predicted[row]).length / known.length;
}

/** Adds log softmax(logits) to `scores`, with the largest logit taken off first. */
function addLogProbabilities(logits: Float32Array | Float64Array, scores: Float64Array): void {
  const largest = Math.max(...logits);
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - largest);
  logits.forEach((logit, index) => {
    scores[index] = (scores[index] ?? 0) + logit - largest - Math.log(total);
  });
}
