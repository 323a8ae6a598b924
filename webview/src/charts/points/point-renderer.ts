import type { Camera } from "../../layout/points/camera.ts";
import type { Rgb } from "../../theme/rgb.ts";

/** What the inks of styles look like. */
export interface Palette {
  /** What the points lie on. */
  readonly ground: Rgb;
  readonly inks: readonly Rgb[];
}

export interface PointFrame {
  readonly camera: Camera;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
  /** CSS pixels. */
  readonly radius: number;
  /** How far the points have come from their start to their end, 0..1. */
  readonly share: number;
}

/**
 * Draws very many points of a few shapes and inks onto an opaque ground. The dimmed lie below those
 * in full; among equals later points cover earlier ones.
 */
export interface PointRenderer {
  readonly canvas: HTMLCanvasElement;
  readonly kind: "webgl" | "splat";
  /** Start and end of each point, x0, y0, x1, y1, … in units of the data; one array if it rests. */
  setPositions(from: Float32Array, to: Float32Array): void;
  /** See `layout/points/point-styles.ts`; as many as positions. */
  setStyles(styles: Uint8Array): void;
  setPalette(palette: Palette): void;
  draw(frame: PointFrame): void;
  dispose(): void;
}

/** How much of its ink a dimmed point keeps; the rest is ground. */
const DIMMED_SHARE = 0.22;

/** Width of the rim of ground that tells points apart that touch, in CSS pixels. */
export const RIM_WIDTH = 0.75;

/** Points smaller than this have no rim: it would be all that is left of their neighbours. */
export const LEAST_RIMMED_RADIUS = 2;

export function dimmedInk([red, green, blue]: Rgb, ground: Rgb): Rgb {
  const mix = (ink: number, below: number): number =>
    Math.round(ink * DIMMED_SHARE + below * (1 - DIMMED_SHARE));
  return [mix(red, ground[0]), mix(green, ground[1]), mix(blue, ground[2])];
}
