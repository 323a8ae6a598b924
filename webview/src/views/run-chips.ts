import type { OtherRun } from "../../../core/protocol/panel/others.ts";
import { runColor } from "../layout/run-color.ts";
import { STATUS_MARKS } from "../layout/run-status.ts";
import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";
import { iconButton } from "../ui/toolkit.ts";
import type { View, ViewContext } from "./view.ts";

/** The runs that are drawn over the panel's own, each with the colour of its lines. */
export class RunChips implements View {
  readonly element = element("ul", {
    className: "run-chips",
    attributes: { "aria-label": "Runs drawn over this one" },
  });
  readonly #context: ViewContext;
  #shown: readonly OtherRun[] = [];

  constructor(context: ViewContext) {
    this.#context = context;
    this.element.hidden = true;
  }

  update({ others }: PanelState): void {
    if (others === this.#shown) return;
    this.#shown = others;
    this.element.hidden = others.length === 0;
    this.element.replaceChildren(...others.map((other, index) => this.#chip(other, index + 1)));
  }

  repaint(): void {
    // All of it follows the style sheet.
  }

  #chip({ key, header, isBaseline }: OtherRun, index: number): HTMLElement {
    const mark = STATUS_MARKS[header.status];
    const dot = element("span", { className: "chip-dot" });
    dot.style.background = `var(--nl-${runColor(index)})`;
    return element(
      "li",
      { className: "chip" },
      dot,
      element("span", { className: "chip-name", text: header.name }),
      ...(isBaseline ? [icon("bookmark", "chip-baseline")] : []),
      icon(mark.icon, `tone-${mark.tone}`),
      iconButton("close", `Take ${header.name} out`, () =>
        this.#context.send({ type: "others/remove", key }),
      ),
    );
  }
}
