/** How an encoder may read a modality. */
export type ModalityKind = "image" | "tokens" | "spectrogram";

/** One modality of a data set: rows of equal shape, one after the other. */
export interface ModalityData {
  readonly name: string;
  readonly kind: ModalityKind;
  /** Shape of one row: image [height, width, channels], tokens [length], spectrogram [frames, bands]. */
  readonly shape: readonly number[];
  /** Row-major values; token ids for `tokens`, where 0 is padding. */
  readonly data: Float32Array | Int32Array;
  /** 1 where the row has this modality, 0 where it is missing; missing rows hold zeros. */
  readonly present: Uint8Array;
  /** Row whose content this row really shows; differs from the own row where pairs were mixed up. */
  readonly contentOf: Int32Array;
  /** Words by token id, for `tokens`. */
  readonly vocabulary?: readonly string[];
}

/** Paired rows of several modalities with one class label each. */
export interface Dataset {
  readonly rows: number;
  readonly modalities: readonly ModalityData[];
  readonly classes: readonly string[];
  /** Index into `classes` by row. */
  readonly labels: Int32Array;
  /** What a person is shown for a row. */
  readonly captions: readonly string[];
  /** RGB bytes [rows, height, width, 3]. */
  readonly thumbnails?: {
    readonly width: number;
    readonly height: number;
    readonly rgb: Uint8Array;
  };
}
