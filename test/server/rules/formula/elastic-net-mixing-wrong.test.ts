import { describe, test } from "vitest";
import { elasticNetMixingWrong as rule } from "../../../../server/src/rules/formula/elastic-net-mixing-wrong.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS =
  "import numpy as np\nimport torch\nfrom sklearn.linear_model import ElasticNet as E, ElasticNetCV, SGDClassifier\n";
const L1 = "np.abs(w).sum()";
const L2 = "(w ** 2).sum()";

describe("elastic-net-mixing-wrong", () => {
  test.each([
    [
      "the ratio on both parts",
      `pen = a * (r * ${L1} + «r» * 0.5 * ${L2})`,
      `pen = a * (r * ${L1} + (1 - r) * 0.5 * ${L2})`,
    ],
    [
      "one minus the ratio on both parts",
      `pen = a * ((1 - r) * ${L1} + («1 - r») * ${L2})`,
      `pen = a * ((r) * ${L1} + (1 - r) * ${L2})`,
    ],
    [
      "a ratio that is a number",
      `r = 0.3\npen = a * (r * ${L1} + 0.5 * «r» * ${L2})`,
      `r = 0.3\npen = a * (r * ${L1} + 0.5 * (1 - r) * ${L2})`,
    ],
    [
      "one minus a ratio that is a number, on both parts",
      `r = 0.3\npen = a * ((1 - r) * ${L1} + («1 - r») * ${L2})`,
      `r = 0.3\npen = a * ((r) * ${L1} + (1 - r) * ${L2})`,
    ],
    [
      "a ratio without a shared factor",
      `pen = l1_ratio * ${L1} + «l1_ratio» * ${L2}`,
      `pen = l1_ratio * ${L1} + (1 - l1_ratio) * ${L2}`,
    ],
    [
      "exchanged parts",
      `pen = a * ((«1 - l1_ratio») * ${L1} + l1_ratio * ${L2})`,
      `pen = a * ((l1_ratio) * ${L1} + (1 - l1_ratio) * ${L2})`,
    ],
    ["a factor on one part", `pen = «alpha» * r * ${L1} + (1 - r) * ${L2}`, undefined],
    [
      "names",
      `l1 = self.ratio * ${L1}\nl2 = «self.ratio» * 0.5 * ${L2}\npen = self.alpha * (l1 + l2)`,
      `l1 = self.ratio * ${L1}\nl2 = (1 - self.ratio) * 0.5 * ${L2}\npen = self.alpha * (l1 + l2)`,
    ],
    [
      "a module's parameters",
      "l1 = sum(p.abs().sum() for p in net.parameters())\nl2 = sum(p.pow(2).sum() for p in net.parameters())\nloss = ce + lam * (mix * l1 + «mix» * l2)",
      "l1 = sum(p.abs().sum() for p in net.parameters())\nl2 = sum(p.pow(2).sum() for p in net.parameters())\nloss = ce + lam * (mix * l1 + (1 - mix) * l2)",
    ],
    ["an argument above one", "E(alpha=1.0, l1_ratio=«1.5»)", undefined],
    ["an argument below zero", "SGDClassifier(penalty='elasticnet', l1_ratio=«-0.1»)", undefined],
    ["a number of a grid", "ElasticNetCV(l1_ratio=[0.1, 0.5, «1.1»])", undefined],
  ])("reports %s", (_name, marked, fixed) =>
    checkRule(rule, IMPORTS + marked, fixed === undefined ? undefined : IMPORTS + fixed),
  );

  test.each([
    ["a mix", `pen = a * (r * ${L1} + (1 - r) * 0.5 * ${L2})`],
    ["a mix by a number", `r = 0.3\npen = a * (r * ${L1} + 0.5 * (1 - r) * ${L2})`],
    ["a mix by names", `l1 = r * ${L1}\nl2 = (1 - r) * ${L2}\npen = a * (l1 + l2)`],
    ["a mix without lambda", `pen = r * ${L1} + (1 - r) * ${L2}`],
    ["half of the second part", `pen = a * (r * ${L1} + (1 - r) / 2 * ${L2})`],
    ["alpha as the ratio", `pen = lam * (alpha * ${L1} + (1 - alpha) * ${L2})`],
    ["two coefficients", `pen = l1_lambda * ${L1} + l2_lambda * ${L2}`],
    ["one coefficient", `pen = lam * (${L1} + ${L2})`],
    ["a short name alone", `pen = r * ${L1} + r * ${L2}`],
    ["different weights", `pen = a * (r * np.abs(w1).sum() + r * (w2 ** 2).sum())`],
    [
      "one of two",
      `if first:\n    pen = r * ${L1}\nelse:\n    pen = r * ${L2}\nloss = mse + a * pen`,
    ],
    ["an argument inside", "E(l1_ratio=0.5)\nE(l1_ratio=0)\nE(l1_ratio=1)"],
    ["an argument that is not known", "E(l1_ratio=ratio)\nE(**options)"],
    ["another library", "import other\nother.ElasticNet(l1_ratio=15)"],
    ["half-typed", `pen = a * (r * ${L1} + r * ${L2}`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
