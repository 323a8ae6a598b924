import { defineRule, type Edit } from "../../engine/rule.ts";
import type { EstimatorFitFact } from "../../facts/estimator-fit.ts";
import type { Argument } from "../../syntax/python/ast.ts";

export const yPassedToUnsupervisedFit = defineRule({
  code: "NL904",
  name: "y-passed-to-unsupervised-fit",
  family: "selection",
  severity: "information",
  preview: false,
  mentions: [["fit"]],
  on: "estimatorFit",
  docs: {
    language: "python",
    what: "Finds a second array given to the fit of a decomposition, a clustering or a scaler.",
    why: "These estimators accept `y` only so that they fit into pipelines, and ignore it: the components are the same with and without. Whoever reads the call believes that the two arrays were related to each other.",
    bad: "from sklearn.decomposition import PCA\n\nPCA(2).fit(X, y)\n",
    good: "from sklearn.decomposition import PCA\n\nPCA(2).fit(X)\n",
    limits:
      "Silent for pipelines, for transformers that do use y (`SelectKBest`, `TargetEncoder`, `LinearDiscriminantAnalysis`), and inside a `fit` that hands its own y on. To relate two modalities use `PLSCanonical` or `CCA`.",
    references: [
      "https://scikit-learn.org/stable/modules/generated/sklearn.decomposition.PCA.html",
    ],
  },

  *check(fit) {
    const { estimator, target, program } = fit;
    if (estimator.role !== "unsupervised" || target === undefined || isHandedOn(fit)) return;
    const written = program.module.text.slice(target.value.span.start, target.value.span.end);
    yield {
      span: target.span,
      message: `\`${estimator.name}\` ignores \`${written}\`: it learns from its first argument alone.`,
      fixes: [{ title: `Remove \`${written}\``, safety: "safe", edits: [removal(target, fit)] }],
    };
  },
});

/** A transformer's own `fit(X, y)` passes y to its parts, as the API asks. */
function isHandedOn({ target, program }: EstimatorFitFact): boolean {
  const definition = target?.value.kind === "name" ? program.definition(target.value) : undefined;
  return definition?.kind === "parameter" && /^(?:partial_)?fit/.test(definition.function);
}

/** Takes the argument out; where others follow by position, `None` keeps their places. */
function removal(target: Argument, { site }: EstimatorFitFact): Edit {
  const list = site.call.arguments;
  const at = list.indexOf(target);
  const before = list[at - 1];
  const hasFollower = list.slice(at + 1).some(({ name }) => name === undefined);
  if (hasFollower && target.name === undefined) return { span: target.span, newText: "None" };
  const after = list[at + 1];
  if (before !== undefined) {
    return { span: { start: before.span.end, end: target.span.end }, newText: "" };
  }
  const end = after?.span.start ?? target.span.end;
  return { span: { start: target.span.start, end }, newText: "" };
}
