import type { FromPage } from "../../../core/protocol/webview.ts";
import { element } from "../ui/element.ts";
import { iconButton } from "../ui/toolkit.ts";

interface SectionParts {
  readonly className: string;
  readonly title: string;
  readonly tools?: readonly HTMLElement[];
  readonly send: (message: FromPage) => void;
}

/** A titled part of the comparison, with a button that copies its table. */
export class CompareSection {
  readonly element: HTMLElement;
  readonly #body = element("div", { className: "compare-body" });
  readonly #subtitle = element("span", { className: "figure-subtitle" });
  #copy: () => string = () => "";

  constructor({ className, title, tools = [], send }: SectionParts) {
    const copy = iconButton("copy", `Copy ${title.toLowerCase()}`, () =>
      send({ type: "text/copy", text: this.#copy() }),
    );
    this.element = element(
      "section",
      { className: `compare-section ${className}`, attributes: { "aria-label": title } },
      element(
        "div",
        { className: "figure-head" },
        element("h2", { className: "figure-title", text: title }),
        this.#subtitle,
        element("div", { className: "figure-tools" }, ...tools, copy),
      ),
      this.#body,
    );
  }

  update(subtitle: string, copy: () => string, ...content: readonly Node[]): void {
    this.#subtitle.textContent = subtitle;
    this.#subtitle.title = subtitle;
    this.#copy = copy;
    this.#body.replaceChildren(...content);
  }
}
