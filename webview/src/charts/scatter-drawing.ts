import { modalityShapes, shapePath } from "../layout/modality-shape.ts";
import type { Place } from "../layout/points/camera.ts";
import type { Theme } from "../theme/theme.ts";

/** Canvas in CSS pixels, and its colours. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly theme: Theme;
}

/** How much larger the points of the pinned item are. */
export const PINNED_GROWTH = 1.7;
/** With many lines each is fainter, or they would hide the points. */
const FEW_LINES = 12;

/** A cleared context in CSS pixels, sharp on dense screens. */
export function prepared(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d") ?? undefined;
  context?.scale(ratio, ratio);
  return context;
}

/** Lines between the two places of each pair; `ends` as `pairLines()` gives them. */
export function drawPairLines(
  { context, theme }: Sheet,
  ends: Int32Array,
  placeOf: (index: number) => Place,
): void {
  context.save();
  context.strokeStyle = theme.ink("foreground");
  context.lineWidth = ends.length <= 2 * FEW_LINES ? 1.5 : 1;
  context.globalAlpha = ends.length <= 2 * FEW_LINES ? 1 : 0.5;
  context.beginPath();
  for (let at = 0; at + 1 < ends.length; at += 2) {
    const from = placeOf(ends[at] ?? 0);
    const to = placeOf(ends[at + 1] ?? 0);
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
  context.stroke();
  context.restore();
}

export interface Mark {
  readonly place: Place;
  readonly modality: string;
  /** CSS colour. */
  readonly color: string;
  /** CSS pixels. */
  readonly radius: number;
}

/** Single points over everything else, with the rim that all points have. */
export function drawMarks(
  { context, theme }: Sheet,
  modalities: readonly string[],
  marks: readonly Mark[],
): void {
  const shapes = modalityShapes(modalities);
  context.lineWidth = 1.5;
  context.strokeStyle = theme.raised;
  for (const { place, modality, color, radius } of marks) {
    const path = new Path2D(shapePath(shapes.get(modality) ?? "circle", radius));
    context.save();
    context.translate(place.x, place.y);
    context.stroke(path);
    context.fillStyle = color;
    context.fill(path);
    context.restore();
  }
}

/** Names of the modalities at their clouds, with a rim of the ground that keeps them readable. */
export function drawClusterLabels(
  { context, theme }: Sheet,
  labels: readonly (Place & { readonly text: string })[],
): void {
  context.font = clusterFont(theme);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = theme.background;
  context.fillStyle = theme.ink("foreground");
  for (const { text, x, y } of labels) {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

/** The outline that is being drawn, closed by a straight line. */
export function drawLasso({ context, theme }: Sheet, outline: readonly Place[]): void {
  const [first, ...others] = outline;
  if (first === undefined) return;
  context.save();
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const { x, y } of others) context.lineTo(x, y);
  context.closePath();
  context.fillStyle = theme.grid;
  context.fill();
  context.strokeStyle = theme.ink("foreground");
  context.lineWidth = 1.25;
  context.setLineDash([4, 3]);
  context.stroke();
  context.restore();
}

export function clusterFont({ tickFont }: Theme): string {
  return `600 ${tickFont}`;
}
