import { POINT_SHAPES, type PointShape } from "../../layout/modality-shape.ts";

/**
 * Signed distance of (x, y) from the edge of a shape of `r` around the origin, y downward: negative
 * within. Exact along edges, too small beyond corners, where it only blunts a rim.
 *
 * The shapes are those of `shapePath()`; {@link SHAPE_DISTANCE_GLSL} says the same to the GPU.
 */
export function shapeDistance(shape: PointShape, x: number, y: number, r: number): number {
  const [u, v] = [Math.abs(x), Math.abs(y)];
  switch (shape) {
    case "circle":
      return Math.hypot(x, y) - r;
    case "triangle":
      return Math.max(y - 0.85 * r, (2.05 * u - 1.15 * (y + 1.2 * r)) / 2.3505);
    case "square":
      return Math.max(u, v) - 0.89 * r;
    case "diamond":
      return (u + v - 1.25 * r) * Math.SQRT1_2;
    default:
      return Math.min(Math.max(u - 0.4 * r, v - 1.1 * r), Math.max(u - 1.1 * r, v - 0.4 * r));
  }
}

/** Largest distance of a shape's points from its middle, as a share of `r`. */
export const SHAPE_REACH = 1.45;

export const SHAPE_DISTANCE_GLSL = `
float shapeDistance(int shape, vec2 p, float r) {
  vec2 a = abs(p);
  if (shape == ${POINT_SHAPES.indexOf("circle")}) return length(p) - r;
  if (shape == ${POINT_SHAPES.indexOf("triangle")})
    return max(p.y - 0.85 * r, (2.05 * a.x - 1.15 * (p.y + 1.2 * r)) / 2.3505);
  if (shape == ${POINT_SHAPES.indexOf("square")}) return max(a.x, a.y) - 0.89 * r;
  if (shape == ${POINT_SHAPES.indexOf("diamond")}) return (a.x + a.y - 1.25 * r) * 0.70710678;
  return min(max(a.x - 0.4 * r, a.y - 1.1 * r), max(a.x - 1.1 * r, a.y - 0.4 * r));
}`;
