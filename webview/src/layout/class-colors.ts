import type { EmbeddingItem } from "../../../core/protocol/panel/embeddings.ts";
import { type InkColor, SERIES_COLORS } from "./figure.ts";

export interface ClassColor {
  readonly label: string;
  readonly color: InkColor;
  readonly count: number;
}

/**
 * Classes in the run's own order, then any that only the items name. The first six have a colour;
 * the others are grey, for a seventh hue could not be told apart.
 */
export function classColors(
  items: readonly EmbeddingItem[],
  declared: readonly string[],
): ClassColor[] {
  const counts = new Map<string, number>();
  for (const { label } of items) counts.set(label, (counts.get(label) ?? 0) + 1);
  const known = declared.filter((label) => counts.has(label));
  const others = [...counts.keys()].filter((label) => !declared.includes(label));
  return [...known, ...others].map((label, index) => ({
    label,
    color: SERIES_COLORS[index] ?? "muted",
    count: counts.get(label) ?? 0,
  }));
}
