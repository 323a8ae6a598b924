import type { PanelState } from "../store/panel-state.ts";
import { announcer } from "../ui/announcer.ts";
import { element } from "../ui/element.ts";
import { FileHeaderView } from "./file-header.ts";
import { NoticesView } from "./notices.ts";
import type { View, ViewContext } from "./view.ts";
import { WeightsView } from "./weights.ts";

/** The page of a weight file: what a run's page shows of weights, without the run. */
export class WeightFilePage implements View {
  readonly element: HTMLElement;
  readonly #parts: readonly View[];

  constructor({ dispatch, send }: Omit<ViewContext, "say">) {
    const voice = announcer();
    const context = { dispatch, send, say: voice.say };
    this.#parts = [new FileHeaderView(), new NoticesView(context), new WeightsView(context)];
    this.element = element(
      "main",
      { className: "page weight-file-page" },
      ...this.#parts.map((part) => part.element),
      voice.element,
    );
  }

  update(state: PanelState): void {
    for (const part of this.#parts) part.update(state);
  }

  /** Nothing changes with the clock alone. */
  tick(): void {
    // A file has no liveness.
  }

  repaint(): void {
    for (const part of this.#parts) part.repaint();
  }
}
