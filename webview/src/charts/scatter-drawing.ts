import type { ClusterLabel } from "../layout/cluster-labels.ts";
import { labelAt } from "../layout/item-at.ts";
import { modalityShapes, type PointShape, shapePath } from "../layout/modality-shape.ts";
import type { ScatterPoints } from "../layout/scatter-points.ts";
import type { Theme } from "../theme/theme.ts";
import { element } from "../ui/element.ts";
import type { ScatterData } from "./scatter.ts";

/** How much larger the points of the pinned item are. */
const PINNED_GROWTH = 1.7;

/** A cleared context in CSS pixels, sharp on dense screens. */
export function prepared(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const ctx = canvas.getContext("2d") ?? undefined;
  ctx?.scale(ratio, ratio);
  return ctx;
}

/**
 * One picture for each class and modality, stamped at every point: fast with many points. With
 * `only`, the points of that class alone.
 */
export function drawPoints(
  ctx: CanvasRenderingContext2D,
  placed: ScatterPoints,
  data: ScatterData,
  theme: Theme,
  only?: string,
): void {
  const stamps = stampCache(data, theme, placed.radius);
  for (const [index, row] of placed.rows.entries()) {
    const label = labelAt(data.view, row);
    const isShown = only === undefined || only === label;
    const stamp = isShown ? stamps(label, placed.clouds[index] ?? 0) : undefined;
    if (stamp === undefined) continue;
    const half = stamp.width / devicePixelRatio / 2;
    const x = placed.positions[index * 2] ?? 0;
    const y = placed.positions[index * 2 + 1] ?? 0;
    ctx.drawImage(stamp, x - half, y - half, half * 2, half * 2);
  }
}

function stampCache(
  { classes, view }: ScatterData,
  theme: Theme,
  radius: number,
): (label: string, cloud: number) => HTMLCanvasElement | undefined {
  const colors = new Map(classes.map(({ label, color }) => [label, theme.ink(color)]));
  const shapes = modalityShapes(view.clouds.map((cloud) => cloud.modality));
  const cache = new Map<string, HTMLCanvasElement>();
  return (label, cloud) => {
    const shape = shapes.get(view.clouds[cloud]?.modality ?? "");
    if (shape === undefined) return undefined;
    const key = `${label}\n${cloud}`;
    const known = cache.get(key) ?? stampOf(shape, colors.get(label) ?? "gray", theme, radius);
    cache.set(key, known);
    return known;
  };
}

function stampOf(
  shape: PointShape,
  color: string,
  theme: Theme,
  radius: number,
): HTMLCanvasElement {
  const size = Math.ceil(radius * 2.6 + 3);
  const canvas = element("canvas");
  const ctx = prepared(canvas, size, size);
  if (ctx === undefined) return canvas;
  ctx.translate(size / 2, size / 2);
  const path = new Path2D(shapePath(shape, radius));
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = theme.background;
  ctx.stroke(path);
  ctx.fillStyle = color;
  ctx.fill(path);
  return canvas;
}

export function drawItem(
  ctx: CanvasRenderingContext2D,
  indices: readonly number[],
  {
    placed,
    data,
    theme,
  }: { readonly placed: ScatterPoints; readonly data: ScatterData; readonly theme: Theme },
): void {
  const at = indices.map(
    (index) => [placed.positions[index * 2] ?? 0, placed.positions[index * 2 + 1] ?? 0] as const,
  );
  ctx.strokeStyle = theme.ink("foreground");
  ctx.lineWidth = 1.5;
  for (const [first, [fromX, fromY]] of at.entries()) {
    for (const [toX, toY] of at.slice(first + 1)) {
      ctx.beginPath();
      ctx.moveTo(fromX, fromY);
      ctx.lineTo(toX, toY);
      ctx.stroke();
    }
  }
  const stamps = stampCache(data, theme, placed.radius * PINNED_GROWTH);
  for (const [position, index] of indices.entries()) {
    const label = labelAt(data.view, placed.rows[index] ?? -1);
    const stamp = stamps(label, placed.clouds[index] ?? 0);
    const [x, y] = at[position] ?? [0, 0];
    if (stamp === undefined) continue;
    const half = stamp.width / devicePixelRatio / 2;
    ctx.drawImage(stamp, x - half, y - half, half * 2, half * 2);
  }
}

/** Names of the modalities at their clouds, with a rim of the ground that keeps them readable. */
export function drawClusterLabels(
  ctx: CanvasRenderingContext2D,
  labels: readonly ClusterLabel[],
  theme: Theme,
): void {
  ctx.font = clusterFont(theme);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = theme.background;
  ctx.fillStyle = theme.ink("foreground");
  for (const { text, x, y } of labels) {
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  }
}

export function clusterFont({ tickFont }: Theme): string {
  return `600 ${tickFont}`;
}
