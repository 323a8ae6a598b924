import type { LayerRow, WeightMatrix } from "../../../core/protocol/panel/weights.ts";
import { createCrosshair } from "../charts/crosshair.ts";
import { LineChart } from "../charts/line-chart.ts";
import { SingularValues } from "../charts/singular-values.ts";
import { WeightHeatMap } from "../charts/weight-heat-map.ts";
import { WeightHistogram } from "../charts/weight-histogram.ts";
import { curveContext } from "../layout/curve-figures.ts";
import { figureTable } from "../layout/figure-table.ts";
import { histogramTable } from "../layout/histogram-table.ts";
import { stableRank, zeroFraction } from "../layout/layer-table.ts";
import {
  formatCount,
  formatFixed,
  formatPercent,
  formatShape,
  formatSize,
} from "../layout/number-format.ts";
import { outputNormTable } from "../layout/output-norm-table.ts";
import type { Fact } from "../layout/run-facts.ts";
import { spectrumTable } from "../layout/spectrum-table.ts";
import { zeroShareFigure } from "../layout/zero-share-figures.ts";
import type { PanelState, WeightsState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { stepScrubber } from "../ui/step-scrubber.ts";
import { factList } from "./fact-list.ts";
import { FigureFrame } from "./figure-frame.ts";
import type { ViewContext } from "./view.ts";

/** Everything about the selected tensor at the step that the scrubber points at. */
export class LayerPane {
  readonly element: HTMLElement;
  readonly #name = element("h2", { className: "layer-name" });
  readonly #shape = element("span", { className: "muted" });
  readonly #facts = element("dl", { className: "facts layer-facts" });
  readonly #weights: FigureFrame;
  readonly #values: FigureFrame;
  readonly #spectrum: FigureFrame;
  readonly #history: FigureFrame;
  readonly #heatMap = new WeightHeatMap();
  readonly #heatMapNote = element("p", { className: "muted" });
  readonly #histogram = new WeightHistogram();
  readonly #singular = new SingularValues();
  readonly #zeroShare: LineChart;
  readonly #scrubber;
  readonly #send: ViewContext["send"];
  #asked = "";

  constructor(context: ViewContext) {
    const { send } = context;
    this.#send = send;
    const frame = (figure: string): FigureFrame =>
      new FigureFrame({
        className: `figure-${figure}`,
        send,
        onToggleTable: () => context.dispatch({ type: "table/toggle", figure }),
      });
    this.#weights = frame("weights");
    this.#values = frame("values");
    this.#spectrum = frame("spectrum");
    this.#history = frame("history");
    this.#zeroShare = new LineChart({
      isCompact: false,
      crosshair: createCrosshair(),
      onZoom: (zoom) => context.dispatch({ type: "zoom/set", zoom }),
      say: context.say,
    });
    this.#scrubber = stepScrubber("Step of the weights", (step) => {
      context.dispatch({ type: "weights/scrub", step });
      send({ type: "weights/request", step });
    });
    this.element = element(
      "section",
      { className: "layer-pane", attributes: { "aria-label": "Selected layer" } },
      element("div", { className: "layer-head" }, this.#name, this.#shape),
      this.#facts,
      this.#weights.element,
      element("div", { className: "layer-figures" }, this.#values.element, this.#spectrum.element),
      this.#history.element,
      this.#scrubber.element,
    );
  }

  update(state: PanelState, weights: WeightsState, row: LayerRow): void {
    this.#name.textContent = row.layer;
    this.#shape.textContent = formatShape(row.shape);
    this.#facts.replaceChildren(...factList(row.isPending === true ? [] : layerFacts(row)));
    const { tables } = state.settings;
    this.#ask(row, weights.step);
    this.#showWeights(row, state);
    this.#showValues(row, tables.includes("values"));
    this.#showSpectrum(row.spectrum, tables.includes("spectrum"));
    this.#showHistory(state, weights, row);
    const step = state.wantedWeightStep ?? weights.step;
    this.#scrubber.element.hidden = weights.steps.length < 2;
    const wait = step === weights.step ? "" : ", loading";
    this.#scrubber.update(weights.steps, step, `step ${formatCount(step)}${wait}`);
  }

  /** `[` and `]` go one recorded step back and on. */
  scrub(direction: -1 | 1): void {
    this.#scrubber.move(direction);
  }

  repaint(): void {
    this.#zeroShare.repaint();
    this.#heatMap.repaint();
  }

  /** The values are many, so only those of the layer in sight are asked for. */
  #ask({ layer, shape }: LayerRow, step: number): void {
    const wanted = `${step} ${layer}`;
    if (wanted === this.#asked || shape.length < 2) return;
    this.#asked = wanted;
    this.#send({ type: "weights/request-matrix", step, layer });
  }

  #showWeights(row: LayerRow, { matrix, undrawn, file, settings }: PanelState): void {
    const isTable = settings.tables.includes("weights");
    this.#weights.element.hidden = row.shape.length < 2;
    if (matrix?.layer !== row.layer) {
      // The figure keeps its place while its values are read.
      const isUndrawn = undrawn?.layer === row.layer;
      this.#weights.setTitle("Weights", isUndrawn ? "" : "reading the values");
      this.#heatMapNote.textContent = isUndrawn ? undrawn.reason : "";
      this.#weights.show(this.#heatMapNote, undefined);
      return;
    }
    this.#weights.setTitle("Weights", matrixTitle(matrix, file !== undefined));
    this.#weights.show(this.#heatMap.element, isTable ? outputNormTable(matrix) : undefined);
    if (!isTable) this.#heatMap.update(matrix);
  }

  #showValues(row: LayerRow, isTable: boolean): void {
    const axis = row.histogram.isLog === true ? "log |w|, " : "";
    this.#values.setTitle("Values", `${axis}count, √ scale; blue below zero, orange above`);
    const table = isTable ? histogramTable("Values", row.histogram, row.zeros) : undefined;
    this.#values.show(this.#histogram.element, table);
    this.#histogram.update(row);
  }

  #showSpectrum(spectrum: readonly number[] | undefined, isTable: boolean): void {
    this.#spectrum.element.hidden = spectrum === undefined || spectrum.length === 0;
    if (spectrum === undefined) return;
    const rank = stableRank(spectrum);
    const subtitle = rank === undefined ? "" : `stable rank ${formatFixed(rank, 1)}`;
    this.#spectrum.setTitle("Singular values", subtitle);
    this.#spectrum.show(this.#singular.element, isTable ? spectrumTable(spectrum) : undefined);
    this.#singular.update(spectrum);
  }

  #showHistory(state: PanelState, weights: WeightsState, row: LayerRow): void {
    const { zoom: _zoom, ...settings } = state.settings;
    const context = curveContext({ ...state, settings: { ...settings, axis: "step" } });
    const figure = zeroShareFigure(context, row.layer);
    this.#history.element.hidden = figure === undefined;
    if (figure === undefined) return;
    this.#history.setTitle("Zero share over steps", "drag the slider to look at an earlier step");
    const labels = figure.labels.map((label) => ({ ...label, name: "zero", shortName: "zero" }));
    const marker = { x: weights.step, text: "", tone: "muted", isDashed: false } as const;
    const shown = { ...figure, labels, markers: [marker] };
    const isTable = settings.tables.includes("history");
    const table = isTable ? figureTable(shown, context.x) : undefined;
    this.#history.show(this.#zeroShare.element, table);
    if (!isTable) this.#zeroShare.update({ figure: shown, x: context.x });
  }
}

/** A run's layers are known to be [.., in, out]; of a file's tensors only the axes are. */
function matrixTitle(
  { inputs, outputs, outputsTotal = outputs }: WeightMatrix,
  isFile: boolean,
): string {
  const [columns, rows] = [formatCount(inputs), formatCount(outputs)];
  if (!isFile) return `${rows} outputs × ${columns} inputs, ‖w‖₂ of outputs`;
  const choice = outputsTotal > outputs ? ` of ${formatCount(outputsTotal)}` : "";
  return `${rows}${choice} rows × ${columns} columns, ‖w‖₂ of rows`;
}

function layerFacts(row: LayerRow): Fact[] {
  return [
    {
      label: "zero",
      value: formatPercent(zeroFraction(row)),
      detail: `${formatCount(row.zeros)} of ${formatCount(row.count)}`,
    },
    { label: "‖w‖₁", value: formatSize(row.l1) },
    { label: "‖w‖₂", value: formatSize(row.l2) },
    { label: "max |w|", value: formatSize(row.maxAbs) },
    ...(row.deadUnits === undefined || row.units === undefined
      ? []
      : [
          {
            label: "dead units",
            value: formatCount(row.deadUnits),
            detail: `of ${formatCount(row.units)}`,
          },
        ]),
    ...(row.nonFinite > 0 ? [{ label: "not finite", value: formatCount(row.nonFinite) }] : []),
    ...(row.dtype === undefined ? [] : [{ label: "type", value: row.dtype }]),
    ...(row.penalty === undefined
      ? []
      : [{ label: "penalty", value: row.penalty === "" ? "none" : row.penalty }]),
  ];
}
