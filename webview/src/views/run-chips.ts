import type { OtherRun } from "../../../core/protocol/panel/others.ts";
import { distinctTimes } from "../layout/distinct-names.ts";
import { formatLoss } from "../layout/number-format.ts";
import { runColor } from "../layout/run-color.ts";
import { STATUS_MARKS } from "../layout/run-status.ts";
import { validationLoss } from "../layout/validation-loss.ts";
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
  #shown = "";

  constructor(context: ViewContext) {
    this.#context = context;
    this.element.hidden = true;
  }

  update({ header, others, otherSeries, settings }: PanelState): void {
    const times = distinctTimes([
      ...(header === undefined ? [] : [header]),
      ...others.map((other) => other.header),
    ]);
    const first = header === undefined ? 0 : 1;
    const chips = others.map((other, index) => ({
      other,
      time: times[index + first] ?? "",
      isHidden: settings.hiddenRuns.includes(other.key),
      loss: validationLoss(other.header, otherSeries.get(other.key)),
    }));
    // Chips are made anew only when they read otherwise, so that a press does not miss its button.
    const shown = JSON.stringify(
      chips.map(({ other: { key, isBaseline, header }, ...rest }) => [
        key,
        isBaseline,
        header.status,
        header.name,
        rest,
      ]),
    );
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.hidden = others.length === 0;
    const focused = this.#focused();
    this.element.replaceChildren(...chips.map((chip, index) => this.#chip(chip, index + 1)));
    this.#toggleOf(focused)?.focus();
  }

  repaint(): void {
    // All of it follows the style sheet.
  }

  #focused(): string | undefined {
    const { activeElement } = document;
    return activeElement instanceof HTMLElement && this.element.contains(activeElement)
      ? (activeElement.getAttribute("data-key") ?? undefined)
      : undefined;
  }

  #toggleOf(key: string | undefined): HTMLElement | undefined {
    return [...this.element.querySelectorAll<HTMLElement>(".chip-toggle")].find(
      (toggle) => toggle.getAttribute("data-key") === key,
    );
  }

  #chip({ other, time, isHidden, loss }: Chip, index: number): HTMLElement {
    const { key, header, isBaseline } = other;
    const name = `${header.name} ${time}`.trimEnd();
    const mark = STATUS_MARKS[header.status];
    const dot = element("span", { className: isHidden ? "chip-dot ring" : "chip-dot" });
    dot.style.setProperty("--chip-color", `var(--nl-${runColor(index)})`);
    const toggle = element(
      "button",
      {
        className: "chip-toggle",
        title: isHidden ? `Show ${name}` : `Hide ${name}`,
        attributes: { type: "button", "aria-pressed": String(!isHidden) },
      },
      dot,
      element("span", { className: "chip-name", text: header.name }),
      ...(time === "" ? [] : [element("span", { className: "chip-time", text: time })]),
      ...(isBaseline ? [icon("bookmark", "chip-baseline")] : []),
      icon(mark.icon, `tone-${mark.tone}`),
      ...lossParts(loss),
    );
    toggle.setAttribute("data-key", key);
    toggle.addEventListener("click", () => this.#context.dispatch({ type: "run/toggle", key }));
    return element(
      "li",
      { className: isHidden ? "chip hidden-run" : "chip" },
      toggle,
      iconButton("close", `Take ${name} out`, () =>
        this.#context.send({ type: "others/remove", key }),
      ),
    );
  }
}

interface Chip {
  readonly other: OtherRun;
  /** Tells it from others of its name. */
  readonly time: string;
  readonly isHidden: boolean;
  readonly loss: number | undefined;
}

function lossParts(loss: number | undefined): HTMLElement[] {
  if (loss === undefined) return [];
  const text = formatLoss(loss);
  return [element("span", { className: "chip-loss", text, title: "last validation loss" })];
}
