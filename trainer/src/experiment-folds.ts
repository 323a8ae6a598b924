import type { KfoldSplit } from "../../core/experiment/experiment.ts";
import type { Dataset } from "./dataset.ts";
import { type Fold, splitFolds } from "./linear/folds.ts";
import { UserError } from "./user-error.ts";

/**
 * The folds that an experiment divides `rows` into: whole groups, in time order, stratified or plain,
 * as the file and the data say.
 *
 * @throws {UserError} If there are fewer rows, or groups, than folds.
 */
export function experimentFolds(
  split: KfoldSplit,
  { groups, order, labels }: Pick<Dataset, "groups" | "order" | "labels">,
  rows: Int32Array,
): readonly Fold[] {
  try {
    return splitFolds(rows, {
      folds: split.folds,
      ...(split.shuffle ? { seed: split.seed } : {}),
      ...(split.stratify && labels.length > 0 ? { labels } : {}),
      ...(groups === undefined ? {} : { groups }),
      ...(order === undefined ? {} : { order }),
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError("folds", error.message, "Take fewer `split.folds`");
  }
}
