import type { EmbeddingView, RetrievalRow } from "../../../core/protocol/panel/embeddings.ts";
import { formatChance, formatCount } from "./number-format.ts";

/** Rows both ways of one pair of modalities next to each other, the pairs in their given order. */
export function pairedRows(rows: readonly RetrievalRow[]): RetrievalRow[][] {
  const pairs = new Map<string, RetrievalRow[]>();
  for (const row of rows) {
    const key = [row.from, row.to].sort().join(" ");
    pairs.set(key, [...(pairs.get(key) ?? []), row]);
  }
  return [...pairs.values()];
}

/** Recall means nothing without the number of pairs and what guessing would reach. */
export function retrievalCaption({ retrieval }: EmbeddingView): string {
  const most = retrieval.reduce<RetrievalRow | undefined>(
    (best, row) => (best === undefined || row.n > best.n ? row : best),
    undefined,
  );
  if (most === undefined) return "";
  const fewer = new Map(
    retrieval.filter((row) => row.n < most.n).map((row) => [rarer(row, retrieval), row.n]),
  );
  const others = [...fewer].map(([modality, n]) => `${formatCount(n)} with ${modality}`);
  const counts = [`${formatCount(most.n)} pairs`, ...others].join(", ");
  return `${counts}. By chance R@1 is ${formatChance(most.chance)}.`;
}

/** The side of a row that other, fuller rows lack. */
function rarer({ from, to, n }: RetrievalRow, rows: readonly RetrievalRow[]): string {
  const isInFuller = rows.some((row) => row.n > n && (row.from === to || row.to === to));
  return isInFuller ? from : to;
}
