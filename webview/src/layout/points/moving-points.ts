import type { Camera } from "./camera.ts";

/** Ease in and out: slow at both ends, 0 at 0, 1 at 1. */
export function eased(share: number): number {
  const held = Math.min(1, Math.max(0, share));
  return held * held * (3 - 2 * held);
}

/** Positions on the way from one picture to another, both of the same points. */
export function positionsBetween(
  from: Float32Array,
  to: Float32Array,
  share: number,
): Float32Array {
  if (share >= 1) return to;
  return Float32Array.from(to, (end, index) => {
    const start = from[index] ?? end;
    return start + (end - start) * share;
  });
}

/**
 * Where the points of a new picture start, in its own units, so that they are drawn at the pixels at
 * which the shown picture has them. A point that the shown one lacks starts at its place.
 *
 * @param matches Of every new point its index in the shown picture, −1 without one.
 */
export function startPositions(
  shown: { readonly xy: Float32Array; readonly camera: Camera },
  next: { readonly xy: Float32Array; readonly camera: Camera },
  matches: Int32Array,
): Float32Array {
  const { scale, left, top } = shown.camera;
  const start = Float32Array.from(next.xy);
  for (const [index, match] of matches.entries()) {
    if (match < 0) continue;
    const x = left + (shown.xy[match * 2] ?? Number.NaN) * scale;
    const y = top - (shown.xy[match * 2 + 1] ?? Number.NaN) * scale;
    if (!Number.isFinite(x + y)) continue;
    start[index * 2] = (x - next.camera.left) / next.camera.scale;
    start[index * 2 + 1] = (next.camera.top - y) / next.camera.scale;
  }
  return start;
}
