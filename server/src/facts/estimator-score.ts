import type { Span } from "../../../core/protocol/span.ts";
import { argumentOf } from "../semantics/call-arguments.ts";
import { ESTIMATOR_WORDS } from "../semantics/estimator-classes.ts";
import { type Estimator, estimatorOf } from "../semantics/estimator-of.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { Argument, CallExpression, Expression } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { type Extractor, once } from "./extractor.ts";

/**
 * How good an estimator is on some data: `estimator.score(X, y)`, `metric(y, estimator.predict(X))`
 * or `np.mean(estimator.predict(X) == y)`.
 */
export interface EstimatorScoreFact {
  readonly kind: "estimatorScore";
  readonly program: PythonProgram;
  readonly estimator: Estimator;
  readonly site: CallSite;
  readonly span: Span;
  readonly features: Argument;
  readonly target: Argument;
  /** The call that the features are given to: `score(…)` or `predict(…)`. */
  readonly read: CallExpression;
}

export const estimatorScoreFacts: Extractor<EstimatorScoreFact> = once({
  kind: "estimatorScore",
  languages: ["python"],
  pythonMentions: [ESTIMATOR_WORDS],
  extract(syntax) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    return programIndex(program).calls.flatMap(
      (site) =>
        scoreOf(site, program) ?? metricOf(site, program) ?? ownMetricOf(site, program) ?? [],
    );
  },
});

function scoreOf(site: CallSite, program: PythonProgram): EstimatorScoreFact | undefined {
  const { call } = site;
  if (call.callee.kind !== "attribute" || call.callee.attribute !== "score") return undefined;
  const estimator = estimatorOf(call.callee.value, program);
  const features = argumentOf(call, "X", 0);
  const target = argumentOf(call, "y", 1);
  if (estimator === undefined || features === undefined || target === undefined) return undefined;
  return {
    kind: "estimatorScore",
    program,
    estimator,
    site,
    span: call.span,
    features,
    target,
    read: call,
  };
}

/** Metrics that take the true values first and the predicted ones second. */
const METRIC =
  /^sklearn\.metrics\.(?:\w+_score|\w+_error|log_loss|hinge_loss|brier_score_loss|zero_one_loss|classification_report|confusion_matrix)$/;
const PREDICTING = new Set(["predict", "predict_proba", "decision_function"]);

function metricOf(site: CallSite, program: PythonProgram): EstimatorScoreFact | undefined {
  const { call, qualifiedName } = site;
  if (qualifiedName === undefined || !METRIC.test(qualifiedName)) return undefined;
  const target = argumentOf(call, "y_true", 0);
  const predicted = argumentOf(call, "y_pred", 1) ?? argumentOf(call, "y_score", 1);
  return target && predicted && scoreOfPrediction(predicted.value, target, site, program);
}

/** The score that a call computes by holding a prediction against what is true. */
function scoreOfPrediction(
  predicted: Expression,
  target: Argument,
  site: CallSite,
  program: PythonProgram,
): EstimatorScoreFact | undefined {
  const read = predictionOf(predicted, program);
  if (read?.callee.kind !== "attribute") return undefined;
  const estimator = estimatorOf(read.callee.value, program);
  const features = argumentOf(read, "X", 0);
  if (estimator === undefined || features === undefined) return undefined;
  const { span } = site.call;
  return { kind: "estimatorScore", program, estimator, site, span, features, target, read };
}

/** `np.mean(m.predict(X) == y)`, `((y - p) ** 2).mean()`, `sum(p == y) / len(y)`. */
function ownMetricOf(site: CallSite, program: PythonProgram): EstimatorScoreFact | undefined {
  const { call, name } = site;
  if (name !== "mean" && name !== "sum" && name !== "average") return undefined;
  const { callee } = call;
  const isMethod = callee.kind === "attribute" && program.qualifiedName(callee) === undefined;
  const compared = isMethod ? callee.value : call.arguments[0]?.value;
  const sides = compared === undefined ? [] : [...expressionsIn(compared)].map(sidesOf);
  for (const [a, b] of sides) {
    if (a === undefined || b === undefined) continue;
    const score = comparedWith(a, b, site, program) ?? comparedWith(b, a, site, program);
    if (score !== undefined) return score;
  }
  return undefined;
}

/** What stands on both sides of `==` and `-`. */
function sidesOf(node: Expression): readonly Expression[] {
  if (node.kind === "binary" && node.operator === "-") return [node.left, node.right];
  const [only, ...others] = node.kind === "compare" ? node.comparisons : [];
  const isEqual = only?.operator === "==" && others.length === 0;
  return node.kind === "compare" && isEqual ? [node.left, only.right] : [];
}

function comparedWith(
  predicted: Expression,
  truth: Expression,
  site: CallSite,
  program: PythonProgram,
): EstimatorScoreFact | undefined {
  if (truth.kind === "number") return undefined;
  const target: Argument = {
    span: truth.span,
    name: undefined,
    nameSpan: undefined,
    splat: "none",
    value: truth,
  };
  return scoreOfPrediction(predicted, target, site, program);
}

/** The `predict(…)` behind an expression: itself, a name for it, or a column of it. */
function predictionOf(node: Expression, program: PythonProgram): CallExpression | undefined {
  if (node.kind === "name") {
    const definition = program.definition(node);
    return definition?.kind === "assigned" ? predictionIn(definition.value) : undefined;
  }
  return predictionIn(node);
}

function predictionIn(node: Expression): CallExpression | undefined {
  if (node.kind === "subscript") return predictionIn(node.value);
  if (node.kind !== "call" || node.callee.kind !== "attribute") return undefined;
  return PREDICTING.has(node.callee.attribute) ? node : undefined;
}
