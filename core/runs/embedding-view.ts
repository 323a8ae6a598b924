import type { ReadTensor } from "../formats/safetensors.ts";
import { packTexts } from "../formats/text-column.ts";
import { alignment } from "../measures/alignment.ts";
import { pairCosines } from "../measures/cosine.ts";
import { modalityGap } from "../measures/modality-gap.ts";
import { otherCosines } from "../measures/other-cosines.ts";
import { pca } from "../measures/pca.ts";
import { retrievalBothWays } from "../measures/retrieval.ts";
import { uniformity } from "../measures/uniformity.ts";
import { selectRows, spreadRows } from "../measures/unit-rows.ts";
import type { EmbeddingItems, EmbeddingView } from "../protocol/panel/embeddings.ts";
import type { ItemLine } from "../protocol/run-files.ts";
import { projectJointly } from "./embedding-projection.ts";
import { type ModalityVectors, modalityVectors } from "./modality-vectors.ts";

type Thumbnails = NonNullable<EmbeddingView["thumbnails"]>;

/** One snapshot of a run's embeddings, as its files hold it. */
export interface EmbeddingSnapshot {
  readonly step: number;
  readonly epoch: number;
  /** One matrix [rows, dimension] a modality; rows are paired, a missing one is NaN. */
  readonly tensors: readonly ReadTensor[];
  /** The order in which modalities are shown; others follow in the order of `tensors`. */
  readonly modalities: readonly string[];
  readonly items: readonly ItemLine[];
  readonly thumbnails?: Thumbnails;
}

/** Ranking takes two seconds for so many of dimension 512; of more an even choice is ranked, as `n` says. */
const MAX_RANKED_ROWS = 10_000;
/** Uniformity compares every row with every other; of more rows an even choice is. */
const MAX_SPREAD_ROWS = 3000;
/** Every row is compared with every other; so many give more cosines than a histogram can show. */
const MAX_COMPARED_ROWS = 600;
const COSINE_BINS = 50;

/** About which part of the time is gone when the vectors are projected, and when they are ranked. */
const [SHARE_PROJECTED, SHARE_RANKED] = [0.1, 0.8];

/** Hears which share of the work is done, 0..1. */
export type TellShare = (share: number) => void;

/**
 * What the embeddings view shows: one joint projection of all modalities, and the figures of their
 * alignment in the full dimension. A text says why tensors cannot be shown.
 */
export function embeddingView(
  snapshot: EmbeddingSnapshot,
  tell: TellShare = () => undefined,
): EmbeddingView | string {
  const modalities = modalityVectors(snapshot.tensors, snapshot.modalities);
  if (typeof modalities === "string") return modalities;
  const [{ rows = 0, columns: dimension = 0 } = {}] = modalities.map(({ vectors }) => vectors);
  const { clouds, explained } = projectJointly(modalities, pca);
  tell(SHARE_PROJECTED);
  const unordered = modalities.flatMap((a, index) =>
    modalities.slice(index + 1).map((b) => [a, b] as const),
  );
  const directions = unordered.flatMap(([a, b], index) =>
    rankedPairs(a, b, (share) => {
      const ranked = (index + share) / unordered.length;
      tell(SHARE_PROJECTED + (SHARE_RANKED - SHARE_PROJECTED) * ranked);
    }),
  );
  tell(SHARE_RANKED);
  return {
    step: snapshot.step,
    epoch: snapshot.epoch,
    dimension,
    items: itemsOf(snapshot, rows),
    clouds,
    explained,
    retrieval: directions.map(({ row }) => row),
    gaps: unordered.map(([a, b]) => {
      return { a: a.name, b: b.name, value: modalityGap(a.vectors, b.vectors) };
    }),
    alignments: unordered.map(([a, b]) => {
      return { a: a.name, b: b.name, value: alignment(a.vectors, b.vectors) };
    }),
    uniformities: modalities.map(({ name, vectors }) => {
      return {
        modality: name,
        value: uniformity(selectRows(vectors, spreadRows(rows, MAX_SPREAD_ROWS))),
      };
    }),
    pairs: directions.map(({ pairs }) => pairs),
    others: unordered.map(([a, b]) => {
      const chosen = spreadRows(rows, MAX_COMPARED_ROWS);
      const [from, to] = [selectRows(a.vectors, chosen), selectRows(b.vectors, chosen)];
      return { a: a.name, b: b.name, counts: otherCosines(from, to, COSINE_BINS) };
    }),
    ...(snapshot.thumbnails === undefined ? {} : { thumbnails: snapshot.thumbnails }),
  };
}

/** Both directions of a pair of modalities. */
function rankedPairs(a: ModalityVectors, b: ModalityVectors, tell: TellShare) {
  const { rows } = a.vectors;
  const chosen = spreadRows(rows, MAX_RANKED_ROWS);
  const ranked = ({ vectors }: ModalityVectors) =>
    chosen.length === rows ? vectors : selectRows(vectors, chosen);
  const both = retrievalBothWays(ranked(a), ranked(b), tell);
  const cosines = pairCosines(a.vectors, b.vectors);
  return both.map(({ ranks, ...figures }, index) => {
    const ranksByRow = new Float32Array(rows).fill(Number.NaN);
    for (const [place, row] of chosen.entries()) ranksByRow[row] = ranks[place] ?? Number.NaN;
    const [from, to] = index === 0 ? [a.name, b.name] : [b.name, a.name];
    return {
      row: { from, to, ...figures, chance: 1 / figures.n },
      pairs: { from, to, cosines: Float32Array.from(cosines), ranks: ranksByRow },
    };
  });
}

/** An item for every row, named where the run says what it is. */
function itemsOf({ items, thumbnails }: EmbeddingSnapshot, rows: number): EmbeddingItems {
  const thumbnailBytes = thumbnails === undefined ? 0 : thumbnails.width * thumbnails.height * 3;
  const count = thumbnailBytes === 0 ? 0 : (thumbnails?.rgb.length ?? 0) / thumbnailBytes;
  const labels = new Map([["", 0]]);
  const labelOf = new Int32Array(rows);
  const captions: string[] = Array.from({ length: rows }, () => "");
  const thumbnailOf = new Int32Array(rows).fill(-1);
  for (const { row, label, caption, thumbnail } of items) {
    if (row >= rows) continue;
    const index = labels.get(label) ?? labels.size;
    labels.set(label, index);
    labelOf[row] = index;
    captions[row] = caption;
    thumbnailOf[row] = thumbnail !== undefined && thumbnail < count ? thumbnail : -1;
  }
  return { labels: [...labels.keys()], labelOf, captions: packTexts(captions), thumbnailOf };
}
