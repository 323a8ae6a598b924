import { describe, expect, test } from "vitest";
import { singleLrForBackboneAndHead as rule } from "../../../../server/src/rules/transfer/single-lr-for-backbone-and-head.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const start = (model = 'torchvision.models.resnet18(weights="DEFAULT")') =>
  `import torch.optim as o\nimport torchvision\nimport timm\nfrom torch import nn\nfrom torchvision import models\nm = ${model}\n`;
const HEAD = "m.fc = nn.Linear(512, 10)\n";
const OPT = "opt = o.SGD(«m.parameters()», lr=0.01)";

describe("single-lr-for-backbone-and-head", () => {
  test("marks the parameters and offers two rates", () => {
    checkRule(
      rule,
      start() + HEAD + OPT,
      `${start()}${HEAD}opt = o.SGD([{"params": [p for n, p in m.named_parameters() if not n.startswith("fc.")], "lr": 0.001}, {"params": m.fc.parameters()}], lr=0.01)`,
    );
  });

  test.each([
    ["the older argument", start("models.resnet50(pretrained=True)") + HEAD + OPT],
    [
      "a weights enumeration",
      start("models.vit_b_16(weights=models.ViT_B_16_Weights.DEFAULT)") +
        HEAD.replace("fc", "heads") +
        OPT,
    ],
    ["timm", start('timm.create_model("resnet18", pretrained=True)') + HEAD + OPT],
    ["Adam", `${start()}${HEAD}opt = o.Adam(«m.parameters()», 1e-3)`],
    ["a moved model", `${start()}${HEAD}m = m.to(device)\n${OPT}`],
    ["a function", `${start().replace("m =", "def main():\n    m =")}    ${HEAD}    ${OPT}`],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  const CLASS = `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = models.resnet18(pretrained=True)
        self.head = nn.Linear(1000, 2)
net = Net()
`;

  test("marks a class with a pretrained part", () => {
    checkRule(
      rule,
      `${start()}${CLASS}opt = o.Adam(«net.parameters()», lr=1e-3)`,
      `${start()}${CLASS}opt = o.Adam([{"params": net.backbone.parameters(), "lr": 0.0001}, {"params": [p for n, p in net.named_parameters() if not n.startswith("backbone.")]}], lr=1e-3)`,
    );
  });

  test("offers no fix under a wrapper, where names differ", () => {
    const code = `${start()}${HEAD}m = nn.DataParallel(m)\nopt = o.SGD(m.parameters(), lr=0.01)`;
    expect(findingsOf(rule, code).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  test("sees such a class in another file", () => {
    const code =
      "import torch.optim as o\nimport torchvision\nfrom net import Net\nm = Net()\nopt = o.SGD(«m.parameters()», lr=0.1)";
    const files = [{ path: "net.py", text: start() + CLASS }];
    checkRule(rule, code, undefined, { files });
  });

  const silent = OPT.replaceAll(/[«»]/g, "");
  test.each([
    [
      "a class without pretrained part",
      `${start()}${CLASS.replace("pretrained=True", "")}opt = o.SGD(net.parameters(), 0.1)`,
    ],
    ["a small rate", start() + HEAD + silent.replace("0.01", "1e-4")],
    ["a small rate of Adam", `${start()}${HEAD}opt = o.AdamW(m.parameters(), lr=1e-4)`],
    ["the default rate", `${start()}${HEAD}opt = o.Adam(m.parameters())`],
    ["a rate that is not known", start() + HEAD + silent.replace("0.01", "args.lr")],
    ["no pretrained weights", start("models.resnet18()") + HEAD + silent],
    ["weights=None", start("models.resnet18(weights=None)") + HEAD + silent],
    ["pretrained=flag", start("models.resnet18(pretrained=flag)") + HEAD + silent],
    ["no new head", start() + silent],
    [
      "a frozen backbone",
      `${start()}for p in m.parameters():\n    p.requires_grad = False\n${HEAD}${silent}`,
    ],
    ["the head alone", `${start()}${HEAD}opt = o.SGD(m.fc.parameters(), lr=0.01)`],
    [
      "two groups",
      `${start()}${HEAD}opt = o.SGD([{"params": m.layer4.parameters(), "lr": 1e-3}, {"params": m.fc.parameters()}], lr=0.01)`,
    ],
    ["adapters", `${start()}${HEAD}lora = wrap(m)\n${silent}`],
    ["options from elsewhere", `${start()}${HEAD}opt = o.SGD(m.parameters(), **options)`],
    ["half-typed code", `${start()}${HEAD}opt = o.SGD(m.parameters(, lr=0.01`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
