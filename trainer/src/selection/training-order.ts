import type { Select } from "../../../core/experiment/experiment.ts";
import { lambdaPath } from "../linear/lambda-grid.ts";

/**
 * The λ to train with, without repetitions: descending, or ascending where each training starts from
 * the weights of the one before.
 *
 * Ascending, because a network cannot leave zero again: where all weights of two layers in a row are
 * zero, so are their gradients. The path goes from dense to sparse, as Lemhadri et al. 2021,
 * arXiv:1907.12207, section 3.1, go.
 *
 * @throws {TypeError} If a path has no largest λ; the experiment file is checked for that.
 */
export function trainingOrder({ lambda: grid, warm_start: isWarm }: Select): readonly number[] {
  const descending = [...new Set(candidates(grid))].toSorted((a, b) => b - a);
  return isWarm ? descending.toReversed() : descending;
}

function candidates(grid: Select["lambda"]): readonly number[] {
  if (!("path" in grid)) return grid;
  if (grid.largest === undefined) throw new TypeError("Cannot lay a path without its largest λ");
  return [...lambdaPath(grid.largest, grid.path, grid.ratio)];
}
