import { runColor } from "../layout/run-color.ts";
import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";

interface LabelledRun {
  readonly name: string;
  readonly isBaseline: boolean;
}

/** A run's name with the colour that it has everywhere; `index` is 0 for the panel's own. */
export function runLabel({ name, isBaseline }: LabelledRun, index: number): HTMLElement {
  const dot = element("span", { className: "chip-dot" });
  dot.style.background = `var(--nl-${runColor(index)})`;
  return element(
    "span",
    { className: "run-label", title: name },
    dot,
    element("span", { className: "chip-name", text: name }),
    ...(isBaseline ? [icon("bookmark", "chip-baseline")] : []),
  );
}
