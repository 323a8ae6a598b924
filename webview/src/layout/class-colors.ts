import type { EmbeddingItems } from "../../../core/protocol/panel/embeddings.ts";
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
  { labels, labelOf }: EmbeddingItems,
  declared: readonly string[],
): ClassColor[] {
  const totals = new Uint32Array(labels.length);
  for (const label of labelOf) totals[label] = (totals[label] ?? 0) + 1;
  const counts = new Map(
    labels.flatMap((label, index): [string, number][] => {
      const count = totals[index] ?? 0;
      return count === 0 ? [] : [[label, count]];
    }),
  );
  const known = declared.filter((label) => counts.has(label));
  const others = [...counts.keys()].filter((label) => !declared.includes(label));
  return [...known, ...others].map((label, index) => ({
    label,
    color: SERIES_COLORS[index] ?? "muted",
    count: counts.get(label) ?? 0,
  }));
}
