import { describe, expect, test } from "vitest";
import { frozenParamsCanStillDecay as rule } from "../../../../server/src/rules/transfer/frozen-params-can-still-decay.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const OPT =
  "import torch.optim as o\nopt = o.AdamW(net.parameters(), lr=1e-4, weight_decay=0.05)\n";
const loop = (...lines: readonly string[]) =>
  `for x, y in data:\n    opt.zero_grad()\n    loss(net(x), y).backward()\n${lines.map((line) => `    ${line}\n`).join("")}    opt.step()\n`;
const zeroed = (model: string, call = "p.grad.zero_()") => [
  `for p in ${model}.parameters():`,
  `    ${call}`,
];

describe("frozen-params-can-still-decay", () => {
  test("marks zeroed gradients and sets them to None", () => {
    checkRule(
      rule,
      OPT + loop(...zeroed("net.layer1", "«p.grad.zero_()»")),
      OPT + loop(...zeroed("net.layer1", "p.grad = None")),
    );
  });

  test.each([
    ["through .data", OPT, loop(...zeroed("net.layer1", "«p.grad.data.zero_()»"))],
    [
      "some by name",
      OPT,
      loop("for n, p in net.named_parameters():", "    if 'bn' in n:", "        «p.grad.zero_()»"),
    ],
    ["SGD", OPT.replace("AdamW", "SGD"), loop(...zeroed("net.layer1", "«p.grad.zero_()»"))],
    [
      "AdamW's default",
      "from torch.optim import AdamW\nopt = AdamW(net.parameters())\n",
      loop(...zeroed("net.a.b", "«p.grad.zero_()»")),
    ],
    [
      "a freeze between steps that keeps zeros",
      OPT,
      "for x in data:\n    opt.zero_grad(set_to_none=False)\n    f(x).backward()\n    opt.step()\n    if late(x):\n        for p in net.body.parameters():\n            «p.requires_grad = False»\n",
    ],
  ])("marks %s", (_name, start, code) => checkRule(rule, start + code));

  test("is an information where the decay is not known", () => {
    const start = "import torch.optim as o\nopt = o.Adam(net.parameters(), weight_decay=args.wd)\n";
    const [finding] = findingsOf(rule, start + loop(...zeroed("net.layer1")));
    expect(finding?.severity).toBe("information");
  });

  test.each([
    [
      "a freeze before training: torch skips gradients of None",
      `for p in net.body.parameters():\n    p.requires_grad = False\n${OPT}${loop()}`,
    ],
    [
      "a freeze between steps: zero_grad sets None",
      `${OPT}${loop()}net.body.requires_grad_(False)\n${loop()}`,
    ],
    ["all gradients, as zero_grad does", OPT + loop(...zeroed("net"))],
    [
      "zeros before the backward pass",
      `${OPT}for x in data:\n    for p in net.head.parameters():\n        p.grad.zero_()\n    f(x).backward()\n    opt.step()\n`,
    ],
    [
      "no step afterwards",
      `${OPT}f(x).backward()\nfor p in net.head.parameters():\n    p.grad.zero_()\n`,
    ],
    ["no decay", OPT.replace("0.05", "0") + loop(...zeroed("net.layer1"))],
    [
      "Adam's default",
      `import torch.optim as o\nopt = o.Adam(net.parameters())\n${loop(...zeroed("net.layer1"))}`,
    ],
    [
      "a part that is not optimized",
      OPT.replace("net.parameters", "net.head.parameters") + loop(...zeroed("net.layer1")),
    ],
    ["another model", OPT + loop(...zeroed("other.layer1"))],
    ["a gradient of None", OPT + loop(...zeroed("net.layer1", "p.grad = None"))],
    ["half-typed code", OPT + loop("for p in net.layer1.parameters(", "    p.grad.zero_()")],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
