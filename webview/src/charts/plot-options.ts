import type uPlot from "uplot";
import { alignSeries } from "../layout/align-series.ts";
import type { Figure, FigureArea, FigureLine } from "../layout/figure.ts";
import { logTicks, niceTicks } from "../layout/ticks.ts";
import type { XScale } from "../layout/x-axis.ts";
import type { Theme } from "../theme/theme.ts";

const X_AXIS_HEIGHT = 24;
const X_TICK_SPACE = 72;
const Y_TICK_SPACE = 44;
/** Width of a digit in the tick font, in CSS pixels. */
const DIGIT_WIDTH = 6.6;

/** What a plot reads anew at every redraw, so that data and theme can change under it. */
export interface PlotSource {
  readonly figure: () => Figure;
  readonly x: () => XScale;
  readonly theme: () => Theme;
  readonly isCompact: boolean;
  /** Room right of the plot for labels, in CSS pixels. */
  readonly labelWidth: () => number;
}

export interface PlotEvents {
  readonly onDraw: (plot: uPlot) => void;
  readonly onZoom: (range: readonly [number, number]) => void;
  readonly onReset: () => void;
}

/** Lines and areas of a figure; a plot must be made anew when this changes. */
export function plotSignature(figure: Figure): string {
  const lines = figure.lines.map(
    ({ id, color, width, isDashed }) => `${id},${color},${width},${isDashed}`,
  );
  const areas = figure.areas.map(({ upper, lower = "0", depth }) => `${upper}-${lower}-${depth}`);
  return [...lines, ...areas, figure.isLogY].join(" ");
}

export function plotData(figure: Figure): uPlot.AlignedData {
  const { x, columns } = alignSeries(figure.lines.map((line) => line.points));
  return [x, ...columns.map((column) => [...column])];
}

export function plotOptions(
  source: PlotSource,
  events: PlotEvents,
  size: { readonly width: number; readonly height: number },
): uPlot.Options {
  const figure = source.figure();
  return {
    ...size,
    legend: { show: false },
    padding: [8, () => source.labelWidth(), source.isCompact ? 4 : 0, source.isCompact ? 4 : null],
    scales: {
      x: { time: false, range: () => [...source.x().range] },
      y: { distr: figure.isLogY ? 3 : 1, range: () => [...source.figure().yRange] },
    },
    axes: source.isCompact ? compactAxes(source) : [xAxis(source), yAxis(source)],
    series: [{}, ...figure.lines.map((line) => seriesOf(line, figure, source))],
    bands: figure.areas.flatMap((area) => bandOf(area, figure, source)),
    cursor: cursorOf(events),
    hooks: {
      draw: [events.onDraw],
      setSelect: [(plot) => zoomTo(plot, events)],
    },
  };
}

function cursorOf({ onReset }: PlotEvents): uPlot.Cursor {
  return {
    x: false,
    y: false,
    points: { show: false },
    drag: { x: true, y: false, setScale: false },
    bind: {
      dblclick: () => () => {
        onReset();
        return null;
      },
    },
  };
}

/** Pixels that a drag must cover before it means a zoom. */
const SHORTEST_DRAG = 6;

function zoomTo(plot: uPlot, { onZoom }: PlotEvents): void {
  const { left, width } = plot.select;
  if (width < SHORTEST_DRAG) return;
  const range: [number, number] = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onZoom(range);
}

function xAxis(source: PlotSource): uPlot.Axis {
  return {
    ...axisLook(source),
    size: X_AXIS_HEIGHT,
    gap: 6,
    grid: { show: false },
    border: { show: true, width: 1, stroke: () => source.theme().axis },
    splits: (plot, _axis, min, max) => {
      const width = plot.width - source.labelWidth() - 40;
      return [...source.x().ticks(min, max, Math.max(2, Math.floor(width / X_TICK_SPACE)))];
    },
    values: (_plot, splits) => [...source.x().formatTicks(splits)],
  };
}

function yAxis(source: PlotSource): uPlot.Axis {
  return {
    ...axisLook(source),
    gap: 8,
    size: (_plot, values) => {
      const longest = Math.max(0, ...(values ?? []).map((text) => text.length));
      return Math.max(24, Math.ceil(longest * DIGIT_WIDTH) + 12);
    },
    grid: { show: true, width: 1, stroke: () => source.theme().grid },
    splits: (plot, _axis, min, max) => yTicks(source, plot.height, min, max),
    values: (_plot, splits) => [...source.figure().formatY(splits)],
  };
}

function yTicks(source: PlotSource, height: number, min: number, max: number): number[] {
  const count = Math.max(3, Math.floor((height - X_AXIS_HEIGHT) / Y_TICK_SPACE));
  return source.figure().isLogY ? logTicks(min, max, count) : niceTicks(min, max, count);
}

function axisLook(source: PlotSource): uPlot.Axis {
  return {
    font: source.theme().tickFont,
    stroke: () => source.theme().ink("muted"),
    ticks: { show: false },
  };
}

/** Small multiples share their axes with the picture beside them: only base, middle and top. */
function compactAxes(source: PlotSource): uPlot.Axis[] {
  return [
    {
      show: true,
      size: 1,
      gap: 0,
      grid: { show: false },
      ticks: { show: false },
      border: { show: true, width: 1, stroke: () => source.theme().axis },
      splits: () => [],
      values: () => [],
    },
    {
      show: true,
      size: 0,
      gap: 0,
      ticks: { show: false },
      grid: { show: true, width: 1, stroke: () => source.theme().grid },
      splits: () => [0.5, 1],
      values: () => [],
    },
  ];
}

function seriesOf(line: FigureLine, figure: Figure, source: PlotSource): uPlot.Series {
  const area = figure.areas.find(({ upper, lower }) => upper === line.id && lower === undefined);
  return {
    width: line.width,
    stroke: () => (line.width === 0 ? "transparent" : source.theme().ink(line.color)),
    ...(line.isDashed ? { dash: [5, 4] } : {}),
    ...(area === undefined
      ? {}
      : { fill: () => source.theme().fill(area.color, area.depth), fillTo: () => 0 }),
    points: { show: false },
  };
}

function bandOf(area: FigureArea, figure: Figure, source: PlotSource): uPlot.Band[] {
  const upper = figure.lines.findIndex((line) => line.id === area.upper);
  const lower = figure.lines.findIndex((line) => line.id === area.lower);
  if (upper < 0 || lower < 0) return [];
  return [
    {
      series: [upper + 1, lower + 1],
      fill: () => source.theme().fill(area.color, area.depth),
    },
  ];
}
