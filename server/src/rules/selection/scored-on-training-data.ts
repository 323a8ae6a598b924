import { defineRule, type Fix, type Report, type RuleContext } from "../../engine/rule.ts";
import type { EstimatorFitFact } from "../../facts/estimator-fit.ts";
import type { EstimatorScoreFact } from "../../facts/estimator-score.ts";
import type { TrainingScoreFact } from "../../facts/training-score.ts";
import { mayScoreTraining } from "../../facts/training-score.ts";
import { argumentOf } from "../../semantics/call-arguments.ts";
import { finalRole } from "../../semantics/estimator-of.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { isSameValue } from "../../semantics/same-value.ts";
import { splitEdits } from "../../semantics/split-edits.ts";
import { isTestPath } from "../../semantics/training-setup.ts";

export const scoredOnTrainingData = defineRule({
  code: "NL901",
  name: "scored-on-training-data",
  family: "selection",
  severity: "warning",
  preview: false,
  mentions: [
    ["\bfit", "train"],
    ["score", "metric", "error", "predict", "acc", "loss"],
    mayScoreTraining,
  ],
  on: "trainingScore",
  docs: {
    language: "python",
    what: "Finds an estimator whose only score is taken on the very data that it was fitted to, and a number that is called a test score but comes from the training data.",
    why: "The score tells how well the model remembers, not how well it predicts: it rises with every bit of overfitting, so no regularization strength can be chosen by it.",
    bad: [
      "from sklearn.linear_model import LogisticRegression",
      "",
      "clf = LogisticRegression()",
      "clf.fit(X, y)",
      "print(clf.score(X, y))",
      "",
    ].join("\n"),
    good: [
      "from sklearn.linear_model import LogisticRegression",
      "from sklearn.model_selection import train_test_split",
      "",
      "clf = LogisticRegression()",
      "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
      "clf.fit(X_train, y_train)",
      "print(clf.score(X_test, y_test))",
      "",
    ].join("\n"),
    limits:
      "Silent when the estimator is also scored on other data, when the document cross-validates, when the line says that the score is a training score, for clusterings and in tests. Plots (`plot_*.py`) and documentation only get an information.",
    references: [
      "Hastie, Tibshirani & Friedman 2009, The Elements of Statistical Learning, section 7.2",
    ],
  },

  *check(fact, context) {
    if (fact.form === "label") {
      if (!isTestPath(context.document.path)) yield labelReport(fact);
      return;
    }
    const { score, fit } = fact;
    const { estimator, features, target } = score;
    if (isMeant(score, fit, context)) return;
    const { text } = fit.program.module;
    const data = `${text.slice(features.span.start, features.span.end)}, ${text.slice(target.span.start, target.span.end)}`;
    yield {
      span: score.span,
      severity: isShow(context.document.path) ? "information" : "warning",
      message: `This score is taken on \`${data}\`, to which \`${estimator.name}\` was fitted: it shows what the model remembers, not what it predicts.`,
      related: [{ span: fit.site.call.span, message: `\`${estimator.name}\` is fitted here.` }],
      fixes: fixesOf(score, fit),
    };
  },
});

/** Where only identifiers say what the data are. */
const BY_NAME_ONLY = 0.7;

function labelReport({
  span,
  label,
  scored,
}: Extract<TrainingScoreFact, { form: "label" }>): Report {
  const { data, role } = scored;
  return {
    span,
    confidence: role.proof === "split" ? 1 : BY_NAME_ONLY,
    message: `\`${label}\` is computed on the training data: it shows what the model remembers, not what it predicts.`,
    related: [
      { span: data.span, message: "These are the training data." },
      { span: role.span, message: "They come from here." },
    ],
  };
}

/** True where the user knows that it is a training score, or has a better one. */
function isMeant(score: EstimatorScoreFact, fit: EstimatorFitFact, context: RuleContext): boolean {
  const { program, estimator } = fit;
  const role = finalRole(estimator, program);
  const isPredictor = role === "classifier" || role === "regressor";
  const oob = argumentOf(estimator.constructed, "oob_score");
  return (
    !isPredictor ||
    estimator.name.endsWith("CV") ||
    oob !== undefined ||
    isTestPath(context.document.path) ||
    score.site.statement.kind === "other" ||
    saysTraining(score, fit) ||
    crossValidates(fit) ||
    hasHeldOutScore(fit, context)
  );
}

/** `train_score = …`, `print("train:", …)`. */
function saysTraining({ site, features, target, read }: EstimatorScoreFact, fit: EstimatorFitFact) {
  const { start, end } = site.statement.span;
  const { text } = fit.program.module;
  const data = [features, target].map(({ span }) => text.slice(span.start, span.end));
  const header = text.slice(start, end).split("\n").slice(0, 3).join("\n");
  const label = data.reduce((rest, name) => rest.replaceAll(name, ""), header);
  return read.span.end > start && /train|fitted|in-sample|memori/i.test(label);
}

function crossValidates({ program }: EstimatorFitFact): boolean {
  const { calls } = programIndex(program);
  return calls.some(({ qualifiedName = "" }) =>
    /^sklearn\.model_selection\.(?:cross_|\w*KFold|LeaveOneOut|ShuffleSplit|learning_curve|validation_curve|\w*SearchCV)/.test(
      qualifiedName,
    ),
  );
}

/** True where the estimator is also scored, or predicts a test set, on data it was not fitted to. */
function hasHeldOutScore(fit: EstimatorFitFact, { facts }: RuleContext): boolean {
  const { program, estimator, features } = fit;
  const isOther = facts("estimatorScore").some(
    (score) =>
      score.estimator.constructed === estimator.constructed &&
      !isSameValue(score.features.value, features, program),
  );
  const { text } = program.module;
  const predictsTest = programIndex(program).calls.some(({ name, call }) => {
    const [first] = call.arguments;
    if (name === undefined || !/^(?:predict|decision_function)/.test(name)) return false;
    const data = first === undefined ? "" : text.slice(first.span.start, first.span.end);
    return /test|val|dev|hold_?out/i.test(data);
  });
  return isOther || predictsTest;
}

/** True for galleries and documentation, which may show a fit for its own sake. */
function isShow(path: string): boolean {
  return /(?:^|[\\/])(?:plot_[^\\/]*\.py$|docs?[\\/])/.test(path);
}

function fixesOf(score: EstimatorScoreFact, fit: EstimatorFitFact): Fix[] {
  const edits = splitEdits(score, fit);
  if (edits === undefined) return [];
  return [{ title: "Split the data and score on the test part", safety: "unsafe", edits }];
}
