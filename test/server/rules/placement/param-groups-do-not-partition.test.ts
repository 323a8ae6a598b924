import { describe, expect, test } from "vitest";
import { paramGroupsDoNotPartition as rule } from "../../../../server/src/rules/placement/param-groups-do-not-partition.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const NET = `import torch.optim as o
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.LayerNorm(4))
        self.neck = nn.Linear(4, 4)
        self.head = nn.Linear(4, 2)
net = Net()
`;
const group = (...params: readonly string[]) =>
  `[${params.map((text) => `{"params": ${text}}`).join(", ")}]`;

describe("param-groups-do-not-partition", () => {
  test("marks what is in two groups and takes it out of one", () => {
    checkRule(
      rule,
      `${NET}opt = o.Adam(${group("net.parameters()", "«net.head.parameters()»")})`,
      `${NET}opt = o.Adam(${group('[p for n, p in net.named_parameters() if not n.startswith("head.")]', "net.head.parameters()")})`,
    );
  });

  test("marks an optimizer that leaves a part out and adds it", () => {
    const groups = group("net.body.parameters()", "net.head.parameters()");
    checkRule(
      rule,
      `${NET}opt = «o.Adam»(${groups})`,
      `${NET}opt = o.Adam(${groups.replace(/\]$/, ', {"params": net.neck.parameters()}]')})`,
    );
    const [finding] = findingsOf(rule, `${NET}opt = o.Adam(${groups})`);
    expect(finding?.severity).toBe("information");
    expect(finding?.message).toContain("`net.neck`");
  });

  test.each([
    [
      "names that overlap",
      group(
        "[p for n, p in net.named_parameters() if 'body' in n]",
        "«[p for n, p in net.named_parameters() if 'neck' not in n]»",
      ),
    ],
    [
      "names against shapes",
      group(
        "[p for n, p in net.named_parameters() if 'head' in n]",
        "«[p for p in net.parameters() if p.ndim >= 2]»",
      ),
    ],
    ["a model from elsewhere", group("model.parameters()", "«model.head.parameters()»")],
    ["the same twice", group("net.head.parameters()", "«net.head.parameters()»")],
  ])("marks %s", (_name, groups) => checkRule(rule, `${NET}opt = o.Adam(${groups})`));

  test.each([
    [
      "a partition by parts",
      `opt = o.Adam(${group("net.body.parameters()", "net.neck.parameters()", "net.head.parameters()")})`,
    ],
    [
      "a partition by identity",
      `ids = set(map(id, net.head.parameters()))\nopt = o.Adam(${group("[p for p in net.parameters() if id(p) not in ids]", "net.head.parameters()")})`,
    ],
    [
      "a partition by shape",
      `opt = o.Adam(${group("[p for p in net.parameters() if p.ndim > 1]", "[p for p in net.parameters() if p.ndim <= 1]")})`,
    ],
    [
      "a partition by name",
      `opt = o.Adam(${group("[p for n, p in net.named_parameters() if 'bias' in n]", "[p for n, p in net.named_parameters() if 'bias' not in n]")})`,
    ],
    [
      "a condition that is not known",
      `opt = o.Adam(${group("[p for p in net.parameters() if keep(p)]", "net.head.parameters()")})`,
    ],
    ["one part alone: a linear probe", "opt = o.Adam(net.head.parameters())"],
    [
      "something frozen",
      `net.neck.requires_grad_(False)\nopt = o.Adam(${group("net.body.parameters()", "net.head.parameters()")})`,
    ],
    [
      "another optimizer for the rest",
      `opt = o.Adam(${group("net.body.parameters()", "net.head.parameters()")})\nrest = o.SGD(net.neck.parameters())`,
    ],
    ["two models", `opt = o.Adam(${group("net.body.parameters()", "other.parameters()")})`],
    [
      "parts of a model from elsewhere",
      `opt = o.Adam(${group("model.body.parameters()", "model.head.parameters()")})`,
    ],
    [
      "a task with more than a model",
      `class Task(LightningModule):\n    def __init__(self):\n        self.net = Net()\n        self.teacher = Net()\n        self.head = Net()\n    def configure_optimizers(self):\n        return o.Adam(${group("self.net.parameters()", "self.head.parameters()")})`,
    ],
    [
      "half-typed code",
      `opt = o.Adam([{"params": net.parameters()}, {"params": net.head.parameters(}`,
    ],
  ])("stays silent: %s", (_name, code) => checkRule(rule, NET + code));
});
