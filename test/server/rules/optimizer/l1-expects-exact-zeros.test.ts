import { describe, test } from "vitest";
import { l1ExpectsExactZeros as rule } from "../../../../server/src/rules/optimizer/l1-expects-exact-zeros.ts";
import { checkRule } from "../../../support/check-rule.ts";

const L1 = "1e-3 * sum(p.abs().sum() for p in net.parameters())";
const train = (after: string, penalty = L1) =>
  `import torch\nimport numpy as np\nfor x, y in loader:\n    loss = torch.nn.functional.mse_loss(net(x), y) + ${penalty}\n    loss.backward()\n    opt.step()\n${after}\n`;

describe("l1-expects-exact-zeros", () => {
  test.each([
    [
      "mean",
      "print((«net.fc.weight == 0»).float().mean())",
      "print((net.fc.weight.abs() < 1e-3).float().mean())",
    ],
    [
      "sum",
      "n = («net.fc.weight == 0.0»).sum().item()",
      "n = (net.fc.weight.abs() < 1e-3).sum().item()",
    ],
    ["what is left", "n = («net.fc.weight != 0»).sum()", "n = (net.fc.weight.abs() >= 1e-3).sum()"],
  ])("suggests a threshold: %s", (_name, bad, good) => {
    checkRule(rule, train(bad), train(good));
    checkRule(rule, train(good));
  });

  test.each([
    ["a function", "n = torch.sum(«net.fc.weight == 0»)"],
    ["count_nonzero", "n = «torch.count_nonzero(net.fc.weight)»"],
    ["in a function", "def count():\n    return («net.fc.weight == 0»).sum()"],
  ])("notes it: %s", (_name, after) => checkRule(rule, train(after)));

  test("a single array", () => {
    checkRule(
      rule,
      train("print((«net.fc.weight == 0»).sum())", "1e-3 * net.fc.weight.abs().sum()"),
    );
  });

  test.each([
    ["a threshold", train("n = (net.fc.weight.abs() < 1e-6).sum()")],
    ["another model", train("n = (other.fc.weight == 0).sum()")],
    [
      "no L1",
      train(
        "n = (net.fc.weight == 0).sum()",
        "0.1 * sum(p.pow(2).sum() for p in net.parameters())",
      ),
    ],
    ["a proximal step", train("soft_threshold(net, 0.1)\nn = (net.fc.weight == 0).sum()")],
    [
      "pruned",
      train("prune.l1_unstructured(net.fc, 'weight', 0.5)\nn = (net.fc.weight == 0).sum()"),
    ],
    ["a mask", train("apply_mask(net)\nn = (net.fc.weight == 0).sum()")],
    ["no count", train("zero = net.fc.weight == 0")],
    ["another number", train("n = (net.fc.weight == 1).sum()")],
    ["half-typed", train("n = (net.fc.weight == ).sum(")],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
