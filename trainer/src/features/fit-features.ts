import type { MissingPolicy } from "../../../core/experiment/file-data.ts";
import type { Dataset, ModalityData } from "../dataset.ts";
import { UserError } from "../user-error.ts";
import { applyImputer, fitImputer } from "./imputer.ts";
import { applyScaler, fitScaler } from "./scaler.ts";

export interface FeatureFitting {
  readonly missing_values?: MissingPolicy;
  readonly standardize?: boolean;
}

/**
 * The data set with its features filled in and scaled as `rows`, the training part, say; other
 * modalities stay as they are. Rows that lack the modality count for nothing and stay zero.
 *
 * @throws {UserError} If a column has no value in the training part.
 */
export function fitFeatures(dataset: Dataset, rows: Int32Array, fitting: FeatureFitting): Dataset {
  const { missing_values: missing, standardize } = fitting;
  const isFilled = missing === "mean" || missing === "median";
  if (!isFilled && standardize !== true) return dataset;
  const fit = (modality: ModalityData): ModalityData => {
    if (modality.kind !== "features" || modality.data instanceof Int32Array) return modality;
    const columns = modality.shape.reduce((product, side) => product * side, 1);
    const known = rows.filter((row) => modality.present[row] === 1);
    const filled = isFilled ? fill(modality, columns, known, missing) : modality.data;
    if (standardize !== true) return { ...modality, data: filled };
    const matrix = { rows: dataset.rows, columns, data: filled };
    return { ...modality, data: blanked(applyScaler(fitScaler(matrix, known), matrix), modality) };
  };
  return { ...dataset, modalities: dataset.modalities.map(fit) };
}

function fill(
  { data, columns: names, name, present }: ModalityData,
  columns: number,
  rows: Int32Array,
  statistic: "mean" | "median",
): Float32Array | Float64Array {
  if (data instanceof Int32Array || !data.some(Number.isNaN)) {
    return data instanceof Int32Array ? Float64Array.from(data) : data;
  }
  const matrix = { rows: present.length, columns, data };
  const values = fitImputer(matrix, rows, statistic);
  const unknown = values.findIndex(Number.isNaN);
  if (unknown >= 0) {
    throw new UserError(
      "data",
      `Column \`${names?.[unknown] ?? unknown}\` of ${name} has no value in the training part`,
      "Leave the column out of `features`",
    );
  }
  return applyImputer(values, matrix);
}

/** Rows without the modality hold zeros, which a scaler would move. */
function blanked(data: Float64Array, { present }: ModalityData): Float64Array {
  const width = data.length / Math.max(1, present.length);
  present.forEach((bit, row) => {
    if (bit === 0) data.fill(0, row * width, (row + 1) * width);
  });
  return data;
}
