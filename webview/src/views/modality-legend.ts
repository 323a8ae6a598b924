import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import { modalityShapes } from "../layout/modality-shape.ts";
import { formatCount } from "../layout/number-format.ts";
import { element } from "../ui/element.ts";
import { shapeMark } from "../ui/shape-mark.ts";

/** Modalities with their shapes and counts; pressing one hides or shows its points. */
export class ModalityLegend {
  readonly element = element("div", {
    className: "modality-legend",
    attributes: { role: "group", "aria-label": "Modalities" },
  });
  readonly #onToggle: (modality: string) => void;
  #view: EmbeddingView | undefined;

  constructor(onToggle: (modality: string) => void) {
    this.#onToggle = onToggle;
  }

  update(view: EmbeddingView, hidden: readonly string[]): void {
    if (view !== this.#view) {
      this.#view = view;
      this.#draw(view);
    }
    for (const [index, { modality }] of view.clouds.entries()) {
      const key = this.element.children[index];
      key?.setAttribute("aria-pressed", String(!hidden.includes(modality)));
    }
  }

  #draw({ clouds, items }: EmbeddingView): void {
    const shapes = modalityShapes(clouds.map((cloud) => cloud.modality));
    const keys = clouds.map(({ modality, rows }) => {
      const isPartial = rows.length < items.labelOf.length;
      const count = `${formatCount(rows.length)}${isPartial ? ` of ${formatCount(items.labelOf.length)}` : ""}`;
      const key = element(
        "button",
        {
          className: "modality-key",
          title: `${modality}: press to hide or show`,
          attributes: { type: "button" },
        },
        shapeMark(shapes.get(modality) ?? "circle"),
        modality,
        element("span", { className: "muted", text: count }),
      );
      key.addEventListener("click", () => this.#onToggle(modality));
      return key;
    });
    this.element.replaceChildren(...keys);
  }
}
