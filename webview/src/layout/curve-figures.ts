import type { PanelState } from "../store/panel-state.ts";
import type { CurveContext } from "./curve-context.ts";
import type { Figure } from "./figure.ts";
import { gapFigure } from "./gap-figure.ts";
import { lossFigure } from "./loss-figure.ts";
import { normFigure } from "./norm-figure.ts";
import { qualityFigure } from "./quality-figure.ts";
import { xScale } from "./x-axis.ts";
import { type ZeroShareFigures, zeroShareFigures } from "./zero-share-figures.ts";

/** Small charts that fit beside the weight norm in two rows. */
const ZERO_SHARE_LIMIT = 8;

export interface CurveFigures {
  readonly context: CurveContext;
  /** Figures whose metrics are there, in two rows; a row may be empty. */
  readonly rows: readonly (readonly Figure[])[];
  readonly zeroShare: ZeroShareFigures;
}

export function curveContext(state: PanelState): CurveContext {
  const { series, header, settings } = state;
  return {
    series,
    header,
    layers: state.weights?.layers ?? [],
    settings,
    x: xScale({ series, header, axis: settings.axis, zoom: settings.zoom }),
  };
}

export function curveFigures(state: PanelState): CurveFigures {
  const context = curveContext(state);
  const present = (figures: readonly (Figure | undefined)[]): Figure[] =>
    figures.flatMap((figure) => figure ?? []);
  return {
    context,
    rows: [
      present([lossFigure(context), qualityFigure(context)]),
      present([gapFigure(context), normFigure(context)]),
    ],
    zeroShare: zeroShareFigures(context, ZERO_SHARE_LIMIT),
  };
}
