import type { Random } from "../../random.ts";
import { COLOURS, type Scene, SHAPES } from "./scene.ts";

const INK: Readonly<Record<(typeof COLOURS)[number], readonly [number, number, number]>> = {
  red: [0.9, 0.22, 0.2],
  green: [0.25, 0.75, 0.3],
  blue: [0.25, 0.42, 0.95],
  yellow: [0.95, 0.85, 0.25],
  purple: [0.68, 0.3, 0.8],
  cyan: [0.25, 0.82, 0.85],
};

/** Radius of the circle around the shape by index of the size; the image is 1 high and wide. */
const RADII = [0.18, 0.25, 0.33] as const;
/** Distance from one column or row to the next. */
const SPACING = 0.15;

/** Distance to a regular polygon (or star) of unit circumradius, negative inside. */
function polygon(x: number, y: number, corners: number, inner: number): number {
  // One sector from a corner to the middle of the next edge, by the polygon's mirror symmetry.
  const sector = Math.PI / corners;
  const angle = Math.abs(((Math.atan2(x, y) + 2 * Math.PI) % (2 * sector)) - sector);
  const radius = Math.hypot(x, y);
  // The inner end lies at angle 0, the corner at angle `sector`.
  const [px, py] = [radius * Math.cos(angle), radius * Math.sin(angle)];
  const [ex, ey] = [Math.cos(sector) - inner, Math.sin(sector)];
  const length = Math.hypot(ex, ey);
  return ((px - inner) * ey - py * ex) / length;
}

const boxDistance = (x: number, y: number, halfWidth: number, halfHeight: number) =>
  Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);

/** Signed distance to each shape inside the unit circle, negative inside; exact near the edges. */
const DISTANCE: Readonly<Record<(typeof SHAPES)[number], (x: number, y: number) => number>> = {
  circle: (x, y) => Math.hypot(x, y) - 0.92,
  square: (x, y) => boxDistance(x, y, 0.72, 0.72),
  triangle: (x, y) => polygon(x, y, 3, 0.5),
  star: (x, y) => polygon(x, y, 5, 0.4),
  cross: (x, y) => Math.min(boxDistance(x, y, 1, 0.26), boxDistance(x, y, 0.26, 1)),
  ring: (x, y) => Math.abs(Math.hypot(x, y) - 0.74) - 0.22,
};

/**
 * Paints a scene into `target`, [size, size, 3], values 0..1.
 *
 * A pixel's share of ink is ½ − its distance to the edge in pixels, clamped: an antialiased edge.
 * `noise` is the standard deviation of the noise on every channel before clamping to 0..1.
 */
export function drawImage(
  scene: Scene,
  { size, noise }: { readonly size: number; readonly noise: number },
  random: Random,
  target: Float32Array,
): void {
  const distance = DISTANCE[SHAPES[scene.shape] ?? "circle"];
  const ink = INK[COLOURS[scene.colour] ?? "red"];
  const jitter = (width: number) => (random.uniform() - 0.5) * width;
  const radius = ((RADII[scene.size] ?? RADII[0]) + jitter(0.025)) * size;
  const centreX = (0.5 + (scene.column - 1) * SPACING + jitter(0.06)) * size;
  const centreY = (0.5 + (scene.row - 1) * SPACING + jitter(0.06)) * size;
  const ground = 0.12 + jitter(0.12);
  const [cos, sin] = [Math.cos(scene.rotation), Math.sin(scene.rotation)];

  for (let pixel = 0; pixel < size * size; pixel++) {
    const dx = ((pixel % size) + 0.5 - centreX) / radius;
    const dy = (Math.floor(pixel / size) + 0.5 - centreY) / radius;
    const edge = distance(cos * dx + sin * dy, cos * dy - sin * dx) * radius;
    const share = Math.min(1, Math.max(0, 0.5 - edge));
    ink.forEach((level, channel) => {
      const value = ground + share * (level - ground) + noise * random.normal();
      target[pixel * 3 + channel] = Math.min(1, Math.max(0, value));
    });
  }
}
