import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import type { ClassColor } from "../layout/class-colors.ts";
import { formatCount, formatFixed } from "../layout/number-format.ts";
import { type MatchedPair, worstPairs } from "../layout/worst-pairs.ts";
import { element } from "../ui/element.ts";
import { roveFocus } from "../ui/roving-focus.ts";
import { thumbnail } from "../ui/thumbnail.ts";
import { dropdown } from "../ui/toolkit.ts";

const MOST_ROWS = 50;
const THUMBNAIL_SIZE = 26;

export interface WorstPairsData {
  readonly view: EmbeddingView;
  readonly classes: readonly ClassColor[];
  readonly hiddenClasses: readonly string[];
}

/** Pairs whose partner is furthest from where it should be; a row points at its item in the plot. */
export class WorstPairsTable {
  readonly element: HTMLElement;
  readonly #direction;
  readonly #body = element("tbody");
  readonly #count = element("span", { className: "figure-subtitle" });
  readonly #onPin: (row: number | undefined) => void;
  #rows: readonly HTMLElement[] = [];
  #pairing = 0;
  #data: WorstPairsData | undefined;

  constructor(onPin: (row: number | undefined) => void) {
    this.#onPin = onPin;
    this.#direction = dropdown("Direction of retrieval", (index) => {
      this.#pairing = index;
      this.#draw();
    });
    const heads = ["Picture", "Caption", "Class", "Rank", "Cosine"].map((text, index) =>
      element(
        "th",
        { className: `pair-${index}`, attributes: { scope: "col" } },
        element("span", { text, className: index === 0 ? "visually-hidden" : "" }),
      ),
    );
    // One stop for the Tab key, not fifty.
    roveFocus(
      this.#body,
      () => this.#rows,
      (index) => {
        for (const [at, row] of this.#rows.entries()) row.tabIndex = at === index ? 0 : -1;
      },
    );
    this.element = element(
      "section",
      { className: "figure worst-pairs" },
      element(
        "div",
        { className: "figure-head" },
        element("h2", { className: "figure-title", text: "Worst matched pairs" }),
        this.#count,
        element("div", { className: "figure-tools" }, this.#direction.element),
      ),
      element(
        "div",
        { className: "table-scroller" },
        element(
          "table",
          { className: "pair-table" },
          element("thead", {}, element("tr", {}, ...heads)),
          this.#body,
        ),
      ),
    );
  }

  update(data: WorstPairsData): void {
    const isSame =
      this.#data?.view === data.view && this.#data.hiddenClasses === data.hiddenClasses;
    this.#data = data;
    if (!isSame) this.#draw();
  }

  /** Marks the row of the item that the plot points at. */
  pin(row: number | undefined): void {
    for (const line of this.#rows) {
      line.classList.toggle(
        "pinned",
        row !== undefined && line.getAttribute("data-row") === String(row),
      );
    }
  }

  #draw(): void {
    const data = this.#data;
    if (data === undefined) return;
    const { view, hiddenClasses } = data;
    this.element.hidden = view.pairs.length === 0;
    this.#pairing = Math.min(this.#pairing, Math.max(0, view.pairs.length - 1));
    this.#direction.setOptions(
      view.pairs.map(({ from, to }) => `${from} → ${to}`),
      this.#pairing,
    );
    const pairs = worstPairs(view, this.#pairing, MOST_ROWS, hiddenClasses);
    const all = view.pairs[this.#pairing]?.ranks.filter(Number.isFinite).length ?? 0;
    this.#count.textContent = `by rank of the partner, ${formatCount(pairs.length)} of ${formatCount(all)} pairs`;
    this.#rows = pairs.map((pair) => this.#rowOf(pair, data));
    this.#rows[0]?.setAttribute("tabindex", "0");
    this.#body.replaceChildren(...this.#rows);
  }

  #rowOf({ item, rank, cosine }: MatchedPair, data: WorstPairsData): HTMLElement {
    const picture = thumbnail(data.view, item.thumbnail, THUMBNAIL_SIZE);
    const color = data.classes.find(({ label }) => label === item.label)?.color ?? "muted";
    const dot = element("span", { className: "class-dot" });
    dot.style.background = `var(--nl-${color})`;
    const line = element(
      "tr",
      { attributes: { tabindex: "-1", "data-row": String(item.row) } },
      element("td", { className: "pair-0" }, ...(picture === undefined ? [] : [picture])),
      element("td", { className: "pair-1", text: item.caption, title: item.caption }),
      element("td", { className: "pair-2" }, dot, item.label),
      element("td", { className: "pair-3", text: formatCount(rank) }),
      element("td", { className: "pair-4", text: formatFixed(cosine, 2) }),
    );
    line.addEventListener("pointerenter", () => this.#onPin(item.row));
    line.addEventListener("pointerleave", () => this.#onPin(undefined));
    line.addEventListener("focus", () => this.#onPin(item.row));
    line.addEventListener("blur", () => this.#onPin(undefined));
    return line;
  }
}
