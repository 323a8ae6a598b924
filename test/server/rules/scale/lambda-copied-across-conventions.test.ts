import { describe, expect, test } from "vitest";
import { lambdaCopiedAcrossConventions } from "../../../../server/src/rules/scale/lambda-copied-across-conventions.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const KERAS = "from keras.regularizers import l2 as R\n";
const TORCH = "import torch.optim as o\nopt = o.SGD(p, lr=0.1, weight_decay=1e-4)\n";

describe("lambda-copied-across-conventions", () => {
  test.each([
    [
      "a comment on the port",
      `${KERAS}# port of the PyTorch model, wd 1e-4\nr = R(«1e-4»)`,
      "5e-5",
    ],
    [
      "a number in a method",
      `${TORCH}${KERAS}class A:\n    def f(self):\n        return R(l2=«1e-4»)`,
      "5e-5",
    ],
    [
      "PyTorch behind Keras",
      `${KERAS}r = R(1e-4)\nimport torch\nopt = torch.optim.SGD(p, weight_decay=«1e-4»)`,
      "2e-4",
    ],
  ])("converts %s", (_what, marked, meant) => {
    checkRule(lambdaCopiedAcrossConventions, marked, marked.replace(/«[^»]*»/, meant));
  });

  test("names both APIs and the number that is meant", () => {
    const [finding] = findingsOf(lambdaCopiedAcrossConventions, `${TORCH}${KERAS}r = R(1e-4)`);
    expect(finding?.message).toMatch(
      /^`1e-4` is also the weight decay of PyTorch's `.+` here; the same strength in Keras's `.+` is 5e-5\.$/,
    );
    expect(finding?.related).toHaveLength(1);
  });

  test.each([
    ["another number", `${TORCH}${KERAS}r = R(5e-5)`],
    ["one framework", `${TORCH}opt2 = o.SGD(p, weight_decay=1e-4)`],
    ["the default of one of them", `${TORCH.replace("1e-4", "0.01")}${KERAS}r = R(0.01)`],
    ["0", `${TORCH.replace("1e-4", "0.0")}${KERAS}r = R(0.0)`],
    ["1", `${TORCH.replace("1e-4", "1.0")}${KERAS}r = R(1.0)`],
    ["a number that is not written here", `${TORCH}${KERAS}x = 1e-4\nr = R(x)`],
    ["kinds that cannot be converted", `${TORCH.replace("SGD", "AdamW")}${KERAS}r = R(1e-4)`],
    ["a comment without a framework", `${KERAS}# weight_decay=1e-4\nr = R(1e-4)`],
    [
      "a comment beside torch's own code",
      `import torch\n${KERAS}# torch: weight_decay=1e-4\nr = R(1e-4)`,
    ],
    ["half-typed", `${TORCH}${KERAS}r = R(`],
  ])("is silent: %s", (_why, code) => checkRule(lambdaCopiedAcrossConventions, code));
});
