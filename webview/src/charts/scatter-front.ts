import { type ClusterMean, clusterLabels } from "../layout/cluster-labels.ts";
import type { Camera, Place } from "../layout/points/camera.ts";
import { pairLines } from "../layout/points/pair-lines.ts";
import { pointsOfRow } from "../layout/points/point-set.ts";
import type { Theme } from "../theme/theme.ts";
import type { ScatterData } from "./scatter.ts";
import {
  clusterFont,
  drawClusterLabels,
  drawLasso,
  drawMarks,
  drawPairLines,
  type Mark,
  PINNED_GROWTH,
  type Sheet,
} from "./scatter-drawing.ts";
import { textWidth } from "./text-width.ts";

/** Everything that lies over the points. */
export interface Front {
  readonly data: ScatterData;
  readonly camera: Camera;
  /** Where a point is drawn now, in CSS pixels. */
  readonly placeOf: (index: number) => Place;
  /** As `pairLines()` gives them. */
  readonly linkedEnds: Int32Array;
  readonly shown: Uint8Array;
  /** None while points move. */
  readonly means: readonly ClusterMean[];
  readonly radius: number;
  readonly pinned: number | undefined;
  readonly outline: readonly Place[];
  /** CSS colour of a point. */
  readonly inkOf: (index: number) => string;
}

export function drawFront(context: CanvasRenderingContext2D, theme: Theme, front: Front): void {
  const { data, camera, placeOf, linkedEnds, shown, pinned } = front;
  const { points } = data;
  const sheet: Sheet = { context, theme };
  drawPairLines(sheet, linkedEnds, placeOf);
  const markOf = (index: number, radius: number): Mark => ({
    place: placeOf(index),
    modality: points.modalities[points.clouds[index] ?? 0] ?? "",
    color: front.inkOf(index),
    radius,
  });
  drawMarks(
    sheet,
    points.modalities,
    [...new Set(linkedEnds)].map((index) => markOf(index, front.radius)),
  );
  const font = clusterFont(theme);
  drawClusterLabels(
    sheet,
    clusterLabels(front.means, camera, (text) => textWidth(text, font)),
  );
  if (pinned !== undefined) {
    if (data.hasHoverLines) drawPairLines(sheet, pairLines(points, shown, [pinned]), placeOf);
    const own = pointsOfRow(points, pinned).filter((index) => shown[index] === 1);
    const radius = front.radius * PINNED_GROWTH;
    drawMarks(
      sheet,
      points.modalities,
      own.map((index) => markOf(index, radius)),
    );
  }
  drawLasso(sheet, front.outline);
}
