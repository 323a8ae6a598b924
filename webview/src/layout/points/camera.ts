import { type Bounds, equalAspect } from "./equal-aspect.ts";

/** Maps data to CSS pixels: left + x·scale, top − y·scale. */
export interface Camera {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** How the reader moved and magnified the whole picture: pixel p stands at p·factor + (x, y). */
export interface Zoom {
  readonly factor: number;
  readonly x: number;
  readonly y: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

export const NO_ZOOM: Zoom = { factor: 1, x: 0, y: 0 };

const MARGIN = 12;
const SMALLEST_FACTOR = 0.2;
const LARGEST_FACTOR = 5000;

/** Magnifies about a place in CSS pixels, which stays where it is. */
export function zoomedAbout(zoom: Zoom, by: number, at: Place): Zoom {
  const factor = Math.min(LARGEST_FACTOR, Math.max(SMALLEST_FACTOR, zoom.factor * by));
  const change = factor / zoom.factor;
  return { factor, x: at.x - (at.x - zoom.x) * change, y: at.y - (at.y - zoom.y) * change };
}

export function movedBy(zoom: Zoom, dx: number, dy: number): Zoom {
  return { ...zoom, x: zoom.x + dx, y: zoom.y + dy };
}

/** One scale for both axes: the whole of `bounds` in the middle, then as the reader moved it. */
export function cameraOf(
  bounds: Bounds,
  size: { readonly width: number; readonly height: number },
  { factor, x, y }: Zoom = NO_ZOOM,
): Camera {
  const fit = equalAspect(bounds, {
    left: MARGIN,
    top: MARGIN,
    width: Math.max(1, size.width - 2 * MARGIN),
    height: Math.max(1, size.height - 2 * MARGIN),
  });
  return {
    scale: fit.scale * factor,
    left: fit.toX(0) * factor + x,
    top: fit.toY(0) * factor + y,
  };
}

export function toPixels({ scale, left, top }: Camera, x: number, y: number): Place {
  return { x: left + x * scale, y: top - y * scale };
}

export function toData({ scale, left, top }: Camera, { x, y }: Place): Place {
  return { x: (x - left) / scale, y: (top - y) / scale };
}
