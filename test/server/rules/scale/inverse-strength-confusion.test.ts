import { describe, test } from "vitest";
import { inverseStrengthConfusion as rule } from "../../../../server/src/rules/scale/inverse-strength-confusion.ts";
import { checkRule } from "../../../support/check-rule.ts";

describe("inverse-strength-confusion", () => {
  test.each([
    ["a weight decay", "LogisticRegression(«C=weight_decay»)"],
    ["a lambda", "SVC(kernel='rbf', «C=lam»)"],
    ["an alias", "from sklearn.svm import LinearSVC as S\nS(«C=lambda_»)"],
    ["a module", "import sklearn.linear_model as lm\nlm.LogisticRegression(«C=reg»)"],
    ["an option", "LogisticRegression(«C=args.l2»)"],
    ["a key", 'SVR(«C=config["alpha"]»)'],
    ["a known number", "alpha = 0.1\nLogisticRegression(«C=alpha»)"],
    ["a loop", "for alpha in alphas:\n    LogisticRegression(«C=alpha»).fit(X, y)"],
    [
      "a parameter",
      "class M:\n    def f(self, reg_strength):\n        return SVC(«C=reg_strength»)",
    ],
    ["the other way round", "Ridge(«alpha=C»)"],
    ["the other way round, by an option", "SGDClassifier(«alpha=args.C»)"],
    ["a pipeline", "make_pipeline(StandardScaler(), LogisticRegression(«C=lmbda»))"],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["C", "LogisticRegression(C=C)"],
    ["an inverse", "LogisticRegression(C=1 / lam)"],
    ["an inverse with the number of samples", "LogisticRegression(C=1.0 / (n * alpha))"],
    ["a name for an inverse", "alpha = 1 / strength\nLogisticRegression(C=alpha)"],
    ["a name that says so", "LogisticRegression(C=inv_lambda)"],
    ["another that says so", "LogisticRegression(C=reg_C)"],
    ["values of Cs", "for reg in Cs:\n    SVC(C=reg)"],
    ["a number", "LogisticRegression(C=10)"],
    ["other names", "LogisticRegression(C=best)"],
    ["alpha for alpha", "Ridge(alpha=alpha)"],
    ["an inverse alpha", "SGDClassifier(alpha=1 / (C * len(X)))"],
    ["a step size", "PassiveAggressiveClassifier(C=alpha)"],
    ["another class of that name", "class SVC: pass\nSVC(C=alpha)"],
    ["splats", "LogisticRegression(**lam)"],
    ["half a line", "LogisticRegression(C="],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test.each([
    [
      "the samples are there",
      "def f(A, b, lam):\n    m = SVC(«C=lam»)\n    return m.fit(A, b)",
      "def f(A, b, lam):\n    m = SVC(C=1 / (len(A) * lam))\n    return m.fit(A, b)",
    ],
    [
      "SGD averages",
      "m = SGDClassifier(«alpha=C»).fit(A, b)",
      "m = SGDClassifier(alpha=1 / (len(A) * C)).fit(A, b)",
    ],
    [
      "they come later",
      "m = SVC(«C=lam»)\nA = load()\nm.fit(A, b)",
      "m = SVC(C=lam)\nA = load()\nm.fit(A, b)",
    ],
    ["nothing is fitted", "m = SVC(«C=lam»)", "m = SVC(C=lam)"],
    ["Ridge sums", "m = Ridge(«alpha=C»).fit(A, b)", "m = Ridge(alpha=C).fit(A, b)"],
  ])("counts the samples where %s", (_name, code, fixed) => checkRule(rule, code, fixed));
});
