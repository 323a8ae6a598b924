import type { Modality } from "./experiment.ts";

// Settings of data that lie in files; paths start at the folder of the experiment file.

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
  /** What a row of the features is: numbers, or a picture [height, width, channels]. */
  readonly kind: "features" | "image";
}

/** A file, or one of the arrays in it. */
export type ArrayPath = string | { readonly path: string; readonly array?: string };

interface SampleSettings {
  /** Of more rows an even sample is drawn, by `seed`. */
  readonly max_rows: number;
  readonly seed: number;
}

/** Embeddings of several modalities, rows paired. */
export interface PairsData extends SampleSettings {
  readonly source: "pairs";
  readonly modalities: Readonly<Partial<Record<Modality, ArrayPath>>>;
  readonly labels?: ArrayPath;
  /** What is done to rows: nothing, or division by their Euclidean norm. */
  readonly scale: "as_is" | "unit_norm";
  readonly standardize: boolean;
}

export interface Cifar10Data extends SampleSettings {
  readonly source: "cifar10";
  /** Folder. */
  readonly path: string;
}

/** Words are those that the training part has most of; the rest is one word, `unknown`. */
interface TextSettings {
  /** Words that are told apart. */
  readonly vocabulary: number;
  /** Words of a text that are read, from its start. */
  readonly length: number;
}

export interface ImdbData extends SampleSettings, TextSettings {
  readonly source: "imdb";
  /** Folder. */
  readonly path: string;
}

export interface CaptionedImagesData extends SampleSettings, TextSettings {
  readonly source: "captioned_images";
  /** JSON lines, or JSON as COCO has it. */
  readonly path: string;
  /** Folder of the images; without it that of `path`. */
  readonly images?: string;
  /** Pixels a side. */
  readonly image_size: number;
  /** Which captions of an image with several; each of `all` is a row. */
  readonly captions: "first" | "all";
  /** What is done where an image cannot be read: stop, leave the row out, or train without the image. */
  readonly missing_images: "error" | "drop" | "mark";
}

export type FileData =
  | TableData
  | ArraysData
  | PairsData
  | Cifar10Data
  | ImdbData
  | CaptionedImagesData;
