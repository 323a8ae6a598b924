import { describe, expect, test } from "vitest";
import { parameterGroupsFacts } from "../../../server/src/facts/parameter-groups.ts";
import { parametersOf } from "../../../server/src/semantics/held-parameters.ts";
import { factsOf } from "../../support/facts-of.ts";

const MODEL = `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.LayerNorm(4))
        self.head = nn.Linear(4, 2, bias=False)
        self.scale = nn.Parameter(torch.ones([]))
model = Net()
`;

/** The groups as \`decay: parameters\`. */
function groupsOf(code: string): string[] | undefined {
  const [fact] = factsOf(parameterGroupsFacts, MODEL + code);
  return fact?.groups.map(({ selection, weightDecay }) => {
    const decay = "value" in weightDecay ? weightDecay.value : weightDecay.kind;
    return `${decay}: ${parametersOf(selection ?? [])
      .map(({ name }) => name)
      .join(" ")}`;
  });
}

const MATRICES = "body.0.weight head.weight";
const VECTORS = "body.0.bias body.1.weight body.1.bias scale";
const ALL = "body.0.weight body.0.bias body.1.weight body.1.bias head.weight scale";

describe("parameterGroupsFacts", () => {
  test.each([
    ["all parameters", "model.parameters()"],
    ["a list of them", "list(model.parameters())"],
    ["those that are trainable", "filter(lambda p: p.requires_grad, model.parameters())"],
    ["a generator", "(p for p in model.parameters())"],
    ["names and parameters", "[p for _, p in model.named_parameters()]"],
    ["a moved model", "model.to(d).parameters()"],
    ["a union", "list(model.body.parameters()) + list(model.head.parameters()) + []"],
  ])("reads %s", (name, argument) => {
    const groups = groupsOf(`opt = torch.optim.AdamW(${argument}, weight_decay=0.1)`);
    expect(groups).toEqual(name === "a union" ? undefined : [`0.1: ${ALL}`]);
  });

  test.each([
    [
      "comprehensions by rank",
      `big = [p for p in model.parameters() if p.dim() >= 2]
small = [p for n, p in model.named_parameters() if p.ndim < 2]
groups = [{"params": big, "weight_decay": 0.1}, {"params": small, "weight_decay": 0}]`,
    ],
    [
      "a dict of parameters",
      `named = {n: p for n, p in model.named_parameters()}
named = {n: p for n, p in named.items() if p.requires_grad}
groups = [
    {"params": [p for n, p in named.items() if p.dim() >= 2], "weight_decay": 0.1},
    {"params": [p for p in named.values() if p.dim() < 2], "weight_decay": 0},
]`,
    ],
    [
      "a loop",
      `big, small = [], []
for name, p in model.named_parameters():
    if not p.requires_grad:
        continue
    if len(p.shape) < 2 or name.endswith(".bias"):
        small.append(p)
    else:
        big.append(p)
groups = [dict(params=big, weight_decay=0.1), dict(params=small, weight_decay=0)]`,
    ],
    [
      "a list that grows",
      `groups = []
groups.append({"params": [p for p in model.parameters() if p.ndim > 1], "weight_decay": 0.1})
groups.append({"params": [p for p in model.parameters() if p.ndim <= 1], "weight_decay": 0})`,
    ],
    [
      "a helper",
      `def split(net):
    big = [p for p in net.parameters() if p.ndim >= 2]
    rest = [p for p in net.parameters() if not p.ndim >= 2]
    return [{"params": big, "weight_decay": 0.1}, {"params": rest, "weight_decay": 0}]
groups = split(model)`,
    ],
    [
      "names",
      `no_decay = ("bias", "1.weight", "scale")
groups = [
    {"params": [p for n, p in model.named_parameters() if not any(k in n for k in no_decay)], "weight_decay": 0.1},
    {"params": [p for n, p in model.named_parameters() if any(n.endswith(k) for k in no_decay)], "weight_decay": 0},
]`,
    ],
  ])("splits groups by %s", (_name, code) => {
    const groups = groupsOf(`${code}\nopt = torch.optim.AdamW(groups, lr=1e-3)`);
    expect(groups).toEqual([`0.1: ${MATRICES}`, `0: ${VECTORS}`]);
  });

  test("tells a head from the rest by identity", () => {
    const code = `ids = set(map(id, model.head.parameters()))
base = [p for p in model.parameters() if id(p) not in ids]
opt = torch.optim.SGD([{"params": model.head.parameters(), "lr": 1}, {"params": base}], lr=0.1)`;
    expect(groupsOf(code)).toEqual([
      "0: weight",
      "0: body.0.weight body.0.bias body.1.weight body.1.bias scale",
    ]);
  });

  test("takes what a group does not say from the optimizer, and its default last", () => {
    const [fact] = factsOf(
      parameterGroupsFacts,
      `${MODEL}o = torch.optim.AdamW([{"params": model.head.parameters(), "lr": 1}, {"params": model.body.parameters()}], lr=2)`,
    );
    const numbers = fact?.groups.map(({ learningRate, weightDecay }) => [
      learningRate,
      weightDecay,
    ]);
    expect(numbers).toMatchObject([
      [{ value: 1 }, { value: 0.01 }],
      [{ value: 2 }, { value: 0.01 }],
    ]);
  });

  test.each([
    ["a condition that is not known", "[p for p in model.parameters() if keep(p)]", ["0.01: "]],
    ["a model from elsewhere", "other.parameters()", ["0.01: "]],
    ["groups from elsewhere", "make_groups()", undefined],
    ["half a comprehension", "[p for p in model.parameters() if", undefined],
    ["a tensor", "[w]", undefined],
  ])("claims nothing of %s", (_name, argument, expected) => {
    expect(groupsOf(`opt = torch.optim.AdamW(${argument})`)).toEqual(expected);
  });
});
