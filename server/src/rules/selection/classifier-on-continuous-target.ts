import { defineRule, type Fix } from "../../engine/rule.ts";
import type { EstimatorFitFact } from "../../facts/estimator-fit.ts";
import { continuousOrigin } from "../../semantics/continuous-values.ts";
import { regressorFor } from "../../semantics/estimator-classes.ts";
import { finalRole } from "../../semantics/estimator-of.ts";
import { siblingCallee } from "../../semantics/insertions.ts";

export const classifierOnContinuousTarget = defineRule({
  code: "NL906",
  name: "classifier-on-continuous-target",
  family: "selection",
  severity: "error",
  preview: false,
  mentions: [["fit"], ["classif", "logistic", "svc", "nb", "discriminant", "perceptron"]],
  on: "estimatorFit",
  docs: {
    language: "python",
    what: "Finds a classifier that is fitted to real numbers: the target of a regression data set, random draws, arithmetic on them, or the output of a decomposition.",
    why: "A classifier needs labels. scikit-learn refuses such a target when the line is reached (`Unknown label type: continuous`, or a complaint about its shape), after all the work before it is done.",
    bad: "import numpy as np\nfrom sklearn.linear_model import LogisticRegression\n\ny = X @ w + np.random.randn(100)\nLogisticRegression().fit(X, y)\n",
    good: "import numpy as np\nfrom sklearn.linear_model import LogisticRegression, Ridge\n\ny = X @ w + np.random.randn(100)\nRidge().fit(X, y)\n",
    limits:
      "Only follows values that straight-line code shows; silent once a target is compared, rounded, cast to int or changed in place.",
    references: [
      "https://scikit-learn.org/stable/modules/generated/sklearn.utils.multiclass.check_classification_targets.html",
    ],
  },

  *check(fit) {
    const { estimator, target, program } = fit;
    if (target === undefined || finalRole(estimator, program) !== "classifier") return;
    const origin = continuousOrigin(target.value, program);
    if (origin === undefined) return;
    const written = program.module.text.slice(target.value.span.start, target.value.span.end);
    yield {
      span: target.span,
      message: `\`${estimator.name}\` needs class labels, but \`${written}\` holds real numbers: it is ${origin.what}. scikit-learn will refuse to fit.`,
      related: [{ span: origin.span, message: "The values come from here." }],
      fixes: fixesOf(fit),
    };
  },
});

/** A regressor in the classifier's place; options are dropped, as they rarely mean the same. */
function fixesOf({ estimator, program }: EstimatorFitFact): Fix[] {
  const to = regressorFor(estimator.name);
  const edits = to === undefined ? undefined : siblingCallee(estimator.constructed, to, program);
  if (to === undefined || edits === undefined) return [];
  const list = estimator.constructed;
  const isEmpty = list.arguments.length === 0;
  const clear = isEmpty ? [] : [{ span: list.argumentsSpan, newText: "()" }];
  return [{ title: `Use \`${to}()\``, safety: "suggestion", edits: [...edits, ...clear] }];
}
