import { element } from "../../ui/element.ts";
import { chooseRenderer, splatRenderer } from "./choose-renderer.ts";
import type { Palette, PointFrame, PointRenderer } from "./point-renderer.ts";

/** A canvas of points. Should the GPU go away, another canvas takes its place with the same points. */
export class PointLayer {
  readonly element = element("div", { className: "scatter-layer" });
  #renderer: PointRenderer;
  #isDisposed = false;
  #from: Float32Array = new Float32Array();
  #to: Float32Array = new Float32Array();
  #styles: Uint8Array = new Uint8Array();
  #palette: Palette | undefined;
  #frame: PointFrame | undefined;

  constructor(choose: (onLost: () => void) => PointRenderer = chooseRenderer) {
    this.#renderer = choose(() => this.#replace());
    this.#show();
  }

  setPositions(from: Float32Array, to: Float32Array): void {
    [this.#from, this.#to] = [from, to];
    this.#renderer.setPositions(from, to);
  }

  setStyles(styles: Uint8Array): void {
    this.#styles = styles;
    this.#renderer.setStyles(styles);
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
    this.#renderer.setPalette(palette);
  }

  draw(frame: PointFrame): void {
    this.#frame = frame;
    this.#renderer.draw(frame);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#renderer.dispose();
  }

  #replace(): void {
    if (this.#isDisposed) return;
    this.#renderer.dispose();
    this.#renderer = splatRenderer();
    this.#show();
    this.#renderer.setPositions(this.#from, this.#to);
    this.#renderer.setStyles(this.#styles);
    if (this.#palette !== undefined) this.#renderer.setPalette(this.#palette);
    if (this.#frame !== undefined) this.#renderer.draw(this.#frame);
  }

  #show(): void {
    this.#renderer.canvas.className = "scatter-points";
    this.#renderer.canvas.setAttribute("data-renderer", this.#renderer.kind);
    this.element.replaceChildren(this.#renderer.canvas);
  }
}
