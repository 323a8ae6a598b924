import type { LayerRow, WeightMatrix } from "../../../core/protocol/panel/weights.ts";
import { SingularValues } from "../charts/singular-values.ts";
import { WeightHeatMap } from "../charts/weight-heat-map.ts";
import { WeightHistogram } from "../charts/weight-histogram.ts";
import { histogramTable } from "../layout/histogram-table.ts";
import { layerFacts } from "../layout/layer-facts.ts";
import { stableRank } from "../layout/layer-table.ts";
import { formatCount, formatFixed, formatShape } from "../layout/number-format.ts";
import { outputNormTable } from "../layout/output-norm-table.ts";
import { spectrumTable } from "../layout/spectrum-table.ts";
import type { PanelState, WeightsState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { stepScrubber } from "../ui/step-scrubber.ts";
import { factList } from "./fact-list.ts";
import { FigureFrame } from "./figure-frame.ts";
import { HistoryFigure } from "./history-figure.ts";
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
  readonly #history: HistoryFigure;
  readonly #heatMap = new WeightHeatMap();
  readonly #heatMapNote = element("p", { className: "muted" });
  readonly #histogram = new WeightHistogram();
  readonly #singular = new SingularValues();
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
    const scrub = (step: number): void => {
      context.dispatch({ type: "weights/scrub", step });
      send({ type: "weights/request", step });
    };
    this.#history = new HistoryFigure(context, scrub);
    this.#scrubber = stepScrubber("Step of the weights", scrub);
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
    this.#history.update(state, weights, row.layer);
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
    this.#history.repaint();
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
