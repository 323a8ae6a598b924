import type { Place } from "../layout/points/camera.ts";

export type PlotTool = "select" | "move";

export interface GestureEvents {
  /** The pointer, while nothing is being dragged; `undefined` when it has left. */
  readonly onHover: (place: Place | undefined) => void;
  /** The outline drawn so far; empty when it was given up. */
  readonly onLasso: (outline: readonly Place[]) => void;
  /** `isAdding`: to what is selected already. */
  readonly onSelect: (outline: readonly Place[], isAdding: boolean) => void;
  /** Pressed and let go at one place. */
  readonly onClick: (place: Place, isAdding: boolean) => void;
  readonly onMove: (dx: number, dy: number) => void;
  readonly onZoom: (by: number, at: Place) => void;
}

/** A press that stays within so many pixels is a click. */
const CLICK_REACH = 4;
/** Corners of an outline are so far apart; what lies between is a straight line. */
const CORNER_DISTANCE = 2;
const ZOOM_PER_PIXEL = 0.0015;
/** A pinch on a touchpad comes as a wheel with Ctrl, in smaller numbers. */
const ZOOM_PER_PINCHED_PIXEL = 0.01;
const WHEEL_LINE = 16;

/**
 * Drag draws an outline; with the middle button, with Alt, or with the tool that moves, it moves the
 * picture. The wheel and two fingers magnify.
 */
export class ScatterGestures {
  readonly #element: HTMLElement;
  readonly #events: GestureEvents;
  readonly #fingers = new Map<number, Place>();
  tool: PlotTool = "select";
  #outline: Place[] = [];
  #drag: "lasso" | "move" | undefined;

  constructor(element: HTMLElement, events: GestureEvents) {
    this.#element = element;
    this.#events = events;
    element.addEventListener("pointerdown", (event) => this.#press(event));
    element.addEventListener("pointermove", (event) => this.#move(event));
    element.addEventListener("pointerup", (event) => this.#release(event));
    element.addEventListener("pointercancel", (event) => this.#giveUp(event.pointerId));
    element.addEventListener("pointerleave", () => {
      if (this.#drag === undefined) events.onHover(undefined);
    });
    element.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    // The middle button would start the browser's own scrolling.
    element.addEventListener("mousedown", (event) => {
      if (event.button === 1) event.preventDefault();
    });
  }

  /** Whether there was an outline to give up. */
  cancel(): boolean {
    const isDrawing = this.#drag === "lasso";
    this.#drag = undefined;
    this.#outline = [];
    if (isDrawing) this.#events.onLasso([]);
    return isDrawing;
  }

  #press(event: PointerEvent): void {
    if (event.button > 1) return;
    const place = this.#placeOf(event);
    this.#fingers.set(event.pointerId, place);
    if (this.#fingers.size > 1) {
      this.cancel();
      return;
    }
    this.#element.setPointerCapture(event.pointerId);
    const isMoving = event.button === 1 || event.altKey || this.tool === "move";
    this.#drag = isMoving ? "move" : "lasso";
    this.#outline = [place];
  }

  #move(event: PointerEvent): void {
    const place = this.#placeOf(event);
    const before = this.#fingers.get(event.pointerId);
    if (before !== undefined) this.#fingers.set(event.pointerId, place);
    if (before !== undefined && this.#fingers.size === 2) this.#pinch(event.pointerId, before);
    else if (this.#drag === "move" && before !== undefined) {
      this.#events.onMove(place.x - before.x, place.y - before.y);
      this.#extend(place);
    } else if (this.#drag === "lasso") {
      this.#extend(place);
      if (this.#isDragged()) this.#events.onLasso(this.#outline);
    } else this.#events.onHover(place);
  }

  #release(event: PointerEvent): void {
    const [outline, drag] = [this.#outline, this.#drag];
    const isDragged = this.#isDragged();
    const isAdding = event.shiftKey;
    this.#giveUp(event.pointerId);
    const [start] = outline;
    if (drag === undefined || start === undefined) return;
    if (!isDragged) this.#events.onClick(start, isAdding);
    else if (drag === "lasso") this.#events.onSelect(outline, isAdding);
  }

  #giveUp(pointer: number): void {
    this.#fingers.delete(pointer);
    this.cancel();
  }

  /** Moves by the mean of the two fingers and magnifies by their distance, about that mean. */
  #pinch(moved: number, before: Place): void {
    const now = this.#fingers.get(moved);
    const other = [...this.#fingers].find(([pointer]) => pointer !== moved)?.[1];
    if (now === undefined || other === undefined) return;
    const wasApart = Math.hypot(before.x - other.x, before.y - other.y);
    const isApart = Math.hypot(now.x - other.x, now.y - other.y);
    this.#events.onMove((now.x - before.x) / 2, (now.y - before.y) / 2);
    if (wasApart > 0 && isApart > 0) {
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      this.#events.onZoom(isApart / wasApart, middle);
    }
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE : 1;
    const rate = event.ctrlKey ? ZOOM_PER_PINCHED_PIXEL : ZOOM_PER_PIXEL;
    this.#events.onZoom(Math.exp(-event.deltaY * pixels * rate), this.#placeOf(event));
  }

  #extend(place: Place): void {
    const last = this.#outline.at(-1);
    if (last === undefined) return;
    const distance = Math.hypot(place.x - last.x, place.y - last.y);
    if (distance >= CORNER_DISTANCE) this.#outline.push(place);
  }

  #isDragged(): boolean {
    const [first] = this.#outline;
    return (
      first !== undefined &&
      this.#outline.some(({ x, y }) => Math.hypot(x - first.x, y - first.y) > CLICK_REACH)
    );
  }

  #placeOf({ clientX, clientY }: MouseEvent): Place {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}
