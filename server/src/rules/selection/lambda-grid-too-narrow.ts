import { defineRule, type Fix, type RuleContext } from "../../engine/rule.ts";
import type { LambdaGridFact } from "../../facts/lambda-grid.ts";
import { numpyName } from "../../semantics/numpy-name.ts";

/** Penalty strengths differ by powers of ten; less than two of them is hardly a search. */
const LEAST_RATIO = 100;
/** So many values are a fine search around a strength that is known. */
const FINE_GRID = 30;

export const lambdaGridTooNarrow = defineRule({
  code: "NL909",
  name: "lambda-grid-too-narrow",
  family: "selection",
  severity: "hint",
  preview: true,
  mentions: [
    [
      "ridgecv",
      "ridgeclassifiercv",
      "lassocv",
      "elasticnetcv",
      "logisticregressioncv",
      "searchcv",
      "parametergrid",
    ],
  ],
  on: "lambdaGrid",
  docs: {
    language: "python",
    what: "Finds a search over penalty strengths that spans less than two powers of ten, or that spaces them evenly.",
    why: "The best λ depends on the scale of the data and is often a thousand times larger or smaller than a guess. A narrow grid ends at its own edge, and an even one spends all its values in the last power of ten.",
    bad: [
      "from sklearn.linear_model import RidgeCV",
      "",
      "model = RidgeCV(alphas=[0.1, 0.2, 0.3])",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "from sklearn.linear_model import RidgeCV",
      "",
      "model = RidgeCV(alphas=np.logspace(-6, 6, 25))",
      "",
    ].join("\n"),
    limits:
      "Silent for grids that it cannot read, for single values, for more than 30 logarithmic ones, and where a wider search of the same parameter stands in the same file.",
    references: ["https://github.com/scikit-learn/scikit-learn/issues/22540"],
  },

  *check(fact, context) {
    const fault = faultOf(fact);
    if (fault === undefined || hasWiderSearch(fact, context)) return;
    const subject = fact.written === undefined ? `\`${fact.search}\` by default` : `This grid`;
    yield {
      span: fact.span,
      message: `${subject} tries ${fact.parameter} ${fault}; the best penalty strength often lies powers of ten away.`,
      fixes: [wideGrid(fact)],
    };
  },
});

function rangeOf({
  grid,
}: LambdaGridFact): { readonly low: number; readonly high: number } | undefined {
  const positive = grid.values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length < 2) return undefined;
  return {
    low: positive.reduce((a, b) => Math.min(a, b)),
    high: positive.reduce((a, b) => Math.max(a, b)),
  };
}

function faultOf(fact: LambdaGridFact): string | undefined {
  const { values, spacing } = fact.grid;
  const range = rangeOf(fact);
  if (range === undefined) return undefined;
  const shown = `${show(range.low)} to ${show(range.high)}`;
  if (spacing === "logarithmic" && values.length > FINE_GRID) return undefined;
  // scikit-learn's own default spans two powers of ten in three values.
  const isNarrow = fact.written === undefined || range.high / range.low < LEAST_RATIO * (1 - 1e-9);
  if (isNarrow) return `only from ${shown}`;
  return spacing === "even" ? `in even steps from ${shown}` : undefined;
}

const show = (value: number) => String(Number(value.toPrecision(3)));

function hasWiderSearch(fact: LambdaGridFact, { facts }: RuleContext): boolean {
  return facts("lambdaGrid").some(
    (other) => other !== fact && other.parameter === fact.parameter && faultOf(other) === undefined,
  );
}

/** A search of a few values per power of ten; a grid search trains anew for each. */
function wideGrid(fact: LambdaGridFact): Fix {
  const { program, search, written, site } = fact;
  const values = search.endsWith("SearchCV") ? "-4, 4, 9" : "-6, 6, 25";
  const numpy = numpyName(program, site.call.span.start);
  const grid = `${numpy.name}.logspace(${values})`;
  const { start, end } = site.call.argumentsSpan;
  const argument = start + 2 === end ? `alphas=${grid}` : `alphas=${grid}, `;
  const edit =
    written === undefined
      ? { span: { start: start + 1, end: start + 1 }, newText: argument }
      : { span: written.span, newText: grid };
  return { title: `Search \`${grid}\``, safety: "suggestion", edits: [...numpy.edits, edit] };
}
