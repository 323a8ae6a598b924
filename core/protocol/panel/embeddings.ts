/** The Embeddings tab: vectors of several modalities in one space. */
import type { TextColumn } from "../../formats/text-column.ts";
import {
  bytes,
  flag,
  guarded,
  listOf,
  naturalNumber,
  number,
  numbers32,
  objectOf,
  oneOf,
  text,
} from "../decoder.ts";
import type { MessageDecoders } from "./message-decoders.ts";

/** Retrieval in the full dimension, from one modality to another. `n` pairs; `chance` is recall@1 by luck. */
export interface RetrievalRow {
  readonly from: string;
  readonly to: string;
  readonly n: number;
  readonly recall1: number;
  readonly recall5: number;
  readonly recall10: number;
  readonly mrr: number;
  readonly medianRank: number;
  readonly chance: number;
}

/** What the run says of its items, as columns by item row: there may be very many. */
export interface EmbeddingItems {
  /** Every label once. */
  readonly labels: readonly string[];
  /** Index into `labels`, of every item. */
  readonly labelOf: Int32Array;
  readonly captions: TextColumn;
  /** Index into `EmbeddingView.thumbnails`, −1 without one. */
  readonly thumbnailOf: Int32Array;
}

/** Vectors of one modality in the joint projection. */
export interface EmbeddingCloud {
  readonly modality: string;
  /** Item row of each point. */
  readonly rows: Int32Array;
  /** x0, y0, x1, y1, … of the joint two-dimensional PCA. */
  readonly xy: Float32Array;
}

export interface EmbeddingView {
  readonly step: number;
  readonly epoch: number;
  readonly dimension: number;
  /** All items of the part; `clouds` may hold fewer where a modality is missing. */
  readonly items: EmbeddingItems;
  readonly clouds: readonly EmbeddingCloud[];
  /** Share of the variance of each of the two axes, 0..1. */
  readonly explained: readonly [number, number];
  readonly retrieval: readonly RetrievalRow[];
  /** ‖mean x − mean z‖ on the unit sphere. */
  readonly gaps: readonly { readonly a: string; readonly b: string; readonly value: number }[];
  /** mean ‖x − z‖² over the pairs, on the unit sphere. */
  readonly alignments: readonly {
    readonly a: string;
    readonly b: string;
    readonly value: number;
  }[];
  /** log mean exp(−2‖xᵢ − xⱼ‖²) over i < j, on the unit sphere. */
  readonly uniformities: readonly { readonly modality: string; readonly value: number }[];
  /**
   * For each pair of modalities in `retrieval` order: cosine of every true pair and the partner's
   * rank (1 is best), NaN where either side is missing; indexed by item row.
   */
  readonly pairs: readonly {
    readonly from: string;
    readonly to: string;
    readonly cosines: Float32Array;
    readonly ranks: Float32Array;
  }[];
  /**
   * Counts of the cosines of all that are no pairs, in equal bins over [−1, 1]; of an even choice of
   * rows where there are many.
   */
  readonly others: readonly {
    readonly a: string;
    readonly b: string;
    readonly counts: readonly number[];
  }[];
  /** RGB bytes, all of one size; absent when the run stored none. */
  readonly thumbnails?: {
    readonly width: number;
    readonly height: number;
    readonly rgb: Uint8Array;
  };
}

export const PROJECTION_METHODS = ["pca", "umap"] as const;

/** Which picture of the vectors of a step is wanted. */
export interface ProjectionKind {
  readonly step: number;
  readonly method: (typeof PROJECTION_METHODS)[number];
  /** With the mean of each modality subtracted from its unit vectors before they are projected. */
  readonly isGapRemoved: boolean;
}

/** A picture of the vectors; one that is still being refined is followed by others. */
export interface EmbeddingProjection extends ProjectionKind {
  readonly clouds: readonly EmbeddingCloud[];
  /** Share of the variance of each axis, 0..1, of a PCA. */
  readonly explained?: readonly [number, number];
  /** Work done, 0..1. */
  readonly share: number;
  /** All vectors, where `clouds` are a sample of them. */
  readonly vectorsTotal?: number;
}

export type EmbeddingsToPage =
  | {
      readonly type: "embeddings/view";
      readonly run: string;
      readonly steps: readonly number[];
      readonly view: EmbeddingView;
    }
  /** A step is being read, which takes long; what is shown stays until its view comes. */
  | {
      readonly type: "embeddings/reading";
      readonly run: string;
      readonly steps: readonly number[];
      readonly step: number;
      /** Work done, 0..1. */
      readonly share: number;
    }
  /** Why a step cannot be shown. */
  | {
      readonly type: "embeddings/no-view";
      readonly run: string;
      readonly step: number;
      readonly reason: string;
    }
  | {
      readonly type: "embeddings/projection";
      readonly run: string;
      readonly projection: EmbeddingProjection;
    }
  /** Why a picture that was asked for cannot be had. */
  | {
      readonly type: "embeddings/no-projection";
      readonly run: string;
      readonly kind: ProjectionKind;
      readonly reason: string;
    };

export type EmbeddingsRequest =
  /** Ends the reading of the step that was asked for before. */
  | {
      readonly type: "embeddings/request";
      readonly step: number;
      /** The page has the view of the step: nothing else is to be read any more. */
      readonly isShown?: boolean;
    }
  /** Ends the work on the picture that was asked for before. */
  | ({ readonly type: "embeddings/project" } & ProjectionKind);

const integers = guarded(
  "an Int32Array",
  (value): value is Int32Array => value instanceof Int32Array,
);

const share = guarded(
  "two numbers",
  (value): value is readonly [number, number] =>
    Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === "number"),
);

const cloud = objectOf<EmbeddingCloud>({ modality: text, rows: integers, xy: numbers32 });

const projectionKind = {
  step: naturalNumber,
  method: oneOf(...PROJECTION_METHODS),
  isGapRemoved: flag,
};

const embeddingView = objectOf<EmbeddingView>(
  {
    step: naturalNumber,
    epoch: number,
    dimension: naturalNumber,
    items: objectOf<EmbeddingItems>({
      labels: listOf(text),
      labelOf: integers,
      captions: objectOf<TextColumn>({ bytes, ends: integers }),
      thumbnailOf: integers,
    }),
    clouds: listOf(cloud),
    explained: share,
    retrieval: listOf(
      objectOf<RetrievalRow>({
        from: text,
        to: text,
        n: naturalNumber,
        recall1: number,
        recall5: number,
        recall10: number,
        mrr: number,
        medianRank: number,
        chance: number,
      }),
    ),
    gaps: listOf(objectOf({ a: text, b: text, value: number })),
    alignments: listOf(objectOf({ a: text, b: text, value: number })),
    uniformities: listOf(objectOf({ modality: text, value: number })),
    pairs: listOf(objectOf({ from: text, to: text, cosines: numbers32, ranks: numbers32 })),
    others: listOf(objectOf({ a: text, b: text, counts: listOf(number) })),
    thumbnails: objectOf<NonNullable<EmbeddingView["thumbnails"]>>({
      width: naturalNumber,
      height: naturalNumber,
      rgb: bytes,
    }),
  },
  ["thumbnails"],
);

export const EMBEDDINGS_TO_PAGE: MessageDecoders<EmbeddingsToPage> = {
  "embeddings/view": objectOf({
    type: oneOf("embeddings/view"),
    run: text,
    steps: listOf(naturalNumber),
    view: embeddingView,
  }),
  "embeddings/reading": objectOf({
    type: oneOf("embeddings/reading"),
    run: text,
    steps: listOf(naturalNumber),
    step: naturalNumber,
    share: number,
  }),
  "embeddings/no-view": objectOf({
    type: oneOf("embeddings/no-view"),
    run: text,
    step: naturalNumber,
    reason: text,
  }),
  "embeddings/projection": objectOf({
    type: oneOf("embeddings/projection"),
    run: text,
    projection: objectOf<EmbeddingProjection>(
      {
        ...projectionKind,
        clouds: listOf(cloud),
        explained: share,
        share: number,
        vectorsTotal: naturalNumber,
      },
      ["explained", "vectorsTotal"],
    ),
  }),
  "embeddings/no-projection": objectOf({
    type: oneOf("embeddings/no-projection"),
    run: text,
    kind: objectOf<ProjectionKind>(projectionKind),
    reason: text,
  }),
};

export const EMBEDDINGS_REQUESTS: MessageDecoders<EmbeddingsRequest> = {
  "embeddings/request": objectOf<Extract<EmbeddingsRequest, { type: "embeddings/request" }>>(
    { type: oneOf("embeddings/request"), step: naturalNumber, isShown: flag },
    ["isShown"],
  ),
  "embeddings/project": objectOf({ type: oneOf("embeddings/project"), ...projectionKind }),
};
