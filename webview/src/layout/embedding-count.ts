import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import { formatCount } from "./number-format.ts";

/** "875 of 900 vectors": drawn points of all the items that could have one. */
export function vectorCount(view: EmbeddingView, hiddenModalities: readonly string[] = []): string {
  const shown = view.clouds.filter((cloud) => !hiddenModalities.includes(cloud.modality));
  const drawn = shown.reduce((sum, cloud) => sum + cloud.rows.length, 0);
  const possible = view.items.labelOf.length * view.clouds.length;
  return `${formatCount(drawn)} of ${formatCount(possible)} vectors`;
}
