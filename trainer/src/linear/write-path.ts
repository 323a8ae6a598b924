import type { RunWriter } from "../run/run-writer.ts";
import type { PathOfFits } from "./choose-linear.ts";
import type { LinearPreparation } from "./linear-preparation.ts";

/** Values of the file at most; beyond that it would be larger than all the rest of a run. */
const MOST_VALUES = 8_000_000;
/** Multiplications that are worth a picture: about a second. */
const MOST_WORK = 1e9;

/**
 * Writes the coefficients of every λ: `lambda` [K], largest first, `coef` [K, features, outputs] in
 * the features' units, and `scale` [features], what a feature was divided by before it was penalised.
 *
 * The metadata name the features. A path that would be too large is left out, and the log says so.
 */
export function writePath(
  writer: Pick<RunWriter, "path" | "log">,
  {
    design,
    columns: names,
    standardize,
  }: Pick<LinearPreparation, "design" | "columns" | "standardize">,
  { lambdas, work, coefficientsAt }: PathOfFits,
  scale: Float64Array,
): void {
  const { columns, outputs } = design;
  const size = columns * outputs;
  if (size * lambdas.length > MOST_VALUES || work > MOST_WORK) {
    writer.log(
      `The coefficients of all ${lambdas.length} λ are not written: ${size} for each are too many`,
    );
    return;
  }
  const coef = new Float64Array(lambdas.length * size);
  for (let at = 0; at < lambdas.length; at++) {
    const fit = coefficientsAt(at);
    for (let value = 0; value < size; value++) {
      const [column, output] = [Math.floor(value / outputs), value % outputs];
      coef[at * size + value] = fit[output * columns + column] ?? 0;
    }
  }
  writer.path(
    [
      { name: "lambda", dtype: "F64", shape: [lambdas.length], data: Float64Array.from(lambdas) },
      { name: "coef", dtype: "F64", shape: [lambdas.length, columns, outputs], data: coef },
      { name: "scale", dtype: "F64", shape: [columns], data: scale },
    ],
    { features: JSON.stringify(names), standardized: String(standardize) },
  );
}
