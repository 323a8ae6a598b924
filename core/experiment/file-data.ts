/** Settings of data that lie in files; paths start at the folder of the experiment file. */

export type Task = "regression" | "classification" | "clustering";

/** `mean` and `median` are those of the training part. */
export type MissingPolicy = "error" | "drop" | "mean" | "median";

/** What all tables of numbers are asked for. */
interface FeatureSettings {
  readonly path: string;
  readonly task: Task;
  readonly target?: string | readonly string[];
  readonly missing_values: MissingPolicy;
  /** Features get mean 0 and standard deviation 1, both those of the training part. */
  readonly standardize: boolean;
  /** Of more rows an even sample is drawn, by `seed`. */
  readonly max_rows: number;
  readonly seed: number;
}

interface ColumnSettings extends FeatureSettings {
  /** Columns; without it all but target, group and order. */
  readonly features?: string | readonly string[];
  /** Columns that name categories, or each with all its categories. */
  readonly categorical: readonly string[] | Readonly<Record<string, readonly string[]>>;
}

export interface CsvData extends ColumnSettings {
  readonly source: "csv";
  readonly delimiter?: string;
  readonly decimal: "." | ",";
}

export interface ParquetData extends ColumnSettings {
  readonly source: "parquet";
}

export type TableData = CsvData | ParquetData;

/** `path` is a .npz, .npy or .safetensors file; arrays are named, or a .npy file of their own. */
export interface ArraysData extends FeatureSettings {
  readonly source: "arrays";
  readonly features?: string | readonly string[];
}

export type FileData = TableData | ArraysData;
