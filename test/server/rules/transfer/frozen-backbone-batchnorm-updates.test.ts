import { describe, test } from "vitest";
import { frozenBackboneBatchnormUpdates as rule } from "../../../../server/src/rules/transfer/frozen-backbone-batchnorm-updates.ts";
import { checkRule } from "../../../support/check-rule.ts";

const netWith = (backbone: string, more = "") => `import torchvision
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = ${backbone}
        self.head = nn.Linear(8, 2)
${more}m = Net()
`;
const NET = netWith("torchvision.models.resnet18(pretrained=True)");
const FROZEN = "for p in m.backbone.parameters():\n    p.requires_grad = False\n";

describe("frozen-backbone-batchnorm-updates", () => {
  test("marks the call and keeps the backbone in evaluation mode", () => {
    checkRule(
      rule,
      `${NET}${FROZEN}«m.train()»\n`,
      `${NET}${FROZEN}m.train()\nm.backbone.eval()\n`,
    );
  });

  test.each([
    [
      "a module at once",
      `${NET}m.backbone.requires_grad_(False)\nfor epoch in range(3):\n    «m.train()»\n`,
    ],
    [
      "a backbone of its own",
      `${netWith("nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))")}${FROZEN}«m.train()»`,
    ],
    [
      "a function that gets the model",
      `${NET}${FROZEN}def run(model):\n    «model.train()»\nrun(m)\n`,
    ],
    ["a validation in between", `${NET}${FROZEN}«m.train()»\nm.eval()\n`],
    [
      "a freeze inside of the class",
      `${NET.replace("        self.head", "        self.backbone.requires_grad_(False)\n        self.head")}«m.train()»`,
    ],
    ["a moved model", `${NET}m = m.cuda()\n${FROZEN}«m.train()»`],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["evaluation mode", `${NET}${FROZEN}m.train()\nm.backbone.eval()\n`],
    [
      "a loop over modules",
      `${NET}${FROZEN}m.train()\nfor k in m.backbone.modules():\n    k.eval()\n`,
    ],
    [
      "a backbone without batch norm",
      `${netWith("torchvision.models.vgg16(pretrained=True)")}${FROZEN}m.train()`,
    ],
    [
      "a layer norm",
      `${netWith("nn.Sequential(nn.Linear(8, 8), nn.LayerNorm(8))")}${FROZEN}m.train()`,
    ],
    [
      "a method that overrides it",
      `${netWith("torchvision.models.resnet18()", "    def train(self, mode=True):\n        super().train(mode)\n        self.backbone.eval()\n")}${FROZEN}m.train()`,
    ],
    ["nothing frozen", `${NET}m.train()`],
    ["an unfrozen backbone", `${NET}${FROZEN.replace("False", "True")}m.train()`],
    [
      "chosen parameters",
      `${NET}for n, p in m.backbone.named_parameters():\n    if "bn" not in n:\n        p.requires_grad = False\nm.train()`,
    ],
    ["the head in training mode", `${NET}${FROZEN}m.head.train()`],
    ["train(False)", `${NET}${FROZEN}m.train(False)`],
    ["another model", `${NET}${FROZEN}other.train()`],
    ["a backbone from elsewhere", `${netWith("build()")}${FROZEN}m.train()`],
    [
      "half-typed code",
      `${NET}for p in m.backbone.parameters(\n    p.requires_grad = False\nm.train(`,
    ],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
