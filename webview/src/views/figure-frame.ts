import type { FromPage } from "../../../core/protocol/webview.ts";
import type { TableContent } from "../layout/table-content.ts";
import { dataTable } from "../ui/data-table.ts";
import { element } from "../ui/element.ts";
import { iconButton } from "../ui/toolkit.ts";

export interface FigureFrameParts {
  readonly className: string;
  /** Title level tools, left of the table button. */
  readonly tools?: readonly HTMLElement[];
  readonly onToggleTable: () => void;
  readonly send: (message: FromPage) => void;
}

/** Title, subtitle and tools of a figure over its body: a chart, or the table that is its twin. */
export class FigureFrame {
  readonly element: HTMLElement;
  readonly #title = element("h2", { className: "figure-title" });
  readonly #subtitle = element("span", { className: "figure-subtitle" });
  readonly #body = element("div", { className: "figure-body" });
  readonly #tools = element("div", { className: "figure-tools" });
  readonly #toggle: HTMLElement;
  readonly #send: (message: FromPage) => void;

  constructor({ className, tools = [], onToggleTable, send }: FigureFrameParts) {
    this.#send = send;
    this.#tools.append(...tools);
    this.#toggle = iconButton("table", "View as table", onToggleTable);
    this.#tools.append(this.#toggle);
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

  /** The chart, or the table that says the same. */
  show(chart: HTMLElement, table: TableContent | undefined): void {
    if (table !== undefined) {
      this.#showTable(table);
      return;
    }
    this.#labelToggle("table", "View as table");
    if (this.#body.firstElementChild !== chart) this.#body.replaceChildren(chart);
  }

  #showTable(content: TableContent): void {
    this.#labelToggle("graph-line", "View as chart");
    const copy = (): void => this.#send({ type: "text/copy", text: content.copy() });
    const foot = element(
      "div",
      { className: "table-foot" },
      element("span", { className: "muted", text: content.note }),
      iconButton("copy", "Copy table", copy),
    );
    const scroller = element(
      "div",
      { className: "table-scroller", attributes: { tabindex: "0" } },
      dataTable(content),
    );
    const top = this.#body.querySelector(".table-scroller")?.scrollTop ?? 0;
    this.#body.replaceChildren(scroller, foot);
    scroller.scrollTop = top;
  }

  #labelToggle(iconName: string, label: string): void {
    const toggle = this.#toggle;
    if (toggle.title === label) return;
    toggle.title = label;
    toggle.setAttribute("aria-label", label);
    const mark = toggle.querySelector(".codicon");
    if (mark) mark.className = `codicon codicon-${iconName}`;
  }
}
