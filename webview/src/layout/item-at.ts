import { textAt } from "../../../core/formats/text-column.ts";
import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";

/** One item, as a table or a card shows it. */
export interface Item {
  readonly row: number;
  readonly label: string;
  readonly caption: string;
  /** Index into `EmbeddingView.thumbnails`. */
  readonly thumbnail?: number;
}

export function itemAt({ items }: EmbeddingView, row: number): Item {
  const thumbnail = items.thumbnailOf[row] ?? -1;
  return {
    row,
    label: labelAt({ items }, row),
    caption: textAt(items.captions, row),
    ...(thumbnail < 0 ? {} : { thumbnail }),
  };
}

export function labelAt({ items }: Pick<EmbeddingView, "items">, row: number): string {
  return items.labels[items.labelOf[row] ?? -1] ?? "";
}
