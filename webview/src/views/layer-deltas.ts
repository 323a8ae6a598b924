import type { ComparedRun, RunComparison, RunPair } from "../../../core/protocol/panel/compare.ts";
import {
  type LayerDelta,
  type LayerDeltaRow,
  layerDeltas,
  layerDeltaTable,
} from "../layout/layer-deltas.ts";
import { formatCount } from "../layout/number-format.ts";
import { element } from "../ui/element.ts";
import { CompareSection } from "./compare-section.ts";
import { columnHead, scrollingTable } from "./compare-table.ts";
import { runLabel } from "./run-label.ts";
import type { ViewContext } from "./view.ts";

/** Rows that are drawn; copying gives all of them. */
const MOST_ROWS = 200;

const MEASURES = [
  { id: "norm", title: "‖w‖₂", change: "%" },
  { id: "zeros", title: "Zero", change: "points" },
  { id: "dead", title: "Dead units", change: "units" },
] as const;

/** Norm, zero share and dead units of both runs, layer by layer. */
export class LayerDeltas {
  readonly element: HTMLElement;
  readonly #section: CompareSection;

  constructor({ send }: ViewContext) {
    this.#section = new CompareSection({ className: "compare-layers", title: "Layers", send });
    this.element = this.#section.element;
  }

  update({ runs }: RunComparison, pair: RunPair, other: number): void {
    const [run, reference] = [runs[0], runs[other]];
    if (run === undefined || reference === undefined) return;
    const { copy } = layerDeltaTable(pair.layers, [run.name, reference.name]);
    if (pair.layers.length === 0) {
      const text = "Neither run has stored weights.";
      this.#section.update("", copy, element("p", { className: "muted", text }));
      return;
    }
    const rows = layerDeltas(pair.layers.slice(0, MOST_ROWS));
    this.#section.update(subtitleOf(pair, rows.length), copy, table(rows, [run, reference], other));
  }
}

function subtitleOf({ layers, runStep, otherStep }: RunPair, shown: number): string {
  const steps = [otherStep, runStep].map((step) =>
    step === undefined ? "no step" : `step ${formatCount(step)}`,
  );
  const at = steps[0] === steps[1] ? `at ${steps[0]}` : `at ${steps.join(" and ")}`;
  const count =
    shown < layers.length ? `, ${formatCount(shown)} of ${formatCount(layers.length)} layers` : "";
  return `biggest change first, ${at}${count}`;
}

function table(
  rows: readonly LayerDeltaRow[],
  [run, reference]: readonly [ComparedRun, ComparedRun],
  other: number,
): HTMLElement {
  const group = ({ title }: (typeof MEASURES)[number]) =>
    element("th", { text: title, attributes: { scope: "colgroup", colspan: "3" } });
  const names = MEASURES.flatMap(({ change }) => [
    columnHead(runLabel(reference, other), "delta-number"),
    columnHead(runLabel(run, 0), "delta-number"),
    columnHead(`± ${change}`, "delta-number delta-change"),
  ]);
  return scrollingTable({
    label: "Layers",
    className: "layer-delta-table",
    head: [
      element("tr", {}, element("td"), ...MEASURES.map(group)),
      element("tr", {}, columnHead("Layer"), ...names),
    ],
    rows: rows.map((row) => layerRow(row, [run.name, reference.name])),
  });
}

function layerRow(row: LayerDeltaRow, [run, other]: readonly [string, string]): HTMLElement {
  const only = row.only === undefined ? "" : `only in ${row.only === "run" ? run : other}`;
  return element(
    "tr",
    {},
    element(
      "th",
      { title: row.layer, attributes: { scope: "row" } },
      element("span", { text: row.layer }),
      ...(only === "" ? [] : [element("span", { className: "muted only-mark", text: only })]),
    ),
    ...MEASURES.flatMap(({ id }) => cells(row[id])),
  );
}

function cells({ other, run, change }: LayerDelta): HTMLElement[] {
  return [
    element("td", { className: "delta-number muted", text: other }),
    element("td", { className: "delta-number", text: run }),
    element("td", { className: "delta-number delta-change", text: change }),
  ];
}
