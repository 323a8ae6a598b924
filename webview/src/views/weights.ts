import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { lastResult } from "../layout/last-result.ts";
import { filterLayers, largestLayer, totalsOf } from "../layout/layer-table.ts";
import { formatCount, formatPercent } from "../layout/number-format.ts";
import { currentDifference, referenceKey, weightComparison } from "../layout/weight-reference.ts";
import type { PanelState, WeightFileState, WeightsState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { searchBox } from "../ui/search-box.ts";
import { iconButton } from "../ui/toolkit.ts";
import { followGoToLine } from "./go-to-line.ts";
import { differenceColumns } from "./layer-columns/difference-columns.ts";
import type { LayerColumn } from "./layer-columns/layer-column.ts";
import { FILE_COLUMNS, RUN_COLUMNS } from "./layer-columns/layer-columns.ts";
import { LayerPane } from "./layer-pane.ts";
import { LayerTable } from "./layer-table.ts";
import { layerTableText } from "./layer-table-text.ts";
import { placeholder } from "./placeholder.ts";
import { ReferenceBar } from "./reference-bar.ts";
import type { View, ViewContext } from "./view.ts";

/** One empty list, so that nothing looks changed. */
const NONE: readonly never[] = [];

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
  readonly #copy: HTMLElement;
  readonly #filter;
  readonly #matches = element("span", { className: "muted", attributes: { role: "status" } });
  readonly #reference: ReferenceBar;
  readonly #table: LayerTable;
  readonly #pane: LayerPane;
  readonly #columns: HTMLElement;
  // Of thousands of layers these are found once, not with every message.
  readonly #listed = lastResult(filterLayers);
  readonly #largest = lastResult(largestLayer);
  readonly #comparison = lastResult(weightComparison);
  readonly #compared = lastResult(differenceColumns);
  #summed: readonly LayerRow[] = NONE;
  #copied: Parameters<typeof layerTableText> = [NONE, NONE];

  constructor(context: ViewContext) {
    this.#filter = searchBox("Filter layers", (text) =>
      context.dispatch({ type: "layers/filter", text }),
    );
    this.#reference = new ReferenceBar(context);
    this.#table = new LayerTable({
      onSelect: (layer) => context.dispatch({ type: "layer/select", layer }),
      onToggleGroup: (group) => context.dispatch({ type: "group/toggle", group }),
      onSort: (sort) => context.dispatch({ type: "layers/sort", sort }),
    });
    this.#copy = iconButton("copy", "Copy table", () =>
      context.send({ type: "text/copy", text: layerTableText(...this.#copied) }),
    );
    this.#pane = new LayerPane(context);
    this.#columns = element(
      "div",
      { className: "weights-columns" },
      this.#table.element,
      this.#pane.element,
    );
    followGoToLine(this.element, context.send);
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
          this.#copy,
          this.#matches,
          this.#summary,
          this.#reference.element,
          this.#key,
        ),
        this.#columns,
      );
    }
    this.#reference.update(state);
    const known = weights.layers.find((row) => row.layer === settings.layer);
    const row = known ?? this.#largest(weights.layers);
    this.#list(state, weights, row);
    if (row !== undefined) this.#pane.update(state, weights, row);
  }

  #list(state: PanelState, weights: WeightsState, row: LayerRow | undefined): void {
    const { file, settings } = state;
    const { layers } = weights;
    if (layers !== this.#summed) {
      this.#summed = layers;
      this.#summary.replaceChildren(...(file === undefined ? summaryOf : fileSummaryOf)(weights));
    }
    this.#filter.setText(settings.layerFilter);
    const listed = this.#listed(layers, settings.layerFilter);
    const isFiltered = listed !== layers;
    const matches = isFiltered ? `${listed.length} of ${layers.length} layers` : "";
    if (this.#matches.textContent !== matches) this.#matches.textContent = matches;
    const columns = this.#shownColumns(state);
    this.#copied = [listed, columns];
    this.#table.update({
      layers: listed,
      columns,
      selected: row?.layer,
      // What was looked for must not stay hidden in a folded group.
      collapsedGroups: isFiltered ? NONE : settings.collapsedGroups,
      sort: settings.layerSort,
    });
  }

  #shownColumns(state: PanelState): readonly LayerColumn[] {
    if (state.file !== undefined) return FILE_COLUMNS;
    return referenceKey(state) === undefined
      ? RUN_COLUMNS
      : this.#compared(this.#comparison(currentDifference(state)));
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
