import type { ClassColor } from "../layout/class-colors.ts";
import { element } from "../ui/element.ts";

export interface ClassLegendEvents {
  readonly onToggle: (label: string) => void;
  /** The class under the pointer or the focus. */
  readonly onPoint: (label: string | undefined) => void;
}

/** Classes with their colours; pressing one hides or shows its points. */
export class ClassLegend {
  readonly element = element("div", {
    className: "class-legend",
    attributes: { role: "group", "aria-label": "Classes" },
  });
  readonly #events: ClassLegendEvents;
  #shown = "";

  constructor(events: ClassLegendEvents) {
    this.#events = events;
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
    const { onToggle, onPoint } = this.#events;
    key.addEventListener("click", () => onToggle(label));
    for (const start of ["pointerenter", "focus"])
      key.addEventListener(start, () => onPoint(label));
    for (const end of ["pointerleave", "blur"]) {
      key.addEventListener(end, () => onPoint(undefined));
    }
    return key;
  }
}
