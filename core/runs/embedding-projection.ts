import type { Matrix } from "../measures/matrix.ts";
import { type Projection, pca } from "../measures/pca.ts";
import { createUmap } from "../measures/umap/umap.ts";
import { finiteRows, selectRows, spreadRows, unitRows } from "../measures/unit-rows.ts";
import type {
  EmbeddingCloud,
  EmbeddingProjection,
  ProjectionKind,
} from "../protocol/panel/embeddings.ts";
import type { ModalityVectors } from "./modality-vectors.ts";

/** Vectors that UMAP takes within a minute; of more items an even choice is projected. */
const MAX_UMAP_VECTORS = 30_000;

/** A picture that is refined piece by piece. */
export interface ProjectionWork {
  /** Does a piece of the work; true once all is done. */
  step(): boolean;
  /** The picture as it is now. */
  projection(): EmbeddingProjection;
}

/**
 * Picture of all modalities in one plane.
 *
 * With `isGapRemoved` every vector is scaled to length 1 and its modality's mean is subtracted, so that
 * what is left of the distance between modalities is not their gap. PCA takes the vectors, of which it
 * is done at once; UMAP compares their directions or, with the gap removed, their distances, and starts
 * from their PCA. Beyond 30,000 vectors UMAP projects an even choice of items. A vector that is not
 * finite, or has no direction where that is needed, is in no cloud.
 *
 * @see Liang et al. 2022, arXiv:2203.02053, section 2, for the gap and its shift.
 */
export function projectEmbeddings(
  modalities: readonly ModalityVectors[],
  kind: ProjectionKind,
  most = MAX_UMAP_VECTORS,
): ProjectionWork {
  const projected = kind.isGapRemoved ? modalities.map(withoutGap) : modalities;
  if (kind.method === "pca") {
    const picture = { ...kind, ...projectJointly(projected, pca), share: 1 };
    return { step: () => true, projection: () => picture };
  }
  return projectByUmap(projected, kind, most);
}

function projectByUmap(
  modalities: readonly ModalityVectors[],
  kind: ProjectionKind,
  most: number,
): ProjectionWork {
  const total = modalities.reduce((sum, { vectors }) => sum + finiteRows(vectors).length, 0);
  const count = modalities[0]?.vectors.rows ?? 0;
  const isSample = total > most;
  const items = spreadRows(count, isSample ? Math.floor((count * most) / total) : count);
  const chosen = modalities.map(({ name, vectors }) => {
    return { name, vectors: isSample ? selectRows(vectors, items) : vectors };
  });
  const metric = kind.isGapRemoved ? "euclidean" : "cosine";
  const umap = createUmap(stacked(chosen), { metric });
  return {
    step: umap.step,
    projection() {
      return {
        ...kind,
        clouds: cloudsOf(chosen, umap.positions(), items),
        share: umap.progress,
        ...(isSample ? { vectorsTotal: total } : {}),
      };
    },
  };
}

/** One projection for all: projected apart, the distance between modalities would be lost. */
export function projectJointly(
  modalities: readonly ModalityVectors[],
  project: (vectors: Matrix) => Projection,
): { readonly clouds: readonly EmbeddingCloud[]; readonly explained: readonly [number, number] } {
  const { xy, explained } = project(stacked(modalities));
  const items = spreadRows(modalities[0]?.vectors.rows ?? 0, Number.POSITIVE_INFINITY);
  return { clouds: cloudsOf(modalities, xy, items), explained };
}

function withoutGap({ name, vectors }: ModalityVectors): ModalityVectors {
  const unit = unitRows(vectors);
  const present = finiteRows(unit);
  const mean = new Float64Array(unit.columns);
  for (const row of present) {
    for (let k = 0; k < unit.columns; k += 1) {
      mean[k] = (mean[k] ?? 0) + (unit.data[row * unit.columns + k] ?? 0) / present.length;
    }
  }
  for (let index = 0; index < unit.data.length; index += 1) {
    unit.data[index] = (unit.data[index] ?? 0) - (mean[index % unit.columns] ?? 0);
  }
  return { name, vectors: unit };
}

/** All modalities below one another. */
function stacked(modalities: readonly ModalityVectors[]): Matrix {
  const { rows = 0, columns = 0 } = modalities[0]?.vectors ?? {};
  const data = new Float64Array(modalities.length * rows * columns);
  for (const [index, { vectors }] of modalities.entries()) {
    data.set(vectors.data, index * rows * columns);
  }
  return { rows: modalities.length * rows, columns, data };
}

/** The points of stacked modalities, each with its item; those that have no place are left out. */
function cloudsOf(
  modalities: readonly ModalityVectors[],
  xy: Float32Array | Float64Array,
  items: readonly number[],
): EmbeddingCloud[] {
  return modalities.map(({ name }, index) => {
    const first = 2 * index * items.length;
    const present = items.flatMap((_item, place) =>
      Number.isNaN(xy[first + 2 * place]) ? [] : [place],
    );
    const points = new Float32Array(2 * present.length);
    for (const [point, place] of present.entries()) {
      points[2 * point] = xy[first + 2 * place] ?? Number.NaN;
      points[2 * point + 1] = xy[first + 2 * place + 1] ?? Number.NaN;
    }
    return {
      modality: name,
      rows: Int32Array.from(present, (place) => items[place] ?? 0),
      xy: points,
    };
  });
}
