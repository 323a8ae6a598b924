import type { Severity } from "../../../../core/protocol/severity.ts";
import type { Span } from "../../../../core/protocol/span.ts";
import { defineRule, type Edit, type Fix, type RuleContext } from "../../engine/rule.ts";
import type { EstimatorFact } from "../../facts/estimator.ts";
import { argumentOf, constantNumber } from "../../semantics/call-arguments.ts";
import { type Estimator, estimatorOf } from "../../semantics/estimator-of.ts";
import { siblingCallee } from "../../semantics/insertions.ts";
import { lineage } from "../../semantics/lineage.ts";
import { numpyName } from "../../semantics/numpy-name.ts";
import { stepsBefore } from "../../semantics/pipeline-steps.ts";
import { programIndex } from "../../semantics/program-index.ts";
import type { PythonProgram } from "../../semantics/python-program.ts";
import type { Argument, Expression } from "../../syntax/python/ast.ts";

export const unpenalisedHighCapacityLinear = defineRule({
  code: "NL103",
  name: "unpenalised-high-capacity-linear",
  family: "missing",
  severity: "warning",
  preview: true,
  mentions: [
    ["linearregression", "logisticregression"],
    ["polynomialfeatures", "tfidfvectorizer", "countvectorizer", "make_"],
  ],
  on: "estimator",
  docs: {
    language: "python",
    what: "Finds least squares, or a logistic regression without penalty, on polynomial features of degree 3 and more, on words, or on at least as many features as samples.",
    why: "Such features are many and nearly collinear. Without a penalty their coefficients grow large and of alternating sign: small changes of the data change the model as a whole, and it is wild between and beyond the training points.",
    bad: [
      "from sklearn.linear_model import LinearRegression",
      "from sklearn.pipeline import make_pipeline",
      "from sklearn.preprocessing import PolynomialFeatures",
      "",
      "model = make_pipeline(PolynomialFeatures(9), LinearRegression())",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "from sklearn.linear_model import RidgeCV",
      "from sklearn.pipeline import make_pipeline",
      "from sklearn.preprocessing import PolynomialFeatures, StandardScaler",
      "",
      "model = make_pipeline(PolynomialFeatures(9), StandardScaler(), RidgeCV(np.logspace(-6, 6, 25)))",
      "",
    ].join("\n"),
    limits:
      "Silent for degrees up to 2 and unknown ones, where a selection or decomposition follows, and in files that import statsmodels or scipy.stats, which infer rather than predict. Degrees 3 and 4 are only an information.",
    references: [
      "https://scikit-learn.org/stable/auto_examples/linear_model/plot_ols_ridge.html",
      "Hastie, Tibshirani & Friedman 2009, The Elements of Statistical Learning, section 3.4",
    ],
  },

  *check(estimator, context) {
    const { program, constructed, name } = estimator;
    const off = penaltyOff(estimator);
    if (off === undefined || infers(program)) return;
    const features = manyFeatures(estimator, context);
    if (features === undefined) return;
    const subject =
      name === "LinearRegression" ? "`LinearRegression`" : `\`${name}\` without penalty`;
    yield {
      span: constructed.span,
      severity: features.severity,
      message: `${subject} is fitted to ${features.what}: nothing keeps its coefficients from growing with the noise.`,
      related: [{ span: features.span, message: "The features come from here." }],
      fixes: fixesOf(estimator, off),
    };
  },
});

type Off = "always" | Argument;

/** What leaves the coefficients free: the class itself, or an argument. */
function penaltyOff({ name, constructed, program }: EstimatorFact): Off | undefined {
  if (name === "LinearRegression") {
    const positive = argumentOf(constructed, "positive");
    return positive === undefined ? "always" : undefined;
  }
  if (name !== "LogisticRegression") return undefined;
  const penalty = argumentOf(constructed, "penalty", 0);
  const isNone =
    (penalty?.value.kind === "constant" && penalty.value.value === null) ||
    (penalty?.value.kind === "string" && penalty.value.value === "none");
  if (penalty !== undefined && isNone) return penalty;
  const c = argumentOf(constructed, "C");
  return c !== undefined && isInfinite(c.value, program) ? c : undefined;
}

function isInfinite(node: Expression, program: PythonProgram): boolean {
  if (/^(?:numpy|math)\.inf$/.test(program.qualifiedName(node) ?? "")) return true;
  const [only] = node.kind === "call" ? node.arguments : [];
  return only?.value.kind === "string" && /^\+?inf/i.test(only.value.value ?? "");
}

function infers(program: PythonProgram): boolean {
  return programIndex(program).imports.some(({ names }) =>
    names.some(({ module }) => /^(?:statsmodels|scipy\.stats)\b/.test(module)),
  );
}

interface ManyFeatures {
  readonly what: string;
  readonly span: Span;
  readonly severity: Severity;
}

function manyFeatures(estimator: EstimatorFact, { facts }: RuleContext): ManyFeatures | undefined {
  const { program, constructed } = estimator;
  const inPipeline = expansionIn(stepsBefore(constructed, program).toReversed(), program);
  if (inPipeline !== undefined) return inPipeline;
  const fits = facts("estimatorFit").filter((fit) => fit.estimator.constructed === constructed);
  for (const { features } of fits) {
    const steps = [...lineage(features, program)];
    const transformers = steps.flatMap((node) => transformerOf(node, program));
    const found = expansionIn(transformers, program) ?? wideData(steps.at(-1), program);
    if (found !== undefined) return found;
  }
  return undefined;
}

function transformerOf(node: Expression, program: PythonProgram): readonly Estimator[] {
  if (node.kind !== "call" || node.callee.kind !== "attribute") return [];
  if (!/^(?:fit_)?transform$/.test(node.callee.attribute)) return [];
  const transformer = estimatorOf(node.callee.value, program);
  return transformer === undefined ? [] : [transformer];
}

/** The last of the steps that makes many features, unless a later one makes few of them. */
function expansionIn(
  steps: readonly (Estimator | undefined)[],
  program: PythonProgram,
): ManyFeatures | undefined {
  for (const step of steps) {
    if (step === undefined) return undefined;
    const found = expansionBy(step, program);
    if (found !== undefined) return found;
    if (!/Scaler$|^Normalizer$|Imputer$/.test(step.name)) return undefined;
  }
  return undefined;
}

const WILD_DEGREE = 5;

function expansionBy(
  { name, constructed }: Estimator,
  program: PythonProgram,
): ManyFeatures | undefined {
  const { span } = constructed;
  if (name === "PolynomialFeatures") {
    const given = argumentOf(constructed, "degree", 0);
    const degree = given === undefined ? 2 : constantNumber(given.value, program);
    if (degree === undefined || degree < 3) return undefined;
    const severity = degree < WILD_DEGREE ? "information" : "warning";
    return { what: `polynomial features of degree ${degree}`, span, severity };
  }
  const isWords = /^(?:Tfidf|Count)Vectorizer$/.test(name);
  const isBounded =
    argumentOf(constructed, "max_features") ?? argumentOf(constructed, "vocabulary");
  return isWords && isBounded === undefined
    ? { what: "one feature per word", span, severity: "warning" }
    : undefined;
}

/** `make_regression(n_samples=50, n_features=100)` */
function wideData(node: Expression | undefined, program: PythonProgram): ManyFeatures | undefined {
  const definition = node?.kind === "name" ? program.definition(node) : undefined;
  const call = definition?.kind === "unpacked" ? definition.value : undefined;
  if (definition?.kind !== "unpacked" || definition.index !== 0 || call?.kind !== "call")
    return undefined;
  const name = program.qualifiedName(call.callee) ?? "";
  if (!/^sklearn\.datasets\.make_(?:regression|classification)$/.test(name)) return undefined;
  const [samples, features] = ["n_samples", "n_features"].map((parameter, position) => {
    const argument = argumentOf(call, parameter, position);
    return argument === undefined ? undefined : constantNumber(argument.value, program);
  });
  if (features === undefined || !(features >= (samples ?? 100))) return undefined;
  const what = `${features} features of ${samples ?? 100} samples`;
  return { what, span: call.span, severity: "warning" };
}

function fixesOf({ constructed, program }: EstimatorFact, off: Off): Fix[] {
  if (off !== "always") {
    const edit = removalOf(off, constructed.arguments);
    return [{ title: "Use the default penalty", safety: "suggestion", edits: [edit] }];
  }
  const renamed = siblingCallee(constructed, "RidgeCV", program);
  if (renamed === undefined) return [];
  const numpy = numpyName(program, constructed.span.start);
  const grid = `(alphas=${numpy.name}.logspace(-6, 6, 25))`;
  const edits = [...numpy.edits, ...renamed, { span: constructed.argumentsSpan, newText: grid }];
  return [{ title: "Use `RidgeCV`", safety: "suggestion", edits }];
}

/** Takes an argument and its comma out. */
function removalOf(argument: Argument, list: readonly Argument[]): Edit {
  const at = list.indexOf(argument);
  const before = list[at - 1];
  const start = before?.span.end ?? argument.span.start;
  const end =
    before === undefined ? (list[at + 1]?.span.start ?? argument.span.end) : argument.span.end;
  return { span: { start, end }, newText: "" };
}
