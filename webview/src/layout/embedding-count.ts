import type { EmbeddingCloud, EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import { formatCount } from "./number-format.ts";

/** "875 of 900 vectors": drawn points of all the items that could have one. */
export function vectorCount(
  { items, clouds: all }: Pick<EmbeddingView, "items" | "clouds">,
  { clouds }: { readonly clouds: readonly EmbeddingCloud[] },
  hiddenModalities: readonly string[] = [],
): string {
  const shown = clouds.filter((cloud) => !hiddenModalities.includes(cloud.modality));
  const drawn = shown.reduce((sum, cloud) => sum + cloud.rows.length, 0);
  return `${formatCount(drawn)} of ${formatCount(items.labelOf.length * all.length)} vectors`;
}
