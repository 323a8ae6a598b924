import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import { type Bounds, boundsOf, equalAspect } from "./equal-aspect.ts";
import { labelAt } from "./item-at.ts";
import { type PointGrid, pointGrid } from "./point-grid.ts";

/** Most points that are drawn; beyond it an even selection is, and the page says so. */
const MOST_POINTS = 20_000;

export interface ScatterFilter {
  readonly hiddenClasses: readonly string[];
  readonly hiddenModalities: readonly string[];
}

/** Visible points in CSS pixels, all clouds one after the other. */
export interface ScatterPoints {
  /** x0, y0, x1, y1, … */
  readonly positions: Float32Array;
  /** Item row of each point. */
  readonly rows: Int32Array;
  /** Index into `view.clouds` of each point. */
  readonly clouds: Uint8Array;
  readonly grid: PointGrid;
  /** Of a point, in CSS pixels: larger where points are few. */
  readonly radius: number;
}

const MARGIN = 12;
const SMALLEST_RADIUS = 2.4;
const LARGEST_RADIUS = 4.4;
/** Radius as a share of the mean distance between points that fill the plot evenly. */
const RADIUS_SHARE = 0.25;
const GRID_CELL = 24;

/**
 * Joint projection of all modalities on one scale for both axes. The scale comes from all points,
 * shown or not, so that a filter never moves what stays.
 */
export function scatterPoints(
  view: EmbeddingView,
  filter: ScatterFilter,
  size: { readonly width: number; readonly height: number },
  limit = MOST_POINTS,
): ScatterPoints {
  const bounds = boundsOf(view.clouds.map((cloud) => cloud.xy));
  const fit = equalAspect(bounds ?? { minX: 0, maxX: 0, minY: 0, maxY: 0 }, {
    left: MARGIN,
    top: MARGIN,
    width: Math.max(1, size.width - 2 * MARGIN),
    height: Math.max(1, size.height - 2 * MARGIN),
  });
  const total = view.clouds.reduce((sum, cloud) => sum + cloud.rows.length, 0);
  const stride = Math.max(1, Math.ceil(total / limit));
  const positions: number[] = [];
  const rows: number[] = [];
  const clouds: number[] = [];
  for (const [index, cloud] of view.clouds.entries()) {
    if (filter.hiddenModalities.includes(cloud.modality)) continue;
    for (let point = 0; point < cloud.rows.length; point += stride) {
      const row = cloud.rows[point] ?? -1;
      if (filter.hiddenClasses.includes(labelAt(view, row))) continue;
      positions.push(
        fit.toX(cloud.xy[point * 2] ?? Number.NaN),
        fit.toY(cloud.xy[point * 2 + 1] ?? Number.NaN),
      );
      rows.push(row);
      clouds.push(index);
    }
  }
  const placed = Float32Array.from(positions);
  return {
    positions: placed,
    rows: Int32Array.from(rows),
    clouds: Uint8Array.from(clouds),
    grid: pointGrid(placed, GRID_CELL),
    radius: pointRadius(Math.ceil(total / stride), bounds, fit.scale),
  };
}

/** Counts all points, shown or not, so that a filter never changes the size of what stays. */
function pointRadius(count: number, bounds: Bounds | undefined, scale: number): number {
  if (bounds === undefined || count === 0) return LARGEST_RADIUS;
  const { minX, maxX, minY, maxY } = bounds;
  const distance = scale * Math.sqrt(((maxX - minX) * (maxY - minY)) / count);
  const radius = distance > 0 ? RADIUS_SHARE * distance : LARGEST_RADIUS;
  return Math.min(LARGEST_RADIUS, Math.max(SMALLEST_RADIUS, radius));
}

/** Points of one item, one per modality that shows it. */
export function pointsOfRow(points: ScatterPoints, row: number): number[] {
  const found: number[] = [];
  for (const [index, candidate] of points.rows.entries()) if (candidate === row) found.push(index);
  return found;
}
