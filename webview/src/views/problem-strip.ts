import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";
import { iconButton } from "../ui/toolkit.ts";

/** What could not be read, on one line until the reader asks for all of it. */
export class ProblemStrip {
  readonly element = element("section", {
    className: "problems",
    attributes: { role: "status", "aria-label": "Problems" },
  });
  readonly #onDismiss: () => void;
  #isOpen = false;

  constructor(onDismiss: () => void) {
    this.#onDismiss = onDismiss;
  }

  update(problems: readonly string[]): void {
    this.element.hidden = problems.length === 0;
    const [first = ""] = problems;
    const isOpen = this.#isOpen && problems.length > 1;
    const line = element(
      "div",
      { className: "problem-line" },
      icon("warning"),
      element("span", { className: "problem-text", text: first, title: first }),
      ...(problems.length > 1 ? [this.#toggle(problems, isOpen)] : []),
      iconButton("close", "Dismiss problems", this.#onDismiss),
    );
    const rest = element(
      "ul",
      { className: "problem-list" },
      ...problems.slice(1).map((text) => element("li", { text })),
    );
    this.element.replaceChildren(line, ...(isOpen ? [rest] : []));
  }

  #toggle(problems: readonly string[], isOpen: boolean): HTMLElement {
    const toggle = element("button", {
      className: "link",
      text: isOpen ? "Show less" : `and ${problems.length - 1} more`,
      attributes: { type: "button", "aria-expanded": String(isOpen) },
    });
    toggle.addEventListener("click", () => {
      this.#isOpen = !this.#isOpen;
      this.update(problems);
      this.element.querySelector<HTMLElement>(".link")?.focus();
    });
    return toggle;
  }
}
