import type { Targets } from "./dataset.ts";

/** Predictions of one modality and which rows have it. */
export interface ModalityPrediction {
  /** Row-major [rows, targets]. */
  readonly output: Float32Array | Float64Array;
  /** 1 where the row has the modality: [rows]. */
  readonly present: Uint8Array;
}

/**
 * `rmse` = √(mean (h − y)²) and `r2` = 1 − Σ(h − y)²/Σ(y − ȳ)² of the mean prediction over the
 * modalities that a row has; of several targets the mean over them, with `rmse/<name>` and
 * `r2/<name>` beside it.
 *
 * Rows without any modality are left out; no row left gives NaN. Of a constant target r2 is 1 where
 * all predictions are right and else 0.
 *
 * @see scikit-learn's `root_mean_squared_error` and `r2_score`, whose conventions these are.
 */
export function regressionMetrics(
  modalities: readonly ModalityPrediction[],
  targets: Targets,
  rows: Int32Array,
): Readonly<Record<string, number>> {
  const width = targets.names.length;
  const each = targets.names.map((name, column) => {
    const pairs = [...rows.keys()].flatMap((place) => {
      const predicted = meanPrediction(modalities, place, place * width + column);
      const wanted = targets.data[(rows[place] ?? 0) * width + column] ?? Number.NaN;
      return predicted === undefined ? [] : [{ predicted, wanted }];
    });
    return { name, ...goodness(pairs) };
  });
  return {
    rmse: mean(each.map(({ rmse }) => rmse)),
    r2: mean(each.map(({ r2 }) => r2)),
    ...(width === 1
      ? {}
      : Object.fromEntries(
          each.flatMap(({ name, rmse, r2 }) => [
            [`rmse/${name}`, rmse],
            [`r2/${name}`, r2],
          ]),
        )),
  };
}

function meanPrediction(
  modalities: readonly ModalityPrediction[],
  row: number,
  at: number,
): number | undefined {
  const there = modalities.filter(({ present }) => present[row] === 1);
  return there.length === 0 ? undefined : mean(there.map(({ output }) => output[at] ?? Number.NaN));
}

function goodness(pairs: readonly { readonly predicted: number; readonly wanted: number }[]) {
  const center = mean(pairs.map(({ wanted }) => wanted));
  const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + value ** 2, 0);
  const left = squares(pairs.map(({ predicted, wanted }) => predicted - wanted));
  const total = squares(pairs.map(({ wanted }) => wanted - center));
  const isConstant = pairs.length > 0 && total === 0;
  return {
    rmse: Math.sqrt(left / pairs.length),
    r2: isConstant ? Number(left === 0) : 1 - left / total,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
