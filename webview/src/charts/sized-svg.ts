import { svgElement } from "../ui/element.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An SVG in CSS pixels that is drawn again whenever its box changes. */
export class SizedSvg {
  readonly element = svgElement("svg", { class: "sized-svg", role: "img" });
  readonly #resize: ResizeObserver;
  #draw: ((size: Size) => readonly Node[]) | undefined;

  constructor() {
    this.#resize = new ResizeObserver(() => this.#paint());
    this.#resize.observe(this.element);
  }

  update(label: string, draw: (size: Size) => readonly Node[]): void {
    this.element.setAttribute("aria-label", label);
    this.#draw = draw;
    this.#paint();
  }

  dispose(): void {
    this.#resize.disconnect();
  }

  #paint(): void {
    const { width, height } = this.element.getBoundingClientRect();
    if (this.#draw === undefined || width < 20 || height < 20) return;
    this.element.replaceChildren(...this.#draw({ width, height }));
  }
}

/** Text with its middle, start or end at (x, y); 11 px, muted unless `className` says otherwise. */
export function svgText(
  x: number,
  y: number,
  text: string,
  anchor: "start" | "middle" | "end" = "middle",
  className = "tick",
): SVGTextElement {
  return svgElement("text", { x, y, "text-anchor": anchor, class: className }, text);
}
