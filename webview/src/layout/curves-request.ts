import type { CurvesRequest } from "../../../core/protocol/panel/curves.ts";
import type { PanelState } from "../store/panel-state.ts";
import { isQualityMetric } from "./quality-figures.ts";

/** Widths are asked for in steps, so that dragging a splitter does not ask anew at every pixel. */
const WIDTH_STEP = 256;
const WIDEST = 8192;
/** Of a page this wide in CSS pixels, the loss takes at most this share; below, all of it. */
const STACKED = 720;
const WIDEST_SHARE = 0.6;

/** What is drawn of a run over another, whatever else it logged. */
const ALWAYS = [
  "train/loss",
  "validation/loss",
  "validation/data_loss",
  "gap/loss",
  "gap/data_loss",
];

/**
 * The part of the curves that the page shows.
 *
 * @param page its width in CSS pixels, and device pixels per CSS pixel
 */
export function curvesRequest(
  { settings, series, others }: PanelState,
  page: { readonly width: number; readonly ratio: number },
): CurvesRequest {
  const { axis, zoom, smoothing, norm, hiddenRuns } = settings;
  const pixels = page.width * page.ratio * (page.width < STACKED ? 1 : WIDEST_SHARE);
  const width = Math.min(WIDEST, Math.max(1, Math.ceil(pixels / WIDTH_STEP)) * WIDTH_STEP);
  const shown = others.map(({ key }) => key).filter((key) => !hiddenRuns.includes(key));
  const isDrawn = (name: string) =>
    isQualityMetric(name) ||
    (name.startsWith("weights/") &&
      ["gradient_norm", "zero_fraction", norm].some((measure) => name.endsWith(`/${measure}`)));
  return {
    type: "curves/window",
    axis,
    ...(zoom === undefined ? {} : { from: zoom[0], to: zoom[1] }),
    width,
    smoothing,
    others: shown,
    metrics: shown.length === 0 ? [] : [...ALWAYS, ...[...series.keys()].filter(isDrawn)],
  };
}
