import type uPlot from "uplot";
import type { Figure } from "../layout/figure.ts";
import { pointNear } from "../layout/line-end-labels.ts";
import { element } from "../ui/element.ts";

/** The vertical line, its dots on the lines, and the pill with the x value. */
export class CrosshairOverlay {
  readonly element = element("div", {
    className: "crosshair",
    attributes: { "aria-hidden": "true" },
  });
  readonly #line = element("div", { className: "crosshair-line" });
  readonly #dots = element("div");
  readonly #pill = element("div", { className: "crosshair-pill" });

  constructor(hasPill: boolean) {
    this.element.append(this.#line, this.#dots);
    if (hasPill) this.element.append(this.#pill);
    this.hide();
  }

  hide(): void {
    this.element.hidden = true;
  }

  show(plot: uPlot, figure: Figure, x: number, text: string): void {
    const left = plot.valToPos(x, "x");
    const width = plot.over.clientWidth;
    if (!(left >= 0 && left <= width)) {
      this.hide();
      return;
    }
    this.element.hidden = false;
    this.#line.style.transform = `translateX(${left}px)`;
    this.#pill.textContent = text;
    this.#pill.style.transform = `translateX(${left}px) translateX(-50%)`;
    this.#dots.replaceChildren(...this.#dotsAt(plot, figure, x));
  }

  #dotsAt(plot: uPlot, figure: Figure, x: number): HTMLElement[] {
    return figure.lines.flatMap((line) => {
      const point =
        line.width > 0 && line.color !== "muted" ? pointNear(line.points, x) : undefined;
      if (point === undefined) return [];
      const top = plot.valToPos(point.y, "y");
      if (!(top >= 0 && top <= plot.over.clientHeight)) return [];
      const dot = element("div", { className: "crosshair-dot" });
      dot.style.background = `var(--nl-${line.color})`;
      dot.style.transform = `translate(${plot.valToPos(point.x, "x")}px, ${top}px)`;
      return [dot];
    });
  }
}
