import { describe, expect, test } from "vitest";
import { decayAppliedToBiasAndNorm as rule } from "../../../../server/src/rules/placement/decay-applied-to-bias-and-norm.ts";
import { applyEdits, checkRule, findingsOf } from "../../../support/check-rule.ts";

const MODEL = `import torch
import torch.optim as o
from torch.optim import AdamW as A
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        self.head = nn.Linear(4, 2)
net = Net()
`;

describe("decay-applied-to-bias-and-norm", () => {
  test("marks the parameters and splits them by rank", () => {
    checkRule(
      rule,
      `${MODEL}opt = torch.optim.AdamW(«net.parameters()», lr=1e-3, weight_decay=0.1)`,
      `${MODEL}opt = torch.optim.AdamW([{"params": [p for p in net.parameters() if p.ndim >= 2]}, {"params": [p for p in net.parameters() if p.ndim < 2], "weight_decay": 0.0}], lr=1e-3, weight_decay=0.1)`,
    );
  });

  test.each([
    ["an alias", "opt = o.AdamW(«net.parameters()», weight_decay=0.1)"],
    ["a name of its own", "opt = A(«net.parameters()», 1e-3, (0.9, 0.99), 1e-8, 0.1)"],
    ["a keyword", "opt = A(params=«net.parameters()», weight_decay=0.1)"],
    ["Adam with its flag", "opt = o.AdamW(«net.cuda().parameters()», weight_decay=0.1)"],
    [
      "those with a gradient",
      "opt = A(«[p for p in net.parameters() if p.requires_grad]», weight_decay=0.1)",
    ],
    ["one written group", 'opt = A([«{"params": net.parameters()}»], weight_decay=0.1)'],
    [
      "a function",
      "def main():\n    model = Net()\n    return A(«model.parameters()», weight_decay=0.1)",
    ],
    [
      "a method",
      "class Task:\n    def __init__(self):\n        self.net = Net()\n    def setup(self):\n        return A(«self.net.parameters()», weight_decay=0.1)",
    ],
    ["a value bound to a name", "decay = 0.05\nopt = A(«net.parameters()», weight_decay=decay)"],
    [
      "once a file",
      "a = A(«net.parameters()», weight_decay=0.1)\nb = A(net.parameters(), weight_decay=0.1)",
    ],
  ])("marks %s", (_name, code) => checkRule(rule, MODEL + code));

  test("stays silent in tests", () => {
    const code = `${MODEL}opt = A(net.parameters(), weight_decay=0.1)`;
    checkRule(rule, code, undefined, { path: "tests/test_net.py" });
  });

  test("sees a model of another file", () => {
    const code =
      "import torch\nfrom net import Net\nnet = Net()\nopt = torch.optim.AdamW(«net.parameters()», weight_decay=0.1)";
    const files = [{ path: "net.py", text: MODEL }];
    checkRule(rule, code, undefined, { files });
    const [finding] = findingsOf(rule, code.replaceAll(/[«»]/g, ""), { files });
    expect(finding?.message).toContain("body.1.weight");
    expect(finding?.related[0]).toMatchObject({ place: { path: "net.py", start: { line: 7 } } });
  });

  test.each([
    ["SGD, as in the ResNet recipes", "opt = o.SGD(net.parameters(), 0.1, weight_decay=5e-4)"],
    ["decay within the gradient", "opt = o.Adam(net.parameters(), weight_decay=0.1)"],
    ["the default", "opt = A(net.parameters())"],
    ["a small decay", "opt = A(net.parameters(), weight_decay=1e-4)"],
    ["no decay", "opt = A(net.parameters(), weight_decay=0)"],
    ["a decay that is not known", "opt = A(net.parameters(), weight_decay=args.weight_decay)"],
    ["options from elsewhere", "opt = A(net.parameters(), **options)"],
    ["arguments from elsewhere", "opt = A(*arguments, weight_decay=0.1)"],
    [
      "two groups",
      'opt = A([{"params": net.body.parameters()}, {"params": net.head.parameters()}], weight_decay=0.1)',
    ],
    ["chosen parameters", "opt = A([p for p in net.parameters() if p.ndim > 1], weight_decay=0.1)"],
    ["a part without norms", "opt = A(net.head.parameters(), weight_decay=0.1)"],
    ["a model without norms", "m = nn.Linear(2, 2)\nopt = A(m.parameters(), weight_decay=0.1)"],
    [
      "a norm without parameters",
      "m = nn.LayerNorm(2, elementwise_affine=False)\nopt = A(m.parameters(), weight_decay=0.1)",
    ],
    ["a model from elsewhere", "opt = A(other.parameters(), weight_decay=0.1)"],
    ["flattened parameters", "net = FSDP(net)\nopt = A(net.parameters(), weight_decay=0.1)"],
    [
      "frozen parameters",
      "for p in net.parameters():\n    p.requires_grad = False\nopt = A(net.parameters(), weight_decay=0.1)",
    ],
    ["another library's AdamW", "opt = bnb.AdamW(net.parameters(), weight_decay=0.1)"],
    ["half-typed code", "opt = A(net.parameters(, weight_decay="],
  ])("stays silent: %s", (_name, code) => checkRule(rule, MODEL + code));

  test("is an information for a transformer", () => {
    const code = `${MODEL}m = nn.TransformerEncoderLayer(8, 2)\nopt = A(m.parameters(), weight_decay=0.1)`;
    expect(findingsOf(rule, code).map(({ severity }) => severity)).toEqual(["information"]);
  });

  test("its documentation holds", () => {
    const { bad } = rule.docs;
    const [finding] = findingsOf(rule, bad);
    expect(finding?.severity).toBe("hint");
    expect(findingsOf(rule, applyEdits(bad, finding?.fixes[0]?.edits ?? []))).toEqual([]);
  });
});
