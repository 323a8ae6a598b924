import type { FromPage } from "../../../core/protocol/webview.ts";
import { element } from "../ui/element.ts";
import { iconButton } from "../ui/toolkit.ts";

export interface FigureFrameParts {
  readonly className: string;
  /** Title level tools, left of the table button. */
  readonly tools?: readonly HTMLElement[];
  readonly onToggleTable?: () => void;
  readonly send: (message: FromPage) => void;
}

/** Title, subtitle and tools of a figure over its body: a chart, or the table that is its twin. */
export class FigureFrame {
  readonly element: HTMLElement;
  readonly #title = element("h2", { className: "figure-title" });
  readonly #subtitle = element("span", { className: "figure-subtitle" });
  readonly #body = element("div", { className: "figure-body" });
  readonly #tools = element("div", { className: "figure-tools" });
  readonly #toggle: HTMLElement | undefined;
  readonly #send: (message: FromPage) => void;

  constructor({ className, tools = [], onToggleTable, send }: FigureFrameParts) {
    this.#send = send;
    this.#tools.append(...tools);
    if (onToggleTable !== undefined) {
      this.#toggle = iconButton("table", "View as table", onToggleTable);
      this.#tools.append(this.#toggle);
    }
    this.element = element(
      "section",
      { className: `figure ${className}` },
      element("div", { className: "figure-head" }, this.#title, this.#subtitle, this.#tools),
      this.#body,
    );
  }

  setTitle(title: string, subtitle: string): void {
    this.#title.textContent = title;
    this.#subtitle.textContent = subtitle;
    this.#subtitle.title = subtitle;
  }

  showChart(chart: HTMLElement): void {
    this.#labelToggle("table", "View as table");
    if (this.#body.firstElementChild !== chart) this.#body.replaceChildren(chart);
  }

  /** `copy` is the whole table as text; `note` says what part of it is shown. */
  showTable(table: HTMLElement, copy: () => string, note: string): void {
    this.#labelToggle("graph-line", "View as chart");
    const foot = element(
      "div",
      { className: "table-foot" },
      element("span", { className: "muted", text: note }),
      iconButton("copy", "Copy table", () => this.#send({ type: "text/copy", text: copy() })),
    );
    const scroller = element(
      "div",
      { className: "table-scroller", attributes: { tabindex: "0" } },
      table,
    );
    const top = this.#body.querySelector(".table-scroller")?.scrollTop ?? 0;
    this.#body.replaceChildren(scroller, foot);
    scroller.scrollTop = top;
  }

  #labelToggle(iconName: string, label: string): void {
    const toggle = this.#toggle;
    if (toggle === undefined || toggle.title === label) return;
    toggle.title = label;
    toggle.setAttribute("aria-label", label);
    const mark = toggle.querySelector(".codicon");
    if (mark) mark.className = `codicon codicon-${iconName}`;
  }
}
