import { type Camera, type Place, toPixels } from "./points/camera.ts";
import type { PointSet } from "./points/point-set.ts";

/** Mean of the visible points of a modality, in units of the data. */
export interface ClusterMean {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

const HEIGHT = 16;
const PADDING = 4;

/** Modalities without a visible point have no mean. */
export function clusterMeans(
  { xy, clouds, modalities }: PointSet,
  shown: Uint8Array,
): ClusterMean[] {
  const sums = modalities.map(() => ({ x: 0, y: 0, count: 0 }));
  for (const [index, owner] of clouds.entries()) {
    const [x, y] = [xy[index * 2] ?? Number.NaN, xy[index * 2 + 1] ?? Number.NaN];
    const sum = sums[owner];
    if (shown[index] === 0 || sum === undefined || !Number.isFinite(x + y)) continue;
    sum.x += x;
    sum.y += y;
    sum.count += 1;
  }
  return modalities.flatMap((text, index) => {
    const { x = 0, y = 0, count = 0 } = sums[index] ?? {};
    return count === 0 ? [] : [{ text, x: x / count, y: y / count }];
  });
}

/**
 * Names of the modalities where their clouds lie apart, in CSS pixels. Where any two names would
 * touch there are none: clouds that lie over each other have no place of their own to name.
 */
export function clusterLabels(
  means: readonly ClusterMean[],
  camera: Camera,
  widthOf: (text: string) => number,
): (Place & { readonly text: string })[] {
  const labels = means.map(({ text, x, y }) => ({ text, ...toPixels(camera, x, y) }));
  const isClear = (one: (typeof labels)[number]): boolean =>
    labels.every(
      (other) =>
        other === one ||
        Math.abs(other.y - one.y) >= HEIGHT ||
        Math.abs(other.x - one.x) >= (widthOf(other.text) + widthOf(one.text)) / 2 + PADDING,
    );
  return labels.every(isClear) ? labels : [];
}
