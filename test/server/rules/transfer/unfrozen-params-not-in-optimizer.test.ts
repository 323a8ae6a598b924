import { describe, test } from "vitest";
import { unfrozenParamsNotInOptimizer as rule } from "../../../../server/src/rules/transfer/unfrozen-params-not-in-optimizer.ts";
import { checkRule } from "../../../support/check-rule.ts";

const FROZEN =
  "import torch.optim as o\nfor p in m.body.parameters():\n    p.requires_grad = False\n";
const FILTERED = "opt = o.Adam(filter(lambda p: p.requires_grad, m.parameters()))\n";
const unfrozen = (line = "«p.requires_grad = True»") =>
  `for p in m.body.parameters():\n    ${line}\n`;
const TRAIN = "train(m, opt)\n";

describe("unfrozen-params-not-in-optimizer", () => {
  test("marks the unfreezing and adds a group", () => {
    checkRule(
      rule,
      FROZEN + FILTERED + TRAIN + unfrozen() + TRAIN,
      `${FROZEN}${FILTERED}${TRAIN}for p in m.body.parameters():\n    p.requires_grad = True\nopt.add_param_group({"params": m.body.parameters()})\n${TRAIN}`,
    );
  });

  test.each([
    [
      "a comprehension",
      FROZEN +
        FILTERED.replace(/filter.*\)\)/, "[p for p in m.parameters() if p.requires_grad])") +
        unfrozen() +
        TRAIN,
    ],
    ["a module at once", `${FROZEN}${FILTERED}«m.body.requires_grad_(True)»\n${TRAIN}`],
    [
      "all of it",
      `${FROZEN}${FILTERED}for p in m.parameters():\n    «p.requires_grad = True»\n${TRAIN}`,
    ],
    [
      "some by name",
      `${FROZEN}${FILTERED}for n, p in m.named_parameters():\n    if "4" in n:\n        «p.requires_grad = True»\n${TRAIN}`,
    ],
    [
      "a function",
      `import torch.optim as o\ndef main():\n    m.body.requires_grad_(False)\n    opt = o.SGD((p for p in m.parameters() if p.requires_grad), 0.1)\n    fit()\n    «m.body.requires_grad_()»\n    fit()\n`,
    ],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  const silent = unfrozen("p.requires_grad = True");
  test.each([
    ["a group that is added", `${FROZEN}${FILTERED}${silent}opt.add_param_group(g)\n${TRAIN}`],
    ["another optimizer", FROZEN + FILTERED + silent + FILTERED + TRAIN],
    ["an optimizer of all parameters", `${FROZEN}opt = o.Adam(m.parameters())\n${silent}${TRAIN}`],
    [
      "an optimizer that holds them as well",
      `${FROZEN}opt = o.Adam([{"params": filter(lambda p: p.requires_grad, m.head.parameters())}, {"params": m.body.parameters()}])\n${silent}${TRAIN}`,
    ],
    ["nothing that was frozen", `import torch.optim as o\n${FILTERED}${silent}${TRAIN}`],
    ["another part that was frozen", FROZEN.replace("body", "neck") + FILTERED + silent + TRAIN],
    ["an optimizer after it", FROZEN + silent + FILTERED + TRAIN],
    ["another model", FROZEN + FILTERED + silent.replace("m.body", "d.body") + TRAIN],
    [
      "a loop that builds the optimizer again",
      `import torch.optim as o\nfor stage in stages:\n    m.body.requires_grad_(False)\n    ${FILTERED}    train()\n    m.body.requires_grad_(True)\n    train()\n`,
    ],
    ["nothing after it", FROZEN + FILTERED + TRAIN + silent],
    ["a switch that is not known", `${FROZEN}${FILTERED}m.body.requires_grad_(flag)\n${TRAIN}`],
    [
      "another function",
      `${FROZEN}${FILTERED}def thaw():\n    m.body.requires_grad_(True)\n${TRAIN}`,
    ],
    [
      "half-typed code",
      `${FROZEN}${FILTERED}for p in m.body.parameters(\n    p.requires_grad = True\n${TRAIN}`,
    ],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
