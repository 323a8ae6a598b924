import type { Data } from "../../../core/experiment/experiment.ts";
import type { MissingPolicy } from "../../../core/experiment/file-data.ts";
import { SPECIAL } from "../data/text/word-rows.ts";
import type { Dataset, ModalityData } from "../dataset.ts";
import { elementCount } from "../element-count.ts";
import { UserError } from "../user-error.ts";
import { type FittedVocabulary, fitVocabulary } from "./fit-vocabulary.ts";
import { applyImputer, fitImputer } from "./imputer.ts";
import { applyScaler, fitScaler } from "./scaler.ts";

/** What is fitted on the training part. */
export interface Fitting {
  readonly missing: MissingPolicy;
  readonly standardize: boolean;
  /** Words that are told apart, where there are texts. */
  readonly vocabulary?: number;
}

/** What the settings of the data ask for. */
export function fittingOf(data: Data): Fitting {
  return {
    missing: "missing_values" in data ? data.missing_values : "error",
    standardize: "standardize" in data && data.standardize,
    ...("vocabulary" in data ? { vocabulary: data.vocabulary } : {}),
  };
}

/**
 * The data set with its features filled in and scaled, and its words chosen, as `rows`, the training
 * part, say; other modalities stay as they are. Rows that lack a modality count for nothing there.
 *
 * @throws {UserError} If a column has no value in the training part.
 */
export function fitDataset(
  dataset: Dataset,
  rows: Int32Array,
  fitting: Fitting,
  report: (text: string) => void,
): Dataset {
  const modalities = dataset.modalities.map((modality) => {
    const known = rows.filter((row) => modality.present[row] === 1);
    if (modality.kind === "features") return fitFeatures(modality, known, fitting);
    const { vocabulary: most } = fitting;
    if (modality.kind !== "tokens" || most === undefined) return modality;
    const fitted = fitVocabulary(modality, known, most);
    report(vocabularyText(fitted));
    return fitted.modality;
  });
  return { ...dataset, modalities };
}

function vocabularyText({ modality, wordsFound, unknownFraction }: FittedVocabulary): string {
  const kept = ((modality.vocabulary?.length ?? 0) - SPECIAL.length).toLocaleString("en");
  const share = Number.isNaN(unknownFraction)
    ? ""
    : `; of the words outside it ${(100 * unknownFraction).toFixed(1)}% are unknown`;
  return `Vocabulary of ${modality.name}: ${kept} words of the training part, ${wordsFound.toLocaleString("en")} in all${share}`;
}

function fitFeatures(
  modality: ModalityData,
  rows: Int32Array,
  { missing, standardize }: Fitting,
): ModalityData {
  const { data, shape, present } = modality;
  if (data instanceof Int32Array) return modality;
  const columns = elementCount(shape);
  const isFilled = missing === "mean" || missing === "median";
  const filled = isFilled ? fill(modality, data, rows, missing) : data;
  if (!standardize) return { ...modality, data: filled };
  const matrix = { rows: present.length, columns, data: filled };
  return { ...modality, data: blanked(applyScaler(fitScaler(matrix, rows), matrix), present) };
}

function fill(
  { columns: names, name, shape, present }: ModalityData,
  data: Float32Array | Float64Array,
  rows: Int32Array,
  statistic: "mean" | "median",
): Float32Array | Float64Array {
  if (!data.some(Number.isNaN)) return data;
  const columns = elementCount(shape);
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
function blanked(data: Float64Array, present: Uint8Array): Float64Array {
  const width = data.length / Math.max(1, present.length);
  present.forEach((bit, row) => {
    if (bit === 0) data.fill(0, row * width, (row + 1) * width);
  });
  return data;
}
