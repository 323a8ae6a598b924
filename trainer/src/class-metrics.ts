import { f1 } from "../../core/measures/f1.ts";
import { accuracy, type ModalityLogits, predictClasses } from "./accuracy.ts";

/**
 * `accuracy`, `f1` (the mean over classes), `f1_weighted` (by how often each is true) and `f1_micro`, which
 * is the accuracy as each row has one class. Rows without any of `modalities` are left out.
 */
export function classMetrics(
  modalities: readonly ModalityLogits[],
  labels: Int32Array,
): Readonly<Record<"accuracy" | "f1" | "f1_weighted" | "f1_micro", number>> {
  const { labels: known, predicted } = predictClasses(modalities, labels);
  const { macro, micro, weighted } = f1(known, predicted);
  return {
    accuracy: accuracy(modalities, labels),
    f1: macro,
    f1_weighted: weighted,
    f1_micro: micro,
  };
}
