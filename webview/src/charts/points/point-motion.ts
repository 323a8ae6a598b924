import type { Camera } from "../../layout/points/camera.ts";
import { eased, positionsBetween, startPositions } from "../../layout/points/moving-points.ts";
import type { PointSet } from "../../layout/points/point-set.ts";

const DURATION_MS = 250;

/** A picture on its way from where its points were shown before. */
export class PointMotion {
  readonly points: PointSet;
  readonly from: Float32Array;
  readonly #startMs: number;

  private constructor(points: PointSet, from: Float32Array, startMs: number) {
    this.points = points;
    this.from = from;
    this.#startMs = startMs;
  }

  static resting(points: PointSet): PointMotion {
    return new PointMotion(points, points.xy, Number.NEGATIVE_INFINITY);
  }

  /** Goes on from what is drawn now, also in the middle of a motion; cameras before and after. */
  toward(
    points: PointSet,
    matches: Int32Array,
    {
      shown,
      next,
      nowMs,
    }: { readonly shown: Camera; readonly next: Camera; readonly nowMs: number },
  ): PointMotion {
    const now = positionsBetween(this.from, this.points.xy, this.shareAt(nowMs));
    const from = startPositions(
      { xy: now, camera: shown },
      { xy: points.xy, camera: next },
      matches,
    );
    return new PointMotion(points, from, nowMs);
  }

  /** Share of the way, 0..1, slow at both ends. */
  shareAt(nowMs: number): number {
    return eased((nowMs - this.#startMs) / DURATION_MS);
  }

  /** In units of the data, at a share of the way. */
  xAt(index: number, share: number): number {
    return between(this.from[2 * index], this.points.xy[2 * index], share);
  }

  yAt(index: number, share: number): number {
    return between(this.from[2 * index + 1], this.points.xy[2 * index + 1], share);
  }

  isMovingAt(nowMs: number): boolean {
    return nowMs - this.#startMs < DURATION_MS;
  }
}

function between(start = Number.NaN, end = Number.NaN, share: number): number {
  return share >= 1 ? end : start + (end - start) * share;
}
