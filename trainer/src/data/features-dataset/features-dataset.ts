import type { Dataset, Targets } from "../../dataset.ts";

/** Name of the one modality of a table. */
const FEATURES = "features";

export interface FeatureRows {
  readonly columns: readonly string[];
  /** Row-major [rows, columns]; NaN where a value is missing and to be filled. */
  readonly data: Float64Array;
  readonly classes?: readonly string[];
  readonly labels?: Int32Array;
  readonly targets?: Targets;
  readonly groups?: Int32Array;
  readonly order?: Float64Array;
  readonly captions: readonly string[];
}

/** Numbers in rows as a data set of one modality, which no row lacks. */
export function featuresDataset(rows: FeatureRows): Dataset {
  const { columns, data, classes = [], labels = new Int32Array(0), ...rest } = rows;
  const count = rest.captions.length;
  return {
    rows: count,
    modalities: [
      {
        name: FEATURES,
        kind: "features",
        shape: [columns.length],
        data,
        present: new Uint8Array(count).fill(1),
        contentOf: Int32Array.from({ length: count }, (_, row) => row),
        columns,
      },
    ],
    classes,
    labels,
    ...rest,
  };
}
