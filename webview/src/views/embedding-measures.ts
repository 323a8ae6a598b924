import type { Curve } from "../../../core/protocol/panel/curves.ts";
import type { EmbeddingView, RetrievalRow } from "../../../core/protocol/panel/embeddings.ts";
import { trendSparkline } from "../charts/trend-sparkline.ts";
import { modalityShapes, type PointShape } from "../layout/modality-shape.ts";
import { formatFixed } from "../layout/number-format.ts";
import { pairedRows, retrievalCaption } from "../layout/retrieval-table.ts";

import type { CurvesByName } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { shapeMark } from "../ui/shape-mark.ts";

type Shapes = ReadonlyMap<string, PointShape>;

/** Retrieval both ways, gap, alignment and uniformity; trends where the run logged them. */
export function embeddingMeasures(view: EmbeddingView, series: CurvesByName): HTMLElement[] {
  const shapes = modalityShapes(view.clouds.map((cloud) => cloud.modality));
  return [
    retrieval(view, shapes, series),
    measureSection(
      "Modality gap",
      "distance of the means",
      view.gaps.map(({ a, b, value }) =>
        measureRow([a, b], shapes, value, trendOf(series, "modality_gap", a, b)),
      ),
    ),
    measureSection(
      "Alignment",
      "mean squared distance of pairs",
      view.alignments.map(({ a, b, value }) =>
        measureRow([a, b], shapes, value, trendOf(series, "alignment", a, b)),
      ),
    ),
    measureSection(
      "Uniformity",
      "lower is more even",
      view.uniformities.map(({ modality, value }) =>
        measureRow([modality], shapes, value, series.get(`validation/uniformity/${modality}`)),
      ),
    ),
  ];
}

function trendOf(series: CurvesByName, measure: string, a: string, b: string): Curve | undefined {
  return (
    series.get(`validation/${measure}/${a}_to_${b}`) ??
    series.get(`validation/${measure}/${a}_${b}`)
  );
}

function retrieval(view: EmbeddingView, shapes: Shapes, series: CurvesByName): HTMLElement {
  const heads = ["Direction", "R@1", "R@5", "R@10", "MRR", "Trend"].map((text, index) =>
    element(
      "th",
      { attributes: { scope: "col" } },
      // The outer columns speak for themselves to those who see them.
      element("span", { text, className: index % 5 === 0 ? "visually-hidden" : "" }),
    ),
  );
  const groups = pairedRows(view.retrieval).map((rows) =>
    element("tbody", {}, ...rows.map((row) => retrievalRow(row, shapes, series))),
  );
  return element(
    "section",
    { className: "measure retrieval" },
    element(
      "div",
      { className: "figure-head" },
      element("h2", { className: "figure-title", text: "Retrieval" }),
      element("span", { className: "figure-subtitle", text: "full dimension, both ways" }),
    ),
    element(
      "table",
      { className: "retrieval-table" },
      element("thead", {}, element("tr", {}, ...heads)),
      ...groups,
    ),
    element("p", { className: "measure-note", text: retrievalCaption(view) }),
  );
}

function retrievalRow(row: RetrievalRow, shapes: Shapes, series: CurvesByName): HTMLElement {
  const figures = [row.recall1, row.recall5, row.recall10, row.mrr].map((value) =>
    element("td", { text: formatFixed(value, 2) }),
  );
  const trend = series.get(`validation/recall@1/${row.from}_to_${row.to}`);
  return element(
    "tr",
    { title: `${row.n} pairs, median rank ${formatFixed(row.medianRank, 0)}` },
    element(
      "th",
      { attributes: { scope: "row" } },
      ...named(row.from, shapes),
      element("span", { className: "arrow", text: "→" }),
      ...named(row.to, shapes),
    ),
    ...figures,
    element("td", { className: "trend-cell" }, trendSparkline(trend)),
  );
}

function measureSection(
  title: string,
  subtitle: string,
  rows: readonly HTMLElement[],
): HTMLElement {
  const section = element(
    "section",
    { className: "measure" },
    element(
      "div",
      { className: "figure-head" },
      element("h2", { className: "figure-title", text: title }),
      element("span", { className: "figure-subtitle", text: subtitle }),
    ),
    element("ul", { className: "measure-rows" }, ...rows),
  );
  section.hidden = rows.length === 0;
  return section;
}

function measureRow(
  modalities: readonly string[],
  shapes: Shapes,
  value: number,
  trend: Curve | undefined,
): HTMLElement {
  const marks = modalities.flatMap((name) => {
    const shape = shapes.get(name);
    return shape === undefined ? [] : [shapeMark(shape)];
  });
  return element(
    "li",
    {},
    ...marks,
    element("span", { className: "muted", text: modalities.join(", ") }),
    trendSparkline(trend),
    element("span", { className: "measure-value", text: formatFixed(value, 2) }),
  );
}

function named(modality: string, shapes: Shapes): (Node | string)[] {
  const shape = shapes.get(modality);
  return [...(shape === undefined ? [] : [shapeMark(shape)]), modality];
}
