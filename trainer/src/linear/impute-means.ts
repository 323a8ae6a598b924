import { type Design, sharedFloats } from "./design.ts";

/**
 * The design with every gap (NaN) in the features filled by that feature's mean over the rows `train`
 * that have it; a feature that none of them has becomes 0.
 */
export function imputeMeans(design: Design, train: Int32Array): Design {
  const { x, columns } = design;
  const filled = sharedFloats(x.length);
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    let count = 0;
    for (const row of train) {
      const value = x[row * columns + j] ?? 0;
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
    }
    const mean = count === 0 ? 0 : sum / count;
    for (let at = j; at < x.length; at += columns) {
      const value = x[at] ?? 0;
      filled[at] = Number.isNaN(value) ? mean : value;
    }
  }
  return { ...design, x: filled };
}
