import { nearestPlace } from "../layout/lambda-axis.ts";
import type { PathPlot } from "../layout/path-plot.ts";
import { element } from "../ui/element.ts";

/** λ that a key of pages moves over. */
const PAGE = 10;

export interface HandleTexts {
  /** In the pill at the top of the line. */
  readonly pill: string;
  /** For screen readers. */
  readonly value: string;
}

/**
 * The line that stands at one λ of a path: dragged by the pointer from anywhere in the plot, moved by
 * one λ with the arrow keys.
 */
export class PathHandle {
  readonly element: HTMLElement;
  readonly #pill = element("span", { className: "path-pill" });
  readonly #onMove: (index: number) => void;
  #plot: PathPlot | undefined;
  #index = 0;

  constructor(host: HTMLElement, label: string, onMove: (index: number) => void) {
    this.#onMove = onMove;
    this.element = element(
      "div",
      {
        className: "path-handle",
        attributes: {
          role: "slider",
          tabindex: "0",
          "aria-label": label,
          "aria-orientation": "horizontal",
        },
      },
      this.#pill,
    );
    this.element.addEventListener("keydown", (event) => {
      const next = this.#indexAfter(event.key);
      if (next === undefined) return;
      event.preventDefault();
      this.#move(next);
    });
    host.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.#isInPlot(event)) return;
      host.setPointerCapture(event.pointerId);
      this.#follow(event);
    });
    host.addEventListener("pointermove", (event) => {
      if (host.hasPointerCapture(event.pointerId)) this.#follow(event);
    });
    host.append(this.element);
  }

  place(plot: PathPlot, index: number, { pill, value }: HandleTexts): void {
    this.#plot = plot;
    this.#index = index;
    const { style } = this.element;
    style.left = `${plot.xs[index] ?? plot.left}px`;
    style.height = `${plot.bottom}px`;
    this.#pill.textContent = pill;
    style.setProperty("--line-top", `${plot.top}px`);
    const attributes = {
      "aria-valuemin": "1",
      "aria-valuemax": String(plot.xs.length),
      // A slider's value grows to the right, where λ does.
      "aria-valuenow": String(plot.xs.length - index),
      "aria-valuetext": value,
    };
    for (const [name, text] of Object.entries(attributes)) this.element.setAttribute(name, text);
  }

  #indexAfter(key: string): number | undefined {
    const last = (this.#plot?.xs.length ?? 1) - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: -1,
      ArrowUp: -1,
      ArrowLeft: 1,
      ArrowDown: 1,
      PageUp: -PAGE,
      PageDown: PAGE,
      Home: last,
      End: -last,
    };
    const step = steps[key];
    return step === undefined ? undefined : Math.min(last, Math.max(0, this.#index + step));
  }

  #isInPlot({ clientX }: PointerEvent): boolean {
    const x = clientX - (this.element.parentElement?.getBoundingClientRect().left ?? 0);
    return this.#plot !== undefined && x >= this.#plot.left - 8 && x <= this.#plot.right + 8;
  }

  #follow(event: PointerEvent): void {
    const plot = this.#plot;
    if (plot === undefined) return;
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    const x = event.clientX - (this.element.parentElement?.getBoundingClientRect().left ?? 0);
    this.#move(nearestPlace(plot.places, (x - plot.left) / (plot.right - plot.left)));
  }

  #move(index: number): void {
    if (index !== this.#index) this.#onMove(index);
  }
}
