import type {
  EmbeddingCloud,
  EmbeddingProjection,
  EmbeddingView,
  ProjectionKind,
} from "../../../../core/protocol/panel/embeddings.ts";

/** What the plot shows, which may not be what is wanted yet. */
export interface ShownPicture {
  readonly clouds: readonly EmbeddingCloud[];
  readonly explained?: readonly [number, number];
  readonly vectorsTotal?: number;
  readonly state:
    | { readonly type: "done" }
    /** Share of the work that is done, 0..1. */
    | { readonly type: "refining"; readonly share: number }
    | { readonly type: "refused"; readonly reason: string };
}

interface Pictures {
  readonly view: EmbeddingView;
  readonly wanted: ProjectionKind;
  /** What came last. */
  readonly projection?: EmbeddingProjection;
  readonly refusal?: { readonly kind: ProjectionKind; readonly reason: string };
  /** What was shown until now, of the same run. */
  readonly before?: ShownPicture;
}

export function isSameKind(a: ProjectionKind, b: ProjectionKind): boolean {
  return a.step === b.step && a.method === b.method && a.isGapRemoved === b.isGapRemoved;
}

/** The joint PCA comes with every view and need not be asked for. */
export function isJointPca({ method, isGapRemoved }: ProjectionKind): boolean {
  return method === "pca" && !isGapRemoved;
}

/**
 * The wanted picture as far as it has come; until it comes, what was shown before; and the joint PCA
 * where there is nothing else, or where what is wanted cannot be had.
 */
export function shownPicture(pictures: Pictures): ShownPicture {
  const { view, wanted, projection, refusal, before } = pictures;
  const joint = { clouds: view.clouds, explained: view.explained };
  if (isJointPca(wanted)) return { ...joint, state: { type: "done" } };
  if (projection !== undefined && isSameKind(projection, wanted)) {
    const { clouds, explained, vectorsTotal, share } = projection;
    return {
      clouds,
      ...(explained === undefined ? {} : { explained }),
      ...(vectorsTotal === undefined ? {} : { vectorsTotal }),
      state: share >= 1 ? { type: "done" } : { type: "refining", share },
    };
  }
  if (refusal !== undefined && isSameKind(refusal.kind, wanted)) {
    return { ...joint, state: { type: "refused", reason: refusal.reason } };
  }
  return { ...(before ?? joint), state: { type: "refining", share: 0 } };
}
