import type { PanelState } from "../store/panel-state.ts";
import {
  PAIR_LINKS,
  POINT_COLORS,
  type ScatterSettings,
  type ViewSettings,
} from "../store/view-settings.ts";
import { element } from "../ui/element.ts";
import { segmented } from "../ui/segmented.ts";
import { checkbox } from "../ui/toolkit.ts";
import { ModalityLegend } from "./modality-legend.ts";
import type { ViewContext } from "./view.ts";

/** Pairs that have lines when the worst have. */
export const WORST_LINKED = 50;

const COLORS: Readonly<Record<ScatterSettings["color"], string>> = {
  class: "Class",
  similarity: "Similarity",
};
const LINKS: Readonly<Record<ScatterSettings["links"], string>> = {
  off: "Off",
  hover: "Hover",
  selection: "Selection",
  worst: `Worst ${WORST_LINKED}`,
};

/** Which picture of the embeddings is shown, and how. */
export class EmbeddingToolbar {
  readonly element: HTMLElement;
  readonly #method;
  readonly #gap;
  readonly #color;
  readonly #links;
  readonly #modalities: ModalityLegend;
  readonly #progress = element("span", { className: "projection-progress" });

  constructor({ dispatch }: ViewContext) {
    const set = (change: Partial<ScatterSettings>): void =>
      dispatch({ type: "scatter/set", change });
    this.#method = segmented(
      "Projection",
      [
        { id: "pca", title: "PCA" },
        { id: "umap", title: "UMAP" },
      ],
      (method) => set({ method }),
    );
    this.#gap = checkbox("Gap removed", () => set({ isGapRemoved: !this.#isGapRemoved }));
    this.#gap.element.title =
      "Subtracts the mean of each modality from its unit vectors before they are projected";
    this.#color = segmented(
      "Colour",
      POINT_COLORS.map((id) => ({ id, title: COLORS[id] })),
      (color) => set({ color }),
    );
    this.#links = segmented(
      "Pair lines",
      PAIR_LINKS.map((id) => ({ id, title: LINKS[id] })),
      (links) => set({ links }),
    );
    this.#modalities = new ModalityLegend((modality) =>
      dispatch({ type: "modality/toggle", modality }),
    );
    this.element = element(
      "div",
      { className: "toolbar" },
      this.#method.element,
      this.#gap.element,
      labelled("Colour", this.#color.element),
      labelled("Lines", this.#links.element),
      this.#modalities.element,
      this.#progress,
    );
  }

  #isGapRemoved = false;

  update(
    { scatter, hiddenModalities }: ViewSettings,
    { view }: NonNullable<PanelState["embeddings"]>,
    progress: string,
  ): void {
    this.#isGapRemoved = scatter.isGapRemoved;
    this.#method.select(scatter.method);
    this.#gap.setChecked(scatter.isGapRemoved);
    this.#color.select(scatter.color);
    this.#links.select(scatter.links);
    this.#modalities.update(view, hiddenModalities);
    if (this.#progress.textContent !== progress) this.#progress.textContent = progress;
  }
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  return element(
    "div",
    { className: "labelled-control" },
    // The control has the same name for screen readers.
    element("span", { text, className: "muted", attributes: { "aria-hidden": "true" } }),
    control,
  );
}
