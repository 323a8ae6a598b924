import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import { itemAt } from "../layout/item-at.ts";
import { itemMatches } from "../layout/item-matches.ts";
import { formatCount, formatFixed } from "../layout/number-format.ts";
import { element } from "../ui/element.ts";
import { thumbnail } from "../ui/thumbnail.ts";

const THUMBNAIL_SIZE = 40;
/** Directions that fit in the card. */
const MOST_MATCHES = 3;

/** Card of the item under the pointer; it stays in its corner and never covers the point. */
export class PinnedItem {
  readonly element = element("div", { className: "pinned-item" });

  /** What the card says, in words. */
  show(view: EmbeddingView, row: number | undefined): string {
    this.element.hidden = row === undefined;
    if (row === undefined) return "";
    const item = itemAt(view, row);
    const matches = itemMatches(view, item.row)
      .slice(0, MOST_MATCHES)
      .map(
        ({ from, to, rank, cosine }) =>
          `${from} → ${to}  rank ${formatCount(rank)}  cos ${formatFixed(cosine, 2)}`,
      );
    const picture = thumbnail(view, item.thumbnail, THUMBNAIL_SIZE);
    this.element.replaceChildren(
      ...(picture === undefined ? [] : [picture]),
      element(
        "div",
        {},
        element("div", { className: "pinned-caption", text: item.caption || item.label }),
        ...matches.map((text) => element("div", { className: "pinned-match", text })),
      ),
    );
    return [item.caption || item.label, ...matches].join("; ");
  }
}
