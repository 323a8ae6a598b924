export interface F1 {
  /** Mean of the classes' F1, each class counting the same. */
  readonly macro: number;
  /** F1 of all decisions together; where each row has one class it is the accuracy. */
  readonly micro: number;
  /** Mean of the classes' F1, each counting as often as it is true. */
  readonly weighted: number;
}

/**
 * F1 = 2·TP/(2·TP + FP + FN) of class indices, averaged in three ways.
 *
 * Classes that are neither true nor predicted anywhere are left out; a class with TP = 0 has F1 = 0.
 * The same as scikit-learn's `f1_score(labels, predicted, average=…, zero_division=0)`. NaN for no rows.
 *
 * @throws {RangeError} If the lengths differ.
 * @see van Rijsbergen 1979, "Information Retrieval", chapter 7.
 */
export function f1(labels: Int32Array, predicted: Int32Array): F1 {
  if (labels.length !== predicted.length) {
    throw new RangeError(`Cannot score ${predicted.length} predictions of ${labels.length} labels`);
  }
  const counts = new Map<number, { right: number; wrong: number; isTrue: number }>();
  const of = (label: number) => {
    const known = counts.get(label) ?? { right: 0, wrong: 0, isTrue: 0 };
    counts.set(label, known);
    return known;
  };
  for (const [row, label] of labels.entries()) {
    const answer = predicted[row] ?? label;
    of(label).isTrue += 1;
    if (answer === label) {
      of(label).right += 1;
    } else {
      // A false positive of the one class and a false negative of the other.
      of(label).wrong += 1;
      of(answer).wrong += 1;
    }
  }
  const scores = [...counts.values()].map(({ right, wrong, isTrue }) => ({
    score: (2 * right) / (2 * right + wrong),
    isTrue,
  }));
  const right = [...counts.values()].reduce((sum, count) => sum + count.right, 0);
  return {
    macro: scores.reduce((sum, { score }) => sum + score, 0) / scores.length,
    micro: right / labels.length,
    weighted: scores.reduce((sum, { score, isTrue }) => sum + score * isTrue, 0) / labels.length,
  };
}
