import { defineRule, type Fix } from "../../engine/rule.ts";
import type { EstimatorScoreFact } from "../../facts/estimator-score.ts";
import { siblingCallee } from "../../semantics/insertions.ts";
import { choiceAmong } from "../../semantics/loop-choice.ts";
import { splitRole } from "../../semantics/split-role.ts";
import { isTestPath } from "../../semantics/training-setup.ts";
import type { Argument, CallExpression, Expression } from "../../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../../syntax/python/walk.ts";

/** Where only an identifier says that rows are test rows. */
const BY_NAME_ONLY = 0.7;

export const lambdaChosenOnTest = defineRule({
  code: "NL908",
  name: "lambda-chosen-on-test",
  family: "selection",
  severity: "error",
  preview: false,
  mentions: [
    ["fit"],
    ["score", "metric", "error", "predict"],
    ["test", "xte", "x_te", "tst"],
    ["max", "min", "sorted", "argm", "best", ">", "<"],
    ["for ", "lambda"],
  ],
  on: "estimatorScore",
  docs: {
    language: "python",
    what: "Finds a loop over penalty strengths, or over any other option of a model, that keeps the value with the best score on the test rows.",
    why: "The chosen value fits the chances of these rows, so the score reported for it is the best of many and too good. Nothing is left to tell how well the model does on new data.",
    bad: [
      "from sklearn.linear_model import Ridge",
      "from sklearn.model_selection import train_test_split",
      "",
      "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
      "best = max(alphas, key=lambda a: Ridge(a).fit(X_train, y_train).score(X_test, y_test))",
      "",
    ].join("\n"),
    good: [
      "from sklearn.linear_model import RidgeCV",
      "from sklearn.model_selection import train_test_split",
      "",
      "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
      "best = RidgeCV(alphas).fit(X_train, y_train).alpha_",
      "",
    ].join("\n"),
    limits:
      "Silent for validation rows and folds, for held-out rows that no name calls test rows, for curves that are only plotted, and for loops over seeds. Where only a name such as `X_test` says what the rows are, it is a warning.",
    references: [
      "Hastie, Tibshirani & Friedman 2009, The Elements of Statistical Learning, section 7.2",
      "https://scikit-learn.org/stable/modules/cross_validation.html",
    ],
  },

  *check(score, { document }) {
    const { estimator, features, site, program } = score;
    const role = splitRole(features.value, program);
    if (role?.part !== "test" || isTestPath(document.path)) return;
    const trial = choiceAmong(site, program);
    const option =
      trial === undefined ? undefined : triedOption(estimator.constructed, trial.variables);
    if (trial === undefined || option === undefined) return;
    const written = program.module.text.slice(features.value.span.start, features.value.span.end);
    yield {
      span: score.span,
      confidence: role.proof === "split" ? 1 : BY_NAME_ONLY,
      message: `\`${option.name ?? estimator.name}\` is chosen by the score on \`${written}\`, so the test rows no longer tell how well the model does on new data.`,
      related: [
        { span: trial.span, message: "The values are tried here." },
        { span: option.span, message: "Each one is used here." },
      ],
      fixes: fixesOf(score),
    };
  },
});

/** The argument of the model that takes another value each time; a seed is no choice. */
function triedOption(call: CallExpression, variables: ReadonlySet<string>): Argument | undefined {
  return call.arguments.find(
    ({ name, value }) =>
      !/^(?:random_state|seed|n_jobs|verbose)$/.test(name ?? "") &&
      [...expressionsIn(value)].some((node) => node.kind === "name" && variables.has(node.id)),
  );
}

const WITH_CV = new Set(["Ridge", "RidgeClassifier", "Lasso", "ElasticNet"]);

/** `max(alphas, key=lambda a: Ridge(a).fit(X, y).score(…))` to `RidgeCV(alphas).fit(X, y).alpha_`. */
function fixesOf({ estimator, site, program, read }: EstimatorScoreFact): Fix[] {
  const { constructed, name } = estimator;
  const choice = choosingCall(site.statement, read);
  const [grid] = choice?.arguments ?? [];
  const [option, ...others] = constructed.arguments;
  const fit = read.callee.kind === "attribute" ? read.callee.value : undefined;
  if (choice === undefined || grid === undefined || fit?.kind !== "call") return [];
  if (!WITH_CV.has(name) || option?.value.kind !== "name" || others.length > 0) return [];
  if (fit.callee.kind !== "attribute" || fit.callee.value !== constructed) return [];
  const edits = siblingCallee(constructed, `${name}CV`, program);
  if (edits === undefined) return [];
  const textOf = ({ span }: Pick<Expression, "span">) =>
    program.module.text.slice(span.start, span.end);
  const callee = textOf(constructed.callee).replace(/\w+$/, `${name}CV`);
  const fitted = textOf({ span: fit.argumentsSpan });
  const newText = `${callee}(alphas=${textOf(grid.value)}).fit${fitted}.alpha_`;
  const isOutside = ({ span }: { readonly span: Expression["span"] }) =>
    span.end <= choice.span.start || span.start >= choice.span.end;
  return [
    {
      title: `Use \`${name}CV\``,
      safety: "suggestion",
      edits: [...edits.filter(isOutside), { span: choice.span, newText }],
    },
  ];
}

function choosingCall(
  statement: EstimatorScoreFact["site"]["statement"],
  read: CallExpression,
): CallExpression | undefined {
  const calls = ownExpressions(statement).flatMap((root) =>
    [...expressionsIn(root)].filter((node) => node.kind === "call"),
  );
  return calls.find(
    ({ callee, span, arguments: list }) =>
      callee.kind === "name" &&
      (callee.id === "max" || callee.id === "min") &&
      list[1]?.value.kind === "lambda" &&
      list[1].value.body === read &&
      span.end >= read.span.end,
  );
}
