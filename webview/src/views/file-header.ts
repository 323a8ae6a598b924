import { formatBytes, formatPercent } from "../layout/number-format.ts";
import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import type { View } from "./view.ts";

/** Name and size of a weight file, and how much of it has been read. */
export class FileHeaderView implements View {
  readonly element: HTMLElement;
  readonly #name = element("h1", { className: "run-name" });
  readonly #meta = element("span", { className: "run-meta" });
  readonly #bar = element("div", { className: "progress-value" });
  readonly #progress = element(
    "div",
    {
      className: "progress",
      attributes: {
        role: "progressbar",
        "aria-label": "Share of the file that is read",
        "aria-valuemin": "0",
        "aria-valuemax": "100",
      },
    },
    this.#bar,
  );

  constructor() {
    this.element = element(
      "header",
      { className: "run-header file-header" },
      element(
        "div",
        { className: "run-line" },
        element("div", { className: "run-chip" }, this.#name),
        this.#meta,
      ),
      this.#progress,
    );
  }

  update({ file }: PanelState): void {
    this.element.classList.toggle("unknown", file === undefined);
    if (file === undefined) return;
    const { name, format, sizeBytes, share, fault, against } = file;
    this.#name.textContent = name;
    const isReading = share < 1 && fault === undefined;
    const reading = isReading ? [`${formatPercent(share, 0)} read`] : [];
    const compared = against === undefined ? [] : [`compared with ${against}`];
    const facts = [format, formatBytes(sizeBytes), ...compared, ...reading];
    this.#meta.textContent = facts.filter((fact) => fact !== "").join(" · ");
    this.#progress.hidden = !isReading;
    this.#bar.style.width = `${share * 100}%`;
    this.#progress.setAttribute("aria-valuenow", String(Math.round(share * 100)));
  }

  repaint(): void {
    // All of it follows the style sheet.
  }
}
