import type {
  EmbeddingProjection,
  ProjectionKind,
} from "../../../../core/protocol/panel/embeddings.ts";
import { isJointPca, isSameKind } from "./shown-picture.ts";

/** The picture that was asked for last, and of which run. */
export interface AskedPicture extends ProjectionKind {
  readonly run: string;
}

/**
 * What to ask for now; `undefined` where nothing is to be asked. `projection` is what came last, of the
 * same run. The joint PCA comes by itself: it is
 * asked for only where that ends the work on a picture that is not wanted any more.
 */
export function pictureToAsk(
  wanted: AskedPicture,
  asked: AskedPicture | undefined,
  projection: EmbeddingProjection | undefined,
): AskedPicture | undefined {
  const isHere = (kind: ProjectionKind): boolean =>
    projection !== undefined && isSameKind(projection, kind) && projection.share >= 1;
  const last = asked?.run === wanted.run ? asked : undefined;
  if (last !== undefined && isSameKind(last, wanted)) return undefined;
  if (!isJointPca(wanted)) return isHere(wanted) ? undefined : wanted;
  if (last === undefined || isJointPca(last)) return undefined;
  return isHere(last) ? undefined : wanted;
}
