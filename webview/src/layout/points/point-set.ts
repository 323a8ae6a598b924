import type { EmbeddingCloud } from "../../../../core/protocol/panel/embeddings.ts";
import { type Bounds, boundsOf } from "./equal-aspect.ts";

/** The points of one picture, its clouds one after the other. */
export interface PointSet {
  /** x0, y0, x1, y1, … in units of the data, y upward. */
  readonly xy: Float32Array;
  /** Item row of each point. */
  readonly rows: Int32Array;
  /** Index into `modalities` of each point. */
  readonly clouds: Uint8Array;
  readonly modalities: readonly string[];
  readonly bounds: Bounds;
}

const NOWHERE: Bounds = { minX: 0, maxX: 0, minY: 0, maxY: 0 };

export function pointSet(clouds: readonly EmbeddingCloud[]): PointSet {
  const count = clouds.reduce((sum, { rows }) => sum + rows.length, 0);
  const xy = new Float32Array(2 * count);
  const rows = new Int32Array(count);
  const owners = new Uint8Array(count);
  let at = 0;
  for (const [index, cloud] of clouds.entries()) {
    xy.set(cloud.xy.subarray(0, 2 * cloud.rows.length), 2 * at);
    rows.set(cloud.rows, at);
    owners.fill(index, at, at + cloud.rows.length);
    at += cloud.rows.length;
  }
  const modalities = clouds.map(({ modality }) => modality);
  return { xy, rows, clouds: owners, modalities, bounds: boundsOf([xy]) ?? NOWHERE };
}

/** For every point of `to`, the index of the same item and modality in `from`; −1 without one. */
export function matchPoints(from: PointSet, to: PointSet): Int32Array {
  const places = from.modalities.map((_, cloud) => placesOf(from, cloud));
  const cloudOf = to.modalities.map((modality) => from.modalities.indexOf(modality));
  return Int32Array.from(to.rows, (row, index) => {
    return places[cloudOf[to.clouds[index] ?? -1] ?? -1]?.[row] ?? -1;
  });
}

/** Index of each row's point in one cloud, −1 where it has none. */
function placesOf({ rows, clouds }: PointSet, cloud: number): Int32Array {
  let last = -1;
  for (const [index, row] of rows.entries()) if (clouds[index] === cloud && row > last) last = row;
  const places = new Int32Array(last + 1).fill(-1);
  for (const [index, row] of rows.entries()) if (clouds[index] === cloud) places[row] = index;
  return places;
}

/** Points of one item, one for each modality that has it. */
export function pointsOfRow({ rows }: PointSet, row: number): number[] {
  const found: number[] = [];
  for (let at = rows.indexOf(row); at >= 0; at = rows.indexOf(row, at + 1)) found.push(at);
  return found;
}
