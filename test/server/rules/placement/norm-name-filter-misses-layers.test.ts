import { describe, expect, test } from "vitest";
import { normNameFilterMissesLayers as rule } from "../../../../server/src/rules/placement/norm-name-filter-misses-layers.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const netWith = (layer: string) => `import torch
from torch import nn
from torch.optim import AdamW
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        ${layer}
        self.out = nn.Linear(4, 2)
model = Net()
`;
const NET = netWith("self.ln_1 = nn.LayerNorm(4)");
const DECAYED =
  '{"params": [p for n, p in model.named_parameters() if not any(nd in n for nd in no_decay)], "weight_decay": args.weight_decay}';
const SPARED =
  '{"params": [p for n, p in model.named_parameters() if any(nd in n for nd in no_decay)], "weight_decay": 0.0}';
const groups = (list: string, decayed = DECAYED, spared = SPARED) =>
  `no_decay = ${list}\ngroups = [\n    ${decayed},\n    ${spared},\n]\nopt = AdamW(groups, lr=1e-3)`;

describe("norm-name-filter-misses-layers", () => {
  test("marks the list and decides by rank", () => {
    const byRank = (text: string) => text.replace("any(nd in n for nd in no_decay)", "p.ndim < 2");
    checkRule(
      rule,
      NET + groups('«["bias", "LayerNorm.weight"]»'),
      NET + groups('["bias", "LayerNorm.weight"]', byRank(DECAYED), byRank(SPARED)),
    );
  });

  test.each([
    [
      "an RMS norm from elsewhere",
      netWith("self.input_norm = RMSNorm(4)"),
      '("bias", "layernorm")',
    ],
    [
      "a batch norm in a block",
      netWith("self.body = nn.Sequential(nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3))"),
      '["bias", "bn"]',
    ],
    [
      "GPT-2",
      "import transformers\nfrom torch.optim import AdamW\nmodel = transformers.GPT2LMHeadModel.from_pretrained('gpt2')\n",
      '["bias", "LayerNorm.weight"]',
    ],
    [
      "a checkpoint's name",
      "from transformers import AutoModel\nfrom torch.optim import AdamW\nmodel = AutoModel.from_pretrained('gpt2')\n",
      '["bias", "LayerNorm.weight"]',
    ],
    [
      "a ResNet's shortcut",
      "import torchvision\nfrom torch.optim import AdamW\nmodel = torchvision.models.resnet18()\n",
      '["bias", "bn"]',
    ],
  ])("marks %s", (_name, model, list) => checkRule(rule, model + groups(`«${list}»`)));

  test("marks a list that a loop asks", () => {
    checkRule(
      rule,
      `${NET}no_decay = «["bias", "norm"]»
decay, rest = [], []
for name, p in model.named_parameters():
    if any(nd in name for nd in no_decay):
        rest.append(p)
    else:
        decay.append(p)
opt = AdamW([{"params": decay, "weight_decay": 0.1}, {"params": rest, "weight_decay": 0}])`,
    );
  });

  test("names the norm that is missed", () => {
    const [finding] = findingsOf(rule, NET + groups('["bias", "LayerNorm.weight"]'));
    expect(finding?.message).toContain("`ln_1.weight`");
    expect(finding?.related).toHaveLength(1);
  });

  test.each([
    ["a list that matches", NET + groups('["bias", "ln_"]')],
    [
      "a list of class names that are attributes",
      netWith("self.LayerNorm = nn.LayerNorm(4)") + groups('["bias", "LayerNorm.weight"]'),
    ],
    ["a list without norms", NET + groups('["bias"]')],
    [
      "a model without norms",
      netWith("self.a = nn.Linear(4, 4)") + groups('["bias", "LayerNorm.weight"]'),
    ],
    [
      "a model from elsewhere",
      `model = build()\nfrom torch.optim import AdamW\n${groups('["bias", "LayerNorm.weight"]')}`,
    ],
    [
      "BERT",
      `import transformers\nfrom torch.optim import AdamW\nmodel = transformers.BertModel.from_pretrained(x)\n${groups('["bias", "LayerNorm.weight"]')}`,
    ],
    [
      "rank beside the list",
      NET + groups('["LayerNorm"]', DECAYED.replace("if not", "if p.ndim > 1 and not")),
    ],
    [
      "another condition",
      NET + groups('["LayerNorm"]', DECAYED.replace("if not", "if keep(p) and not")),
    ],
    [
      "no group without decay",
      NET + groups('["LayerNorm"]', DECAYED, SPARED.replace("0.0", "0.01")),
    ],
    ["a list from elsewhere", NET + groups("names()")],
    ["half-typed code", `${NET}no_decay = ["LayerNorm"\ngroups = [${DECAYED}`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
