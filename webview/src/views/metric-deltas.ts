import type { ComparedRun, RunComparison, RunPair } from "../../../core/protocol/panel/compare.ts";
import {
  type MetricDeltas as Deltas,
  type MetricDelta,
  metricDeltas,
  metricDeltaTable,
  metricParts,
} from "../layout/metric-deltas.ts";
import { noiseText } from "../layout/noise-text.ts";
import { formatCount } from "../layout/number-format.ts";
import type { ViewSettings } from "../store/view-settings.ts";
import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";
import { segmented } from "../ui/segmented.ts";
import { type Checkbox, checkbox, iconButton } from "../ui/toolkit.ts";
import { CompareSection } from "./compare-section.ts";
import { columnHead } from "./compare-table.ts";
import { runLabel } from "./run-label.ts";
import type { ViewContext } from "./view.ts";

const PARTS = [
  { id: "validation", title: "Validation" },
  { id: "test", title: "Test" },
  { id: "train", title: "Train" },
];

const VERDICT_ICONS: Readonly<Partial<Record<MetricDelta["verdict"], string>>> = {
  better: "check",
  worse: "warning",
};

const VERDICT_TONES: typeof VERDICT_ICONS = { better: "tone-ok", worse: "tone-error" };

/** Final metrics of two runs, and whether they differ by more than the seed does. */
export class MetricDeltas {
  readonly element: HTMLElement;
  readonly #section: CompareSection;
  readonly #part;
  readonly #all: Checkbox;
  readonly #curves: HTMLElement;

  constructor({ dispatch, send }: ViewContext) {
    this.#part = segmented("Part of the data", PARTS, (part) =>
      dispatch({ type: "compare/part", part }),
    );
    this.#all = checkbox("Show all", () => dispatch({ type: "compare/toggle-all" }));
    this.#curves = iconButton("graph-line", "Show in Curves", () =>
      dispatch({ type: "tab/select", tab: "curves" }),
    );
    this.#section = new CompareSection({
      className: "compare-metrics",
      title: "Metrics",
      tools: [this.#curves],
      send,
    });
    this.element = this.#section.element;
  }

  update(comparison: RunComparison, pair: RunPair, other: number, settings: ViewSettings): void {
    const [run, reference] = [comparison.runs[0], comparison.runs[other]];
    if (run === undefined || reference === undefined) return;
    const names = [run.name, reference.name] as const;
    const parts = metricParts(pair.metrics);
    const part = parts.find((name) => name === settings.comparedPart) ?? parts[0] ?? "";
    const deltas = metricDeltas(pair.metrics, part, settings.showAllMetrics);
    const { copy } = metricDeltaTable(pair.metrics, names);
    if (pair.metrics.length === 0) {
      const text = "Final metrics are compared when both runs have ended.";
      this.#section.update("", copy, element("p", { className: "muted", text }));
      return;
    }
    this.#part.select(part);
    this.#all.setChecked(settings.showAllMetrics);
    this.#all.setText(`Show all (${formatCount(deltas.hidden)} more)`);
    this.#all.element.hidden = deltas.hidden === 0;
    this.#section.update(
      "",
      copy,
      element("p", {
        className: "muted noise-line",
        text: noiseText(comparison.runs, other, deltas),
      }),
      element("div", { className: "compare-choices" }, this.#part.element, this.#all.element),
      table(deltas, run, reference, other),
    );
  }
}

function table(
  deltas: Deltas,
  run: ComparedRun,
  reference: ComparedRun,
  other: number,
): HTMLElement {
  const hasAxis = deltas.n > 0;
  const axisHead = element(
    "th",
    { className: "delta-head", title: "In units of seed noise", attributes: { scope: "col" } },
    element("span", { className: "wide-only", text: "worse ← → better" }),
    element("span", { className: "narrow-only", text: "← 0 → better" }),
  );
  const head = element(
    "tr",
    {},
    columnHead("Metric"),
    columnHead(runLabel(reference, other), "delta-number delta-other"),
    columnHead(runLabel(run, 0), "delta-number"),
    columnHead("Change", "delta-number"),
    ...(hasAxis ? [axisHead] : []),
    columnHead(hasAxis ? "Verdict" : "", "delta-verdict"),
  );
  return element(
    "table",
    { className: "compare-table delta-table" },
    element("caption", {
      className: "visually-hidden",
      text: `${run.name} against ${reference.name}`,
    }),
    element("thead", {}, head),
    element("tbody", {}, ...deltas.rows.map((row) => deltaRow(row, deltas, hasAxis))),
  );
}

function deltaRow(row: MetricDelta, deltas: Deltas, hasAxis: boolean): HTMLElement {
  const mark = VERDICT_ICONS[row.verdict];
  const tone = VERDICT_TONES[row.verdict] ?? "muted";
  return element(
    "tr",
    {},
    element("th", { text: row.name, title: row.name, attributes: { scope: "row" } }),
    element("td", { className: "delta-number delta-other", text: row.other }),
    element("td", { className: "delta-number", text: row.run }),
    element("td", { className: "delta-number", text: row.change }),
    ...(hasAxis ? [axisCell(row, deltas)] : []),
    element(
      "td",
      { className: `delta-verdict ${tone}`, title: row.detail },
      ...(mark === undefined ? [] : [icon(mark)]),
      element("span", { className: "verdict-word", text: row.verdict }),
    ),
  );
}

/** The dot of a change over the band of noise; the words beside it say the same. */
function axisCell({ place, verdict, detail }: MetricDelta, { band, zero }: Deltas): HTMLElement {
  const at = (className: string, share: number) => {
    const mark = element("span", { className });
    mark.style.left = `${100 * share}%`;
    return mark;
  };
  const range = at("noise-band", band[0]);
  range.style.width = `${100 * (band[1] - band[0])}%`;
  const dot =
    place === undefined
      ? []
      : [
          at(
            `delta-dot verdict-${verdict.replace(" ", "-")}${place.isCut ? " cut" : ""}`,
            place.at,
          ),
        ];
  return element(
    "td",
    { className: "delta-axis", title: detail },
    element(
      "span",
      { className: "delta-track", attributes: { "aria-hidden": "true" } },
      range,
      at("delta-zero", zero),
      ...dot,
    ),
    element("span", { className: "visually-hidden", text: detail }),
  );
}
