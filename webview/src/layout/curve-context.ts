import type { RunHeader } from "../../../core/protocol/panel/run.ts";
import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import type { Series } from "../store/series.ts";
import type { ViewSettings } from "../store/view-settings.ts";
import type { Points } from "./align-series.ts";
import { smooth } from "./smooth.ts";
import type { XScale } from "./x-axis.ts";

/** What the figures of the Curves tab are laid out from. */
export interface CurveContext {
  readonly series: ReadonlyMap<string, Series>;
  readonly header: RunHeader | undefined;
  readonly layers: readonly LayerRow[];
  readonly settings: ViewSettings;
  readonly x: XScale;
}

/** The metric on the shared x axis; `undefined` when it was never logged. */
export function pointsOf(context: CurveContext, metric: string): Points | undefined {
  const series = context.series.get(metric);
  if (series === undefined || series.values.length === 0) return undefined;
  return { x: context.x.toX(series), y: series.values };
}

/** Fewer points than this are measurements to show as they are, not noise to smooth away. */
const FEWEST_TO_SMOOTH = 40;

export function smoothed(context: CurveContext, points: Points): Points {
  if (points.y.length < FEWEST_TO_SMOOTH) return points;
  return { x: points.x, y: smooth(points.y, context.settings.smoothing) };
}

/** Whether smoothing changes anything, so that an envelope around it means something. */
export function isSmoothed(context: CurveContext, points: Points): boolean {
  return context.settings.smoothing > 0 && points.y.length >= FEWEST_TO_SMOOTH;
}
