import type { EmbeddingView } from "../../../../core/protocol/panel/embeddings.ts";
import type { ClassColor } from "../class-colors.ts";
import { SERIES_COLORS } from "../figure.ts";
import { modalityShapes, POINT_SHAPES } from "../modality-shape.ts";
import type { PointSet } from "./point-set.ts";
import { RAMP_INKS, rampIndex, type SimilarityScale } from "./similarity.ts";

/**
 * Inks of points: the colours of series, grey for what has none, then the scale of similarity. A
 * point's style holds an index into them.
 */
export const MUTED_INK = SERIES_COLORS.length;
export const FIRST_RAMP_INK = MUTED_INK + 1;
export const INK_COUNT = FIRST_RAMP_INK + RAMP_INKS;

/** How a point stands among the others. */
export const LEVELS = { hidden: 0, dimmed: 1, full: 2 } as const;

/** Bytes of a style: shape, ink, level, and one that keeps styles aligned. */
export const STYLE_BYTES = 4;

export interface ScatterFilter {
  readonly hiddenClasses: readonly string[];
  readonly hiddenModalities: readonly string[];
}

/** Four bytes a point, see {@link STYLE_BYTES}; every point is shown in full. */
export function pointStyles(
  { items }: Pick<EmbeddingView, "items">,
  points: PointSet,
  coloring: { readonly classes: readonly ClassColor[]; readonly scale?: SimilarityScale },
): Uint8Array {
  const shapes = modalityShapes(points.modalities);
  const shapeOf = points.modalities.map((name) =>
    POINT_SHAPES.indexOf(shapes.get(name) ?? "circle"),
  );
  const inks = new Map(coloring.classes.map(({ label, color }) => [label, color]));
  const inkOf = items.labels.map((label) => {
    const ink = inks.get(label);
    const series = SERIES_COLORS.findIndex((name) => ink === name);
    return series < 0 ? MUTED_INK : series;
  });
  const { scale } = coloring;
  const styles = new Uint8Array(STYLE_BYTES * points.rows.length);
  for (const [index, row] of points.rows.entries()) {
    const at = STYLE_BYTES * index;
    styles[at] = shapeOf[points.clouds[index] ?? 0] ?? 0;
    styles[at + 1] =
      scale === undefined
        ? (inkOf[items.labelOf[row] ?? -1] ?? MUTED_INK)
        : similarityInk(scale, scale.values[index] ?? Number.NaN);
    styles[at + 2] = LEVELS.full;
  }
  return styles;
}

function similarityInk(scale: SimilarityScale, value: number): number {
  const step = rampIndex(scale, value);
  return step === undefined ? MUTED_INK : FIRST_RAMP_INK + step;
}

/** 1 where the filter lets a point be seen. */
export function shownPoints(
  { items }: Pick<EmbeddingView, "items">,
  { rows, clouds, modalities }: PointSet,
  { hiddenClasses, hiddenModalities }: ScatterFilter,
): Uint8Array {
  const isClassHidden = items.labels.map((label) => hiddenClasses.includes(label));
  const isCloudHidden = modalities.map((name) => hiddenModalities.includes(name));
  return Uint8Array.from(rows, (row, index) => {
    const isHidden =
      isCloudHidden[clouds[index] ?? 0] === true ||
      isClassHidden[items.labelOf[row] ?? -1] === true;
    return isHidden ? 0 : 1;
  });
}

/** Writes the level of every point; with `isLit`, those that it does not name are dimmed. */
export function setLevels(
  styles: Uint8Array,
  shown: Uint8Array,
  isLit?: (index: number) => boolean,
): void {
  for (const [index, isShown] of shown.entries()) {
    const level = isLit === undefined || isLit(index) ? LEVELS.full : LEVELS.dimmed;
    styles[STYLE_BYTES * index + 2] = isShown === 0 ? LEVELS.hidden : level;
  }
}
