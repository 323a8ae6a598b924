import { defineRule, type Fix, type RuleContext } from "../../engine/rule.ts";
import type { EstimatorFact } from "../../facts/estimator.ts";
import { argumentOf } from "../../semantics/call-arguments.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import type { Argument, Expression } from "../../syntax/python/ast.ts";

export const inverseStrengthConfusion = defineRule({
  code: "NL208",
  name: "inverse-strength-confusion",
  family: "scale",
  severity: "warning",
  preview: false,
  mentions: [
    ["\bc=", "\bc =", "alpha=", "alpha ="],
    [
      "logistic",
      "svc",
      "svr",
      "ridge",
      "lasso",
      "elasticnet",
      "sgdclassifier",
      "sgdregressor",
      "mlpclassifier",
      "mlpregressor",
    ],
  ],
  on: "estimator",
  docs: {
    language: "python",
    what: "Finds `C=` that is given a value called λ, alpha, weight decay and the like, and `alpha=` that is given a `C`.",
    why: "`C` multiplies the data loss: scikit-learn minimises C·Σ loss + ½‖w‖², so C is the inverse of a penalty strength. A λ in its place makes the penalty weakest where it was meant to be strongest, and turns every search over λ around.",
    bad: [
      "from sklearn.linear_model import LogisticRegression",
      "",
      "clf = LogisticRegression(C=weight_decay).fit(X_train, y_train)",
      "",
    ].join("\n"),
    good: [
      "from sklearn.linear_model import LogisticRegression",
      "",
      "clf = LogisticRegression(C=1 / (len(X_train) * weight_decay)).fit(X_train, y_train)",
      "",
    ].join("\n"),
    limits:
      "Reads names only: silent for expressions such as `1 / alpha`, for names that hold such an expression, and for names that say they are inverse. The fix assumes that λ belongs to the mean loss with λ/2‖w‖².",
    references: [
      "https://scikit-learn.org/stable/modules/linear_model.html#binary-case",
      "https://scikit-learn.org/stable/modules/svm.html#svc",
    ],
  },

  *check(estimator, context) {
    const { constructed, name } = estimator;
    const c = INVERSE.test(name) ? argumentOf(constructed, "C") : undefined;
    if (c !== undefined && namesStrength(c.value, estimator)) {
      yield {
        span: c.span,
        message: `\`${textOf(c.value, estimator)}\` sounds like a penalty strength, but \`C\` of \`${name}\` is the inverse of one: a larger value regularizes less.`,
        fixes: fixesOf(c, estimator, context),
      };
    }
    const alpha = DIRECT.test(name) ? argumentOf(constructed, "alpha") : undefined;
    if (alpha !== undefined && namesInverse(alpha.value, estimator)) {
      yield {
        span: alpha.span,
        message: `\`${textOf(alpha.value, estimator)}\` sounds like an inverse penalty strength, but \`alpha\` of \`${name}\` is the strength itself: a larger value regularizes more.`,
        fixes: name.startsWith("SGD") ? fixesOf(alpha, estimator, context) : [],
      };
    }
  },
});

/** Estimators whose `C` weighs the data loss. */
const INVERSE = /^(?:LogisticRegression|(?:Linear|Nu)?SV[CR])$/;
/** Estimators whose `alpha` weighs the penalty. */
const DIRECT = /^(?:Ridge(?:Classifier)?|Lasso|ElasticNet|KernelRidge|(?:SGD|MLP)\w+)$/;

const STRENGTH =
  /^(?:lambda|lambd|lamb|lam|lmbda|lmbd|alpha|reg|regularization|regularizer|wd|l2|l1)$/;
const INVERTED = /^(?:c|inv|inverse|reciprocal|cost|cs)$/;

function namesStrength(node: Expression, { program }: EstimatorFact): boolean {
  const words = wordsOf(nameIn(node) ?? "");
  const isStrength =
    words.some((word) => STRENGTH.test(word)) || words.join(" ").includes("weight decay");
  return isStrength && !words.some((word) => INVERTED.test(word)) && !isInverted(node, program);
}

function namesInverse(node: Expression, { program }: EstimatorFact): boolean {
  return nameIn(node) === "C" && !isInverted(node, program);
}

/** The identifier or key that a value is called by: `lam`, `args.lam`, `config["lam"]`. */
function nameIn(node: Expression): string | undefined {
  if (node.kind === "name") return node.id;
  if (node.kind === "attribute") return node.attribute;
  const key = node.kind === "subscript" ? node.indices[0] : undefined;
  return key?.kind === "string" ? key.value : undefined;
}

/** `alpha = 1 / strength`, and the values of a grid called `Cs`. */
function isInverted(node: Expression, program: EstimatorFact["program"]): boolean {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  if (definition?.kind === "iterated") {
    const words = wordsOf(nameIn(definition.iterable) ?? "");
    return words.some((word) => INVERTED.test(word));
  }
  const value = definition?.kind === "assigned" ? definition.value : undefined;
  return value?.kind === "binary" && ["/", "**"].includes(value.operator);
}

const textOf = ({ span }: Expression, { program }: EstimatorFact) =>
  program.module.text.slice(span.start, span.end);

/** Needs the number of samples: that of the array which the estimator is fitted to. */
function fixesOf(argument: Argument, estimator: EstimatorFact, { facts }: RuleContext): Fix[] {
  const { program, constructed } = estimator;
  const fit = facts("estimatorFit").find((other) => other.estimator.constructed === constructed);
  if (fit?.features.kind !== "name") return [];
  const definition = program.definition(fit.features);
  const isThere =
    definition?.kind === "parameter" ||
    program.isUnbound(fit.features) ||
    (definition !== undefined &&
      "statement" in definition &&
      definition.statement.span.end <= constructed.span.start);
  if (!isThere) return [];
  const inverse = `1 / (len(${fit.features.id}) * ${textOf(argument.value, estimator)})`;
  return [
    {
      title: `Use \`${argument.name}=${inverse}\``,
      safety: "suggestion",
      edits: [{ span: argument.value.span, newText: inverse }],
    },
  ];
}
