/** Logits of one modality and which rows have it. */
export interface ModalityLogits {
  /** Row-major [rows, classes]. */
  readonly output: Float32Array | Float64Array;
  /** 1 where the row has the modality: [rows]. */
  readonly present: Uint8Array;
}

/**
 * Share of rows whose class has the highest log-probability, summed over the modalities that the
 * row has; of two equal ones the first class counts.
 *
 * Rows without any of `modalities` are left out; no row left gives NaN.
 */
export function accuracy(modalities: readonly ModalityLogits[], labels: Int32Array): number {
  let right = 0;
  let counted = 0;
  labels.forEach((label, row) => {
    const there = modalities.filter(({ present }) => present[row] === 1);
    if (there.length === 0) return;
    counted += 1;
    const classes = (there[0]?.output.length ?? 0) / labels.length;
    const scores = new Float64Array(classes);
    for (const { output } of there) {
      addLogProbabilities(output.subarray(row * classes, (row + 1) * classes), scores);
    }
    if (scores.indexOf(Math.max(...scores)) === label) right += 1;
  });
  return right / counted;
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
