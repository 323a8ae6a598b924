/** How an encoder may read a modality. */
export type ModalityKind = "image" | "tokens" | "spectrogram" | "features";

/** One modality of a data set: rows of equal shape, one after the other. */
export interface ModalityData {
  readonly name: string;
  readonly kind: ModalityKind;
  /**
   * Shape of one row: image [height, width, channels], tokens [length], spectrogram [frames, bands],
   * features [columns].
   */
  readonly shape: readonly number[];
  /** Row-major values; token ids for `tokens`, where 0 is padding. */
  readonly data: Float32Array | Float64Array | Int32Array;
  /** 1 where the row has this modality, 0 where it is missing; missing rows hold zeros. */
  readonly present: Uint8Array;
  /** Row whose content this row really shows; differs from the own row where pairs were mixed up. */
  readonly contentOf: Int32Array;
  /** 1 where the loss of this modality may see the row's label; absent: everywhere. */
  readonly labelled?: Uint8Array;
  /** Words by token id, for `tokens`. */
  readonly vocabulary?: readonly string[];
  /** Names of the columns, for `features`. */
  readonly columns?: readonly string[];
}

/** Numbers to be predicted. */
export interface Targets {
  readonly names: readonly string[];
  /** Row-major [rows, names]. */
  readonly data: Float64Array;
}

/** Paired rows of several modalities with a class label each, or with numbers to be predicted. */
export interface Dataset {
  readonly rows: number;
  readonly modalities: readonly ModalityData[];
  /** Empty where rows have no classes. */
  readonly classes: readonly string[];
  /** Index into `classes` by row; empty where rows have none. */
  readonly labels: Int32Array;
  readonly targets?: Targets;
  /** Group by row: rows of one group never stand in different parts. */
  readonly groups?: Int32Array;
  /** Place in time by row: later rows are never trained on before earlier ones are predicted. */
  readonly order?: Float64Array;
  /** Rows that the source itself sets aside as the test part, ascending. */
  readonly testRows?: Int32Array;
  /** What a person is shown for a row. */
  readonly captions: readonly string[];
  /** RGB bytes [rows, height, width, 3]. */
  readonly thumbnails?: {
    readonly width: number;
    readonly height: number;
    readonly rgb: Uint8Array;
  };
}

/** Length of a row of what is to be predicted: one logit for each class, or the numbers themselves. */
export function outputWidth({ targets, classes }: Dataset): number {
  return targets === undefined ? classes.length : targets.names.length;
}
