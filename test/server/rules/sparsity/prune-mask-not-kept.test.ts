import { describe, expect, test } from "vitest";
import { pruneMaskNotKept as rule } from "../../../../server/src/rules/sparsity/prune-mask-not-kept.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const ZERO = "w.data[w.abs() < t] = 0";
const LOOP = "for x, y in loader:\n    f(x, y).backward()\n    opt.step()\n";
const code = (body: string) => `import torch\n${body}`;

describe("prune-mask-not-kept", () => {
  test.each([
    ["before the loop", `«${ZERO}»\n${LOOP}`],
    ["before the step", `loss.backward()\n«${ZERO}»\nopt.step()\n`],
    ["inside the round", `for x in loader:\n    loss.backward()\n    «${ZERO}»\n    opt.step()\n`],
    ["masked_fill_", `«net.fc.weight.data.masked_fill_(net.fc.weight.abs() < t, 0)»\n${LOOP}`],
    ["a product", `«net.fc.weight.data *= (net.fc.weight.abs() >= t).float()»\n${LOOP}`],
    ["for every parameter", `for p in net.parameters():\n    «p.data[p.abs() < t] = 0»\n${LOOP}`],
    [
      "the model that is trained",
      `opt = torch.optim.SGD(net.parameters(), 0.1)\nfor p in net.parameters():\n    «p.data[p.abs() < t] = 0»\n${LOOP}`,
    ],
    ["in a function", `def train(w, t):\n    «${ZERO}»\n    loss.backward()\n    opt.step()\n`],
  ])("marks it: %s", (_name, body) => checkRule(rule, code(body)));

  test("shows the step that undoes it", () => {
    const [finding] = findingsOf(rule, code(`${ZERO}\n${LOOP}`));
    expect(finding?.related).toHaveLength(1);
    expect(finding?.message).toContain("opt.step()");
  });

  test.each([
    ["after the last step", `${LOOP}${ZERO}\n`],
    ["after every step", `for x in loader:\n    loss.backward()\n    opt.step()\n    ${ZERO}\n`],
    ["a mask that is kept", `mask = w.abs() < t\nw.data[mask] = 0\n${LOOP}    w.data[mask] = 0\n`],
    ["applied by a function", `${ZERO}\n${LOOP}    apply_mask(net)\n`],
    [
      "torch's pruning",
      `from torch.nn.utils import prune\nprune.l1_unstructured(m, 'weight', 0.5)\n${ZERO}\n${LOOP}`,
    ],
    ["hooks", `w.register_hook(keep)\n${ZERO}\n${LOOP}`],
    [
      "another model",
      `opt = torch.optim.SGD(head.parameters(), 0.1)\nfor p in net.parameters():\n    p.data[p.abs() < t] = 0\n${LOOP}`,
    ],
    ["an array, not a parameter", `w = np.where(np.abs(w) < t, 0, w)\n${LOOP}`],
    ["large entries", `w.data[w.abs() > t] = 0\n${LOOP}`],
    ["another value", `w.data[w.abs() < t] = 1\n${LOOP}`],
    ["a function of its own", `def prune_(w):\n    ${ZERO}\n${LOOP}`],
    ["no training", `${ZERO}\nopt.step()\n`],
    ["half-typed", `w.data[w.abs() < ] = 0\n${LOOP}`],
  ])("stays silent: %s", (_name, body) => checkRule(rule, code(body)));

  test("stays silent in tests", () => {
    checkRule(rule, code(`${ZERO}\n${LOOP}`), undefined, { path: "tests/test_prune.py" });
  });
});
