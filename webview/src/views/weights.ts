import { defaultLayer, filterLayers, totalsOf } from "../layout/layer-table.ts";
import { formatCount, formatPercent } from "../layout/number-format.ts";
import type { PanelState, WeightFileState, WeightsState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { searchBox } from "../ui/search-box.ts";
import { LayerPane } from "./layer-pane.ts";
import { LayerTable } from "./layer-table.ts";
import { placeholder } from "./placeholder.ts";
import type { View, ViewContext } from "./view.ts";

/** What training did to the weights, layer by layer. */
export class WeightsView implements View {
  readonly element = element("div", { className: "view weights" });
  readonly #summary = element("p", { className: "weights-summary" });
  readonly #key = element(
    "div",
    { className: "line-legend" },
    element("span", { className: "zero-key" }),
    "zero",
  );
  readonly #filter;
  readonly #matches = element("span", { className: "muted", attributes: { role: "status" } });
  readonly #table: LayerTable;
  readonly #pane: LayerPane;
  readonly #columns: HTMLElement;

  constructor(context: ViewContext) {
    this.#filter = searchBox("Filter layers", (text) =>
      context.dispatch({ type: "layers/filter", text }),
    );
    this.#table = new LayerTable({
      onSelect: (layer) => context.dispatch({ type: "layer/select", layer }),
      onToggleGroup: (group) => context.dispatch({ type: "group/toggle", group }),
    });
    this.#pane = new LayerPane(context);
    this.#columns = element(
      "div",
      { className: "weights-columns" },
      element("div", { className: "layer-table-scroller" }, this.#table.element),
      this.#pane.element,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "[") this.#pane.scrub(-1);
      if (event.key === "]") this.#pane.scrub(1);
    });
  }

  update(state: PanelState): void {
    const { weights, settings } = state;
    if (weights === undefined || weights.layers.length === 0) {
      this.element.replaceChildren(
        state.file === undefined
          ? placeholder(state, "Weights", "the first weight snapshot is written")
          : filePlaceholder(state.file),
      );
      return;
    }
    if (this.#columns.parentElement !== this.element) {
      this.element.replaceChildren(
        element(
          "div",
          { className: "toolbar" },
          this.#filter.element,
          this.#matches,
          this.#summary,
          this.#key,
        ),
        this.#columns,
      );
    }
    this.#summary.replaceChildren(
      ...(state.file === undefined ? summaryOf(weights) : fileSummaryOf(weights)),
    );
    const known = weights.layers.find((row) => row.layer === settings.layer);
    const selected = known?.layer ?? defaultLayer(weights.layers);
    const row = weights.layers.find((candidate) => candidate.layer === selected);
    this.#filter.setText(settings.layerFilter);
    const listed = filterLayers(weights.layers, settings.layerFilter);
    const isFiltered = listed !== weights.layers;
    this.#matches.textContent = isFiltered
      ? `${listed.length} of ${weights.layers.length} layers`
      : "";
    this.#table.update({
      layers: listed,
      selected,
      // What was looked for must not stay hidden in a folded group.
      collapsedGroups: isFiltered ? [] : settings.collapsedGroups,
    });
    if (row !== undefined) this.#pane.update(state, weights, row);
  }

  repaint(): void {
    this.#pane.repaint();
  }
}

function filePlaceholder({ name, fault = "it holds no tensors" }: WeightFileState): HTMLElement {
  return element(
    "div",
    { className: "placeholder" },
    element("h2", { text: "No weights can be shown" }),
    element("p", { text: `${name}: ${fault}` }),
  );
}

function fileSummaryOf({ layers }: WeightsState): (Node | string)[] {
  const read = layers.filter(({ isPending }) => isPending !== true);
  const { count } = totalsOf(layers);
  const { zeros, count: known, nonFinite } = totalsOf(read);
  const parts: (Node | string)[] = [
    element("strong", { text: formatCount(layers.length) }),
    ` ${layers.length === 1 ? "tensor" : "tensors"}, `,
    element("strong", { text: formatCount(count) }),
    " values",
  ];
  if (known > 0)
    parts.push(", ", element("strong", { text: formatPercent(zeros / known) }), " exactly zero");
  if (nonFinite > 0) {
    const text = formatCount(nonFinite);
    parts.push(", ", element("strong", { className: "tone-error", text }), " not finite");
  }
  return parts;
}

function summaryOf({ layers }: WeightsState): (Node | string)[] {
  const { count, penalised, zeros, deadUnits, nonFinite } = totalsOf(layers);
  const strong = (text: string, className = ""): Node => element("strong", { className, text });
  const parts: (Node | string)[] = [strong(formatCount(count)), " weights"];
  if (penalised > 0) {
    parts.push(", ", strong(formatCount(penalised)), " penalised");
    parts.push(", ", strong(formatPercent(zeros / penalised)), " of those exactly zero");
  } else parts.push(", none penalised");
  if (deadUnits > 0) {
    parts.push(", ", strong(formatCount(deadUnits), "tone-warning"), " dead units");
  }
  if (nonFinite > 0) {
    parts.push(", ", strong(formatCount(nonFinite), "tone-error"), " not finite");
  }
  return parts;
}
