import type { LayerRow, OtherWeights, WeightMatrix } from "../../../core/protocol/panel/weights.ts";
import { SingularValues } from "../charts/singular-values.ts";
import { WeightHeatMap } from "../charts/weight-heat-map.ts";
import { WeightHistogram, type WeightHistogramData } from "../charts/weight-histogram.ts";
import { histogramTable } from "../layout/histogram-table.ts";
import { layerFacts } from "../layout/layer-facts.ts";
import { formatCount, formatShape } from "../layout/number-format.ts";
import { outputNormTable } from "../layout/output-norm-table.ts";
import { spectrumTable } from "../layout/spectrum-table.ts";
import { currentDifference, referenceKey, subtrahend } from "../layout/weight-reference.ts";
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
    const isCompared = referenceKey(state) !== undefined;
    const difference = currentDifference(state);
    const minus = subtrahend(difference, row.layer);
    const other = difference?.layers.find(({ layer }) => layer === row.layer);
    // While the other run is being read it is not known yet what to subtract.
    if (!isCompared || difference !== undefined) this.#ask(row, weights.step, minus);
    this.#showWeights(row, state, minus);
    this.#showValues({ row, ...(other && { other }) }, tables.includes("values"));
    this.#showSpectrum(row, other?.spectrum, tables.includes("spectrum"));
    this.#history.update(state, weights, row.layer);
    // Of a run the newest step is followed, though an earlier one may still be shown.
    const followed = state.file === undefined ? weights.steps.at(-1) : undefined;
    const step = state.wantedWeightStep ?? followed ?? weights.step;
    this.#scrubber.element.hidden = weights.steps.length < 2;
    const wait = step === weights.step ? "" : ", loading";
    const word = state.file?.stepWord ?? "step";
    this.#scrubber.update(weights.steps, step, `${word} ${formatCount(step)}${wait}`);
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
  #ask({ layer, shape }: LayerRow, step: number, minus: OtherWeights | undefined): void {
    const wanted = JSON.stringify([step, layer, minus]);
    if (wanted === this.#asked || shape.length < 2) return;
    this.#asked = wanted;
    this.#send({ type: "weights/request-matrix", step, layer, ...(minus && { minus }) });
  }

  #showWeights(
    row: LayerRow,
    { matrix, undrawn, file, settings }: PanelState,
    minus: OtherWeights | undefined,
  ): void {
    const isTable = settings.tables.includes("weights");
    this.#weights.element.hidden = row.shape.length < 2;
    const isShown = matrix?.layer === row.layer && isSame(matrix.minus, minus);
    if (matrix === undefined || !isShown) {
      // The figure keeps its place while its values are read.
      const isUndrawn = undrawn?.layer === row.layer;
      this.#weights.setTitle("Weights", isUndrawn ? "" : "reading the values");
      this.#heatMapNote.textContent = isUndrawn ? undrawn.reason : "";
      this.#weights.show(this.#heatMapNote, undefined);
      return;
    }
    const title = matrix.minus === undefined ? "Weights" : "Difference";
    this.#weights.setTitle(title, matrixTitle(matrix, file !== undefined));
    this.#weights.show(this.#heatMap.element, isTable ? outputNormTable(matrix) : undefined);
    if (!isTable) this.#heatMap.update(matrix);
  }

  #showValues(data: WeightHistogramData, isTable: boolean): void {
    const { row, other } = data;
    const axis = row.histogram.isLog === true ? "log |w|, " : "";
    const detail = other === undefined ? "" : "; outline: other run";
    this.#values.setTitle("Values", `${axis}√ count${detail}`);
    const table = isTable ? histogramTable("Values", row.histogram, row.zeros) : undefined;
    this.#values.show(this.#histogram.element, table);
    this.#histogram.update(data);
  }

  #showSpectrum(
    { spectrum, noiseEdge }: LayerRow,
    other: readonly number[] | undefined,
    isTable: boolean,
  ): void {
    this.#spectrum.element.hidden = spectrum === undefined || spectrum.length === 0;
    if (spectrum === undefined) return;
    this.#spectrum.setTitle("Singular values", other === undefined ? "" : "rings: other run");
    this.#spectrum.show(this.#singular.element, isTable ? spectrumTable(spectrum) : undefined);
    this.#singular.update({
      spectrum,
      ...(noiseEdge === undefined ? {} : { noiseEdge }),
      ...(other === undefined ? {} : { other }),
    });
  }
}

function isSame(a: OtherWeights | undefined, b: OtherWeights | undefined): boolean {
  return a?.other === b?.other && a?.step === b?.step;
}

/** A run's layers are known to be [.., in, out]; of a file's tensors only the axes are. */
function matrixTitle(
  { inputs, outputs, outputsTotal = outputs, minus }: WeightMatrix,
  isFile: boolean,
): string {
  const [columns, rows] = [formatCount(inputs), formatCount(outputs)];
  if (!isFile) {
    const norm = minus === undefined ? "‖w‖₂ of outputs" : "this run less the other";
    return `${rows} outputs × ${columns} inputs, ${norm}`;
  }
  const choice = outputsTotal > outputs ? ` of ${formatCount(outputsTotal)}` : "";
  return `${rows}${choice} rows × ${columns} columns, ‖w‖₂ of rows`;
}
