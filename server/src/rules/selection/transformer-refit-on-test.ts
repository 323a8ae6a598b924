import { defineRule, type Fix, type RuleContext } from "../../engine/rule.ts";
import type { EstimatorFitFact } from "../../facts/estimator-fit.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import type { PythonProgram } from "../../semantics/python-program.ts";
import { isHeldOut, type SplitRole, splitRole } from "../../semantics/split-role.ts";
import { learningOf } from "../../semantics/transformer-classes.ts";
import type { Expression } from "../../syntax/python/ast.ts";

export const transformerRefitOnTest = defineRule({
  code: "NL907",
  name: "transformer-refit-on-test",
  family: "selection",
  severity: "error",
  preview: false,
  mentions: [
    ["fit"],
    ["split", "load_data", "train=", "load_dataset"],
    [
      "scaler",
      "encoder",
      "vectorizer",
      "imputer",
      "transformer",
      "pca",
      "svd",
      "select",
      "decomposition",
    ],
  ],
  on: "estimatorFit",
  docs: {
    language: "python",
    what: "Finds a transformer that was fitted to the training rows and is fitted again to the held-out ones.",
    why: "The model then sees test features in other units than those it was trained with: the mean of the test rows is subtracted instead of that of the training rows, components and codes may be others altogether. The score is that of a model nobody will ever use.",
    bad: [
      "from sklearn.model_selection import train_test_split",
      "from sklearn.preprocessing import StandardScaler",
      "",
      "X_train, X_test, y_train, y_test = train_test_split(X, y)",
      "scaler = StandardScaler()",
      "X_train = scaler.fit_transform(X_train)",
      "X_test = scaler.fit_transform(X_test)",
      "",
    ].join("\n"),
    good: [
      "from sklearn.model_selection import train_test_split",
      "from sklearn.preprocessing import StandardScaler",
      "",
      "X_train, X_test, y_train, y_test = train_test_split(X, y)",
      "scaler = StandardScaler()",
      "X_train = scaler.fit_transform(X_train)",
      "X_test = scaler.transform(X_test)",
      "",
    ].join("\n"),
    limits:
      "Needs to see where the rows were split; a name such as `X_test` alone is not enough. Silent in domain adaptation. An encoder of categories is only a warning, as its codes are often the same.",
    references: ["https://scikit-learn.org/stable/common_pitfalls.html#inconsistent-preprocessing"],
  },

  *check(fit, context) {
    const { estimator, features, program, site } = fit;
    const learning = learningOf(estimator, program);
    const role = splitRole(features, program);
    if (learning === undefined || !isHeldOut(role) || isDomainAdaptation(fit)) return;
    const first = trainingFit(fit, role, context);
    if (first === undefined) return;
    const written = program.module.text.slice(features.span.start, features.span.end);
    yield {
      span: site.call.span,
      severity: learning === "categories" ? "warning" : "error",
      message: `\`${estimator.name}\` is fitted again, to the held-out rows of \`${written}\`: they come out in other units than the training rows.`,
      related: [
        { span: first.site.call.span, message: "It is fitted to the training rows here." },
        { span: role.span, message: "The rows are split here." },
      ],
      fixes: fixesOf(fit, first),
    };
  },
});

/** The fit to training rows that comes before: of this object, or of another for the same array. */
function trainingFit(
  fit: EstimatorFitFact,
  heldOut: SplitRole,
  { facts }: RuleContext,
): EstimatorFitFact | undefined {
  const { estimator, program, site } = fit;
  return facts("estimatorFit").find((other) => {
    if (other.site.call.span.end > site.call.span.start) return false;
    const role = splitRole(other.features, program);
    if (role?.part !== "train" || role.proof !== "split") return false;
    const isSplitAlike = isRestOf(role, heldOut, program);
    if (other.estimator.constructed === estimator.constructed) return isSplitAlike;
    const isSameClass = other.estimator.qualifiedName === estimator.qualifiedName;
    return (
      isSameClass && isSplitAlike && sameColumns(other.features, fit.features, program.module.text)
    );
  });
}

/** Rows of the same split, or what a second split left of its training rows. */
function isRestOf(role: SplitRole, heldOut: SplitRole, program: PythonProgram): boolean {
  const { origin } = role;
  if (origin?.call === heldOut.origin?.call) return origin?.array === heldOut.origin?.array;
  const whole = origin?.call.arguments[origin.array]?.value;
  const outer = whole && splitRole(whole, program);
  return outer?.part === "train" && outer.proof === "split" && isRestOf(outer, heldOut, program);
}

/** `A_train[["a"]]` and `A_test[["a"]]`: the same columns, as far as columns are named. */
function sameColumns(a: Expression, b: Expression, text: string): boolean {
  const columns = (node: Expression) =>
    node.kind === "subscript"
      ? node.indices.map(({ span }) => text.slice(span.start, span.end)).join()
      : "";
  const left = columns(a);
  const right = columns(b);
  return left === right || !/["']/.test(left + right);
}

function isDomainAdaptation({ site }: EstimatorFitFact): boolean {
  return site.within.some(({ name }) =>
    wordsOf(name).some((word) => /^(?:domain|adapt\w*|source|target|batch)$/.test(word)),
  );
}

/** `transform` in the place of `fit_transform`, by the object that was fitted to the training rows. */
function fixesOf({ site, estimator }: EstimatorFitFact, first: EstimatorFitFact): Fix[] {
  const { callee } = site.call;
  const trained = first.site.call.callee;
  if (callee.kind !== "attribute" || callee.attribute !== "fit_transform") return [];
  const [features, ...others] = site.call.arguments;
  const rest = others.map(({ span }) => ({
    span: { start: features?.span.end ?? span.start, end: span.end },
    newText: "",
  }));
  const rename = { span: callee.attributeSpan, newText: "transform" };
  const title = "Use `transform`, as fitted to the training rows";
  if (first.estimator.constructed === estimator.constructed) {
    return [{ title, safety: "safe", edits: [rename, ...rest.slice(-1)] }];
  }
  if (trained.kind !== "attribute" || trained.value.kind !== "name") return [];
  const receiver = { span: callee.value.span, newText: trained.value.id };
  return [{ title, safety: "safe", edits: [receiver, rename, ...rest.slice(-1)] }];
}
