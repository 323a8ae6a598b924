import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import type { ScatterPoints } from "./scatter-points.ts";

/** Name of a modality at the mean of its visible points; `x`, `y` are its middle in CSS pixels. */
export interface ClusterLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

const HEIGHT = 16;
const PADDING = 4;

/**
 * Names of the modalities where their clouds lie apart. Where any two names would touch there are
 * none: clouds that lie over each other have no place of their own to name.
 */
export function clusterLabels(
  view: EmbeddingView,
  placed: ScatterPoints,
  widthOf: (text: string) => number,
): ClusterLabel[] {
  const labels = view.clouds.flatMap(({ modality }, cloud) => {
    const mean = meanOf(placed, cloud);
    return mean === undefined ? [] : [{ text: modality, ...mean, width: widthOf(modality) }];
  });
  const isClear = (one: (typeof labels)[number]): boolean =>
    labels.every(
      (other) =>
        other === one ||
        Math.abs(other.y - one.y) >= HEIGHT ||
        Math.abs(other.x - one.x) >= (other.width + one.width) / 2 + PADDING,
    );
  return labels.every(isClear) ? labels.map(({ text, x, y }) => ({ text, x, y })) : [];
}

function meanOf(
  { positions, clouds }: ScatterPoints,
  cloud: number,
): { readonly x: number; readonly y: number } | undefined {
  let [x, y, count] = [0, 0, 0];
  for (const [index, owner] of clouds.entries()) {
    const [left, top] = [
      positions[index * 2] ?? Number.NaN,
      positions[index * 2 + 1] ?? Number.NaN,
    ];
    if (owner !== cloud || !Number.isFinite(left + top)) continue;
    x += left;
    y += top;
    count += 1;
  }
  return count === 0 ? undefined : { x: x / count, y: y / count };
}
