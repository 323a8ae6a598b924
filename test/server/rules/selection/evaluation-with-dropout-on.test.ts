import { describe, expect, test } from "vitest";
import { evaluationWithDropoutOn as rule } from "../../../../server/src/rules/selection/evaluation-with-dropout-on.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const net = "net = nn.Sequential(nn.Linear(9, 9), nn.Dropout(0.5), nn.Linear(9, 2))\n";
const model =
  "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.norm = nn.BatchNorm1d(9)\n        self.head = nn.Linear(9, 2)\n    def forward(self, x):\n        return self.head(self.norm(x))\n";
const accuracy = "    a = («net(x)».argmax(1) == y).float().mean()";
const silent = accuracy.replaceAll(/[«»]/g, "");

describe("evaluation-with-dropout-on", () => {
  test.each([
    ["dropout", `${net}with torch.no_grad():\n${accuracy}`],
    ["inference mode", `${net}with torch.inference_mode():\n${accuracy}`],
    [
      "an alias",
      `import torch as t\nfrom torch.nn import Sequential as S, Dropout as D\nnet = S(D())\nwith t.no_grad():\n${accuracy}`,
    ],
    ["batch normalization", `${model}net = Net().to(device)\nwith torch.no_grad():\n${accuracy}`],
    [
      "a loop",
      `${model}net = Net()\ncorrect = 0\nwith torch.no_grad():\n    for x, y in test_loader:\n        out = «net(x)»\n        correct += out.argmax(1).eq(y).sum().item()`,
    ],
    [
      "a function",
      `${model}def evaluate(m, loader):\n    with torch.no_grad():\n        for x, y in loader:\n            acc = f(«m(x)», y)\nnet = Net()\nevaluate(net, loader)`,
    ],
    [
      "a function that two places call with one model",
      `${model}def evaluate(m, loader):\n    with torch.no_grad():\n        for x, y in loader:\n            acc = f(«m(x)», y)\nnet = Net()\nnet = net.to(device)\nevaluate(net, val_loader)\nevaluate(net, test_loader)`,
    ],
    [
      "a decorator",
      `${model}net = Net()\n@torch.no_grad()\ndef evaluate(loader):\n    for x, y in loader:\n        accuracy = f(«net(x)», y)`,
    ],
    [
      "a method",
      `class T:\n    def __init__(self):\n        self.net = nn.Sequential(nn.Dropout(), nn.Linear(3, 2))\n    def test(self, x, y):\n        with torch.no_grad():\n            self.accuracy = («self.net(x)».argmax(1) == y).float().mean()`,
    ],
    [
      "a model of torchvision",
      "net = torchvision.models.resnet18()\nwith torch.no_grad():\n    val_loss = f(«net(x)», y)",
    ],
    [
      "the first of two passes",
      `${net}with torch.no_grad():\n${accuracy}\nwith torch.no_grad():\n${silent}`,
    ],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["eval", `${net}net.eval()\nwith torch.no_grad():\n${silent}`],
    [
      "eval in a caller",
      `${net}def test():\n    with torch.no_grad():\n    ${silent}\nnet.eval()\ntest()`,
    ],
    ["train(False)", `${net}net.train(False)\nwith torch.no_grad():\n${silent}`],
    [
      "a function that is called with two models",
      `${model}def evaluate(m, x):\n    with torch.no_grad():\n        acc = f(m(x), y)\na = Net()\nb = Net()\nevaluate(a, x)\nevaluate(b, x)`,
    ],
    ["a helper that sets the mode", `${net}set_eval(net)\nwith torch.no_grad():\n${silent}`],
    [
      "no such layer",
      `net = nn.Sequential(nn.Linear(9, 2), nn.LayerNorm(2))\nwith torch.no_grad():\n${silent}`,
    ],
    [
      "a rate of 0",
      `net = nn.Sequential(nn.Dropout(0.0), nn.Linear(9, 2))\nwith torch.no_grad():\n${silent}`,
    ],
    [
      "no running statistics",
      `net = nn.Sequential(nn.BatchNorm1d(9, track_running_stats=False))\nwith torch.no_grad():\n${silent}`,
    ],
    ["an unknown model", `net = load()\nwith torch.no_grad():\n${silent}`],
    ["a parameter without a caller", `def test(net):\n    with torch.no_grad():\n    ${silent}`],
    [
      "Monte Carlo dropout",
      `${net}def mc_dropout(x, y):\n    with torch.no_grad():\n    ${silent}`,
    ],
    [
      "a Lightning step",
      `${net}class M(L):\n    def validation_step(self, x, y):\n        with torch.no_grad():\n        ${silent}`,
    ],
    ["nothing to compare with", `${net}with torch.no_grad():\n    z = net(x)`],
    ["words that are made", `${net}with torch.no_grad():\n    token = net(x).argmax(-1)`],
    [
      "a training batch",
      `${net}for x, y in train_loader:\n    with torch.no_grad():\n    ${silent}`,
    ],
    ["training", `${net}for x, y in loader:\n    acc = (net(x).argmax(1) == y).float().mean()`],
    ["half a line", `${net}with torch.no_grad():\n    a = (net(x`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("sets the model to evaluation before it is asked, and is silent in tests", () => {
    const code = `${net}def f():\n    with torch.no_grad():\n    ${accuracy}`;
    checkRule(
      rule,
      code,
      code.replaceAll(/[«»]/g, "").replace("    with", "    net.eval()\n    with"),
    );
    expect(findingsOf(rule, code.replaceAll(/[«»]/g, ""), { path: "test_a.py" })).toEqual([]);
  });
});
