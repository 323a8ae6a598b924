import { applyImputer, fitImputer } from "../features/imputer.ts";
import { type Design, shared } from "./design.ts";

/**
 * The design with every gap (NaN) in the features filled by that feature's mean, or median, over the
 * rows `train` that have it; a feature that none of them has becomes 0.
 */
export function fillGaps(design: Design, train: Int32Array): Design {
  const { rows, columns, x, fill = "mean" } = design;
  const matrix = { rows, columns, data: x };
  const values = fitImputer(matrix, train, fill).map((value) => (Number.isNaN(value) ? 0 : value));
  return { ...design, x: shared(applyImputer(values, matrix)) };
}
