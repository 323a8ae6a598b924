import type { ReadTensor } from "../formats/safetensors.ts";
import { packTexts } from "../formats/text-column.ts";
import { alignment } from "../measures/alignment.ts";
import { pairCosines } from "../measures/cosine.ts";
import type { Matrix } from "../measures/matrix.ts";
import { modalityGap } from "../measures/modality-gap.ts";
import { otherCosines } from "../measures/other-cosines.ts";
import { pca } from "../measures/pca.ts";
import { retrieval } from "../measures/retrieval.ts";
import { uniformity } from "../measures/uniformity.ts";
import { isFiniteRow, selectRows, spreadRows } from "../measures/unit-rows.ts";
import type {
  EmbeddingCloud,
  EmbeddingItems,
  EmbeddingView,
} from "../protocol/panel/embeddings.ts";
import type { ItemLine } from "../protocol/run-files.ts";

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

/** Ranking takes n²·d operations; of more rows than this an even choice is ranked, and `n` says so. */
const MAX_RANKED_ROWS = 3000;
/** Every row is compared with every other; so many give more cosines than a histogram can show. */
const MAX_COMPARED_ROWS = 600;
const COSINE_BINS = 50;

interface Modality {
  readonly name: string;
  readonly vectors: Matrix;
}

/**
 * What the embeddings view shows: one joint projection of all modalities, and the figures of their
 * alignment in the full dimension. A text says why tensors cannot be shown.
 */
export function embeddingView(snapshot: EmbeddingSnapshot): EmbeddingView | string {
  const modalities = modalitiesOf(snapshot);
  if (typeof modalities === "string") return modalities;
  const [{ rows = 0, columns: dimension = 0 } = {}] = modalities.map(({ vectors }) => vectors);
  const { clouds, explained } = jointProjection(modalities, rows, dimension);
  const unordered = modalities.flatMap((a, index) =>
    modalities.slice(index + 1).map((b) => [a, b] as const),
  );
  const directions = unordered
    .flatMap(([a, b]) => [[a, b] as const, [b, a] as const])
    .map(([from, to]) => rankedPair(from, to));
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
        value: uniformity(selectRows(vectors, spreadRows(rows, MAX_RANKED_ROWS))),
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

function modalitiesOf({ tensors, modalities }: EmbeddingSnapshot): Modality[] | string {
  const rankOf = (name: string) => {
    const index = modalities.indexOf(name);
    return index === -1 ? modalities.length : index;
  };
  const found: Modality[] = [];
  for (const { name, shape, data } of tensors.toSorted((a, b) => rankOf(a.name) - rankOf(b.name))) {
    const [rows, columns] = shape;
    const isReal = data instanceof Float32Array || data instanceof Float64Array;
    if (!isReal || shape.length !== 2 || rows === undefined || columns === undefined) {
      return `embeddings of "${name}" are not real numbers in shape [rows, dimension]`;
    }
    found.push({ name, vectors: { rows, columns, data } });
  }
  const [first] = found;
  if (first === undefined) return "the embeddings hold no tensor";
  const odd = found.find(
    ({ vectors }) =>
      vectors.rows !== first.vectors.rows || vectors.columns !== first.vectors.columns,
  );
  if (first.vectors.data.length === 0) return `embeddings of "${first.name}" hold no numbers`;
  return odd === undefined
    ? found
    : `embeddings of "${odd.name}" are [${odd.vectors.rows}, ${odd.vectors.columns}], those of "${first.name}" [${first.vectors.rows}, ${first.vectors.columns}]`;
}

/** One projection for all, or the distance between modalities would be lost. */
function jointProjection(modalities: readonly Modality[], rows: number, dimension: number) {
  const stacked = new Float64Array(modalities.length * rows * dimension);
  for (const [index, { vectors }] of modalities.entries()) {
    stacked.set(vectors.data, index * rows * dimension);
  }
  const { xy, explained } = pca({
    rows: modalities.length * rows,
    columns: dimension,
    data: stacked,
  });
  const clouds = modalities.map(({ name, vectors }, index): EmbeddingCloud => {
    const present = Int32Array.from({ length: rows }, (_, row) => row).filter((row) =>
      isFiniteRow(vectors, row),
    );
    const points = Float32Array.from({ length: 2 * present.length }, (_, k) => {
      const row = index * rows + (present[k >> 1] ?? 0);
      return xy[2 * row + (k & 1)] ?? Number.NaN;
    });
    return { modality: name, rows: present, xy: points };
  });
  return { clouds, explained };
}

function rankedPair(from: Modality, to: Modality) {
  const { rows } = from.vectors;
  const chosen = spreadRows(rows, MAX_RANKED_ROWS);
  const { ranks, ...figures } = retrieval(
    selectRows(from.vectors, chosen),
    selectRows(to.vectors, chosen),
  );
  const ranksByRow = new Float32Array(rows).fill(Number.NaN);
  for (const [index, row] of chosen.entries()) ranksByRow[row] = ranks[index] ?? Number.NaN;
  const names = { from: from.name, to: to.name };
  return {
    row: { ...names, ...figures, chance: 1 / figures.n },
    pairs: {
      ...names,
      cosines: Float32Array.from(pairCosines(from.vectors, to.vectors)),
      ranks: ranksByRow,
    },
  };
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
