import { X_AXES, type XAxis } from "../../../core/protocol/panel/curves.ts";
import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { segmented } from "../ui/segmented.ts";
import { slider } from "../ui/slider.ts";
import { button, checkbox } from "../ui/toolkit.ts";
import type { View, ViewContext } from "./view.ts";

const AXIS_TITLES: Readonly<Record<XAxis, string>> = { step: "Step", epoch: "Epoch", time: "Time" };

/** What the reader can set for all curves at once. */
export class CurveToolbar implements View {
  readonly element: HTMLElement;
  readonly #axis;
  readonly #smoothing;
  readonly #smoothingText = element("output", { className: "slider-text" });
  readonly #envelope;
  readonly #log;
  readonly #reset: HTMLElement;
  readonly #legend = lineLegend();

  constructor({ dispatch }: ViewContext) {
    this.#axis = segmented(
      "Horizontal axis",
      X_AXES.map((id) => ({ id, title: AXIS_TITLES[id] })),
      (axis) => dispatch({ type: "axis/select", axis }),
    );
    this.#smoothing = slider({
      label: "Smoothing",
      min: 0,
      max: 0.98,
      step: 0.02,
      onInput: (weight) => dispatch({ type: "smoothing/set", weight }),
    });
    this.#envelope = checkbox("Min–max", () => dispatch({ type: "envelope/toggle" }));
    this.#log = checkbox("Log y", () => dispatch({ type: "log-y/toggle" }));
    this.#reset = button({
      text: "Reset zoom",
      appearance: "secondary",
      onClick: () => dispatch({ type: "zoom/set", zoom: undefined }),
    });
    this.element = element(
      "div",
      { className: "toolbar" },
      this.#axis.element,
      element(
        "div",
        { className: "labelled-slider" },
        element("span", { text: "Smoothing" }),
        this.#smoothing.element,
        this.#smoothingText,
      ),
      this.#envelope.element,
      this.#log.element,
      this.#reset,
      this.#legend,
    );
  }

  update({ settings, series }: PanelState): void {
    this.#legend.hidden = ![...series.keys()].some((name) => name.startsWith("validation/"));
    this.#axis.select(settings.axis);
    const text = settings.smoothing.toFixed(2);
    this.#smoothing.setValue(settings.smoothing, text);
    this.#smoothingText.textContent = text;
    this.#envelope.setChecked(settings.showEnvelope);
    this.#log.setChecked(settings.isLogY);
    this.#reset.hidden = settings.zoom === undefined;
  }

  repaint(): void {
    // All of it follows the style sheet.
  }
}

function lineLegend(): HTMLElement {
  return element(
    "div",
    { className: "line-legend" },
    element("span", { className: "line-key" }),
    "train",
    element("span", { className: "line-key dashed" }),
    "validation",
  );
}
