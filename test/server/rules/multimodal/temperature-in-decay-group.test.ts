import { describe, expect, test } from "vitest";
import { temperatureInDecayGroup as rule } from "../../../../server/src/rules/multimodal/temperature-in-decay-group.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const clipWith = (scalar: string) => `import numpy as np
import torch
import torch.optim as o
from torch import nn
class Clip(nn.Module):
    def __init__(self, init):
        super().__init__()
        self.image = nn.Linear(4, 4)
        ${scalar}
clip = Clip(0.07)
`;
const CLIP = clipWith("self.logit_scale = nn.Parameter(torch.ones([]) * np.log(1 / 0.07))");
const ALL = "opt = o.AdamW(«clip.parameters()», weight_decay=0.2)";

describe("temperature-in-decay-group", () => {
  test("marks the parameters and splits them by rank", () => {
    checkRule(
      rule,
      CLIP + ALL,
      `${CLIP}opt = o.AdamW([{"params": [p for p in clip.parameters() if p.ndim >= 2]}, {"params": [p for p in clip.parameters() if p.ndim < 2], "weight_decay": 0.0}], weight_decay=0.2)`,
    );
  });

  test.each([
    ["a temperature", "self.temp = nn.Parameter(0.07 * torch.ones([]))"],
    ["a value from elsewhere", "self.temperature = nn.Parameter(torch.tensor(init))"],
    ["one element", "self.log_tau = nn.Parameter(torch.zeros(1))"],
    ["an imported name", "self.logit_scale = torch.nn.parameter.Parameter(torch.tensor(2.6))"],
  ])("marks %s", (_name, scalar) => checkRule(rule, clipWith(scalar) + ALL));

  test.each([
    ["L2 in the gradient", "opt = o.Adam(«clip.parameters()», weight_decay=0.2)"],
    [
      "the group that holds it",
      'opt = o.AdamW([{"params": clip.image.parameters()}, «{"params": [p for n, p in clip.named_parameters() if "image" not in n], "weight_decay": 0.1}»])',
    ],
    [
      "a function",
      "def main():\n    m = Clip(1).cuda()\n    o.AdamW(«m.parameters()», 1e-3, weight_decay=1e-2)",
    ],
    [
      "those with a gradient",
      "opt = o.AdamW(«filter(lambda p: p.requires_grad, clip.parameters())», weight_decay=0.2)",
    ],
  ])("marks %s", (_name, code) => checkRule(rule, CLIP + code));

  test("is an information where the decay is not known", () => {
    const [finding] = findingsOf(
      rule,
      `${CLIP}opt = o.AdamW(clip.parameters(), weight_decay=cfg.wd)`,
    );
    expect(finding?.severity).toBe("information");
  });

  test("sees a model of another file", () => {
    const code =
      "import torch\nfrom clip import Clip\nmodel = Clip(1)\nopt = torch.optim.AdamW(model.parameters(), weight_decay=0.1)";
    const [finding] = findingsOf(rule, code, { files: [{ path: "clip.py", text: CLIP }] });
    expect(finding?.related[0]).toMatchObject({ place: { path: "clip.py" } });
  });

  const silent = ALL.replaceAll(/[«»]/g, "");
  test.each([
    ["no decay", `${CLIP}opt = o.AdamW(clip.parameters(), weight_decay=0)`],
    ["a library's default", `${CLIP}opt = o.AdamW(clip.parameters())`],
    [
      "a filter by rank",
      `${CLIP}opt = o.AdamW([p for p in clip.parameters() if p.ndim >= 2], weight_decay=0.2)`,
    ],
    [
      "a filter by name",
      `${CLIP}opt = o.AdamW([p for n, p in clip.named_parameters() if "logit_scale" not in n], weight_decay=0.2)`,
    ],
    [
      "a filter that is not known",
      `${CLIP}opt = o.AdamW([p for n, p in clip.named_parameters() if keep(n)], weight_decay=0.2)`,
    ],
    ["the towers alone", `${CLIP}opt = o.AdamW(clip.image.parameters(), weight_decay=0.2)`],
    ["a matrix of that name", clipWith("self.temp = nn.Parameter(torch.zeros(4, 4))") + silent],
    ["a layer of that name", clipWith("self.temperature = nn.Linear(4, 1)") + silent],
    ["a scalar of another name", clipWith("self.gate = nn.Parameter(torch.zeros(1))") + silent],
    [
      "a fixed one",
      clipWith("self.temp = nn.Parameter(torch.tensor(0.1), requires_grad=False)") + silent,
    ],
    ["a buffer", clipWith("self.temp = torch.tensor(0.1)") + silent],
    ["a template of its name", clipWith("self.template = nn.Parameter(torch.zeros(1))") + silent],
    [
      "half-typed code",
      `${CLIP}opt = o.AdamW(clip.parameters(), weight_decay=0.2`.replace("clip.p", "clip..p"),
    ],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
