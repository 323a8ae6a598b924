import type { Points } from "./align-series.ts";
import type { CurveContext } from "./curve-context.ts";
import type { FigureMarker } from "./figure.ts";

/** Where a run broke off: the first loss that is no number, or the last line that was written. */
export function runMarkers(context: CurveContext, loss: Points): FigureMarker[] {
  const broken = loss.y.findIndex((value) => !Number.isFinite(value));
  const brokenAt = loss.x[broken];
  if (brokenAt !== undefined) {
    const text = `not finite at ${context.x.formatValue(brokenAt)}`;
    return [{ x: brokenAt, text, tone: "error", isDashed: false }];
  }
  const last = loss.x.at(-1);
  if (last === undefined) return [];
  const at = context.x.formatValue(last);
  switch (context.header?.status) {
    case "lost":
      return [{ x: last, text: `last line written, ${at}`, tone: "warning", isDashed: true }];
    case "cancelled":
      return [{ x: last, text: `stopped at ${at}`, tone: "muted", isDashed: true }];
    case "failed":
      return [{ x: last, text: `failed after ${at}`, tone: "error", isDashed: false }];
    default:
      return [];
  }
}
