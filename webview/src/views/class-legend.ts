import type { ClassColor } from "../layout/class-colors.ts";
import { element } from "../ui/element.ts";

/** Classes with their colours; pressing one hides or shows its points. */
export class ClassLegend {
  readonly element = element("div", {
    className: "class-legend",
    attributes: { role: "group", "aria-label": "Classes" },
  });
  readonly #onToggle: (label: string) => void;
  #shown = "";

  constructor(onToggle: (label: string) => void) {
    this.#onToggle = onToggle;
  }

  update(classes: readonly ClassColor[], hidden: readonly string[]): void {
    const signature = JSON.stringify(classes);
    if (signature !== this.#shown) {
      this.#shown = signature;
      this.element.replaceChildren(...classes.map((one) => this.#keyOf(one)));
    }
    for (const [index, { label }] of classes.entries()) {
      this.element.children[index]?.setAttribute("aria-pressed", String(!hidden.includes(label)));
    }
  }

  #keyOf({ label, color, count }: ClassColor): HTMLElement {
    const dot = element("span", { className: "class-dot" });
    dot.style.setProperty("--dot", `var(--nl-${color})`);
    const key = element(
      "button",
      {
        className: "class-key",
        title: `${label}, ${count} items: press to hide or show`,
        attributes: { type: "button" },
      },
      dot,
      label,
    );
    key.addEventListener("click", () => this.#onToggle(label));
    return key;
  }
}
