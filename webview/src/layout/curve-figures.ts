import type { PanelState } from "../store/panel-state.ts";
import type { CurveContext, ShownRun } from "./curve-context.ts";
import type { Figure } from "./figure.ts";
import { gapFigure } from "./gap-figure.ts";
import { learnedLambdaFigure } from "./learned-lambda-figure.ts";
import { lossFigure } from "./loss-figure.ts";
import { gradientNormFigure, normFigure } from "./norm-figure.ts";
import { qualityFigures } from "./quality-figures.ts";
import { runColor } from "./run-color.ts";
import { type RunLabel, runLabels } from "./run-labels.ts";
import { placesOn, xScale } from "./x-axis.ts";
import { type ZeroShareFigures, zeroShareFigures } from "./zero-share-figures.ts";

/** Figures that fit above each other beside the loss. */
const QUALITY_LIMIT = 2;
/** Small charts that fit beside the weight norm in two rows. */
const ZERO_SHARE_LIMIT = 8;

/** Columns of a row; the figures of one column stand above each other. */
export type FigureRow = readonly (readonly Figure[])[];

export interface CurveFigures {
  readonly context: CurveContext;
  /** Two rows of columns of the figures whose metrics are there; a row may be empty. */
  readonly rows: readonly FigureRow[];
  readonly zeroShare: ZeroShareFigures;
}

export function curveContext(state: PanelState): CurveContext {
  const { series, header, settings } = state;
  const { axis, zoom } = settings;
  const own = header ?? { name: "this run", started: "" };
  const labels = runLabels([own, ...state.others.map((other) => other.header)]);
  const others = shownRuns(state, labels);
  return {
    series,
    header,
    layers: state.weights?.layers ?? [],
    settings,
    x: xScale({ series, header, axis, zoom, others }),
    label: labels[0] ?? { name: own.name, shortName: own.name },
    others,
  };
}

/** Runs over the own one, without those that the reader hid; a colour is a run's, hidden or not. */
function shownRuns(
  { others, otherSeries, settings }: PanelState,
  labels: readonly RunLabel[],
): ShownRun[] {
  return others.flatMap(({ key, header }, index) => {
    const label = labels[index + 1] ?? { name: header.name, shortName: header.name };
    const series = otherSeries.get(key);
    if (series === undefined || settings.hiddenRuns.includes(key)) return [];
    const toX = placesOn({ series, header, axis: settings.axis });
    return [{ key, label, header, color: runColor(index + 1), series, toX }];
  });
}

export function curveFigures(state: PanelState): CurveFigures {
  const context = curveContext(state);
  return {
    context,
    rows: [
      columns(present(lossFigure(context)), qualityFigures(context).slice(0, QUALITY_LIMIT)),
      columns(
        [...present(gapFigure(context)), ...present(learnedLambdaFigure(context))],
        [...present(normFigure(context)), ...present(gradientNormFigure(context))],
      ),
    ],
    zeroShare: zeroShareFigures(context, ZERO_SHARE_LIMIT),
  };
}

function present(figure: Figure | undefined): readonly Figure[] {
  return figure === undefined ? [] : [figure];
}

function columns(...all: readonly (readonly Figure[])[]): FigureRow {
  return all.filter((column) => column.length > 0);
}
