import { describe, expect, test } from "vitest";
import { noWeightDecayHookIgnored as rule } from "../../../../server/src/rules/placement/no-weight-decay-hook-ignored.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const modelWith = (hook: string) => `import torch.optim as optim
from torch import nn
class ViT(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(4, 2)
    ${hook}
vit = ViT()
`;
const MODEL = modelWith("def no_weight_decay(self): return {'pos_embed'}");

describe("no-weight-decay-hook-ignored", () => {
  test("marks the parameters and uses the hook", () => {
    checkRule(
      rule,
      `${MODEL}opt = optim.AdamW(«vit.parameters()», weight_decay=0.05)`,
      `${MODEL}opt = optim.AdamW([{"params": [p for n, p in vit.named_parameters() if n not in vit.no_weight_decay()]}, {"params": [p for n, p in vit.named_parameters() if n in vit.no_weight_decay()], "weight_decay": 0.0}], weight_decay=0.05)`,
    );
  });

  test("uses the keywords of the other hook", () => {
    const model = modelWith("def no_weight_decay_keywords(self): return {'bias_table'}");
    checkRule(
      rule,
      `${model}opt = optim.SGD(«filter(lambda p: p.requires_grad, vit.parameters())», 0.1, weight_decay=0.05)`,
      `${model}opt = optim.SGD([{"params": [p for n, p in vit.named_parameters() if p.requires_grad and not any(k in n for k in vit.no_weight_decay_keywords())]}, {"params": [p for n, p in vit.named_parameters() if p.requires_grad and any(k in n for k in vit.no_weight_decay_keywords())], "weight_decay": 0.0}], 0.1, weight_decay=0.05)`,
    );
  });

  test.each([
    [
      "the hook of a base",
      "class Big(ViT):\n    pass\nbig = Big()\nopt = optim.AdamW(«big.parameters()», weight_decay=0.1)",
    ],
    ["the default of AdamW", "opt = optim.AdamW(«vit.parameters()»)"],
    [
      "a wrapped model",
      "net = nn.DataParallel(vit)\nopt = optim.AdamW(«net.parameters()», weight_decay=0.1)",
    ],
    [
      "a function",
      "def main():\n    m = ViT().cuda()\n    return optim.Adam(«m.parameters()», weight_decay=0.1)",
    ],
  ])("marks %s", (_name, code) => checkRule(rule, MODEL + code));

  test("is an information where the decay is not known", () => {
    const [finding] = findingsOf(
      rule,
      `${MODEL}opt = optim.AdamW(vit.parameters(), weight_decay=args.weight_decay)`,
    );
    expect(finding?.severity).toBe("information");
  });

  test("offers no fix for a wrapper, which has no hook", () => {
    const [finding] = findingsOf(
      rule,
      `${MODEL}net = nn.DataParallel(vit)\nopt = optim.AdamW(net.parameters(), weight_decay=0.1)`,
    );
    expect(finding?.fixes).toEqual([]);
  });

  test("sees a model of another file", () => {
    const code =
      "from torch import optim\nfrom vit import ViT\nmodel = ViT()\nopt = optim.AdamW(model.parameters(), weight_decay=0.1)";
    const [finding] = findingsOf(rule, code, { files: [{ path: "vit.py", text: MODEL }] });
    expect(finding?.related[0]).toMatchObject({ place: { path: "vit.py", start: { line: 6 } } });
  });

  test.each([
    ["no decay", MODEL, "opt = optim.AdamW(vit.parameters(), weight_decay=0)"],
    ["an optimizer whose default is none", MODEL, "opt = optim.Adam(vit.parameters())"],
    [
      "a hook that is called",
      MODEL,
      "skip = vit.no_weight_decay()\nopt = optim.AdamW(vit.parameters())",
    ],
    [
      "a hook that is asked for by name",
      MODEL,
      "f = getattr(vit, 'no_weight_decay')\nopt = optim.AdamW(vit.parameters())",
    ],
    ["groups", MODEL, "opt = optim.AdamW(param_groups_weight_decay(vit, 0.05))"],
    ["chosen parameters", MODEL, "opt = optim.AdamW([p for p in vit.parameters() if p.ndim > 1])"],
    ["a part of the model", MODEL, "opt = optim.AdamW(vit.head.parameters())"],
    [
      "an empty hook",
      modelWith("def no_weight_decay(self): return {}"),
      "opt = optim.AdamW(vit.parameters())",
    ],
    [
      "an empty set",
      modelWith("def no_weight_decay(self): return set()"),
      "opt = optim.AdamW(vit.parameters())",
    ],
    ["no hook", modelWith("def forward(self, x): return x"), "opt = optim.AdamW(vit.parameters())"],
    ["another model", MODEL, "opt = optim.AdamW(other.parameters(), weight_decay=0.1)"],
    ["half-typed code", MODEL, "opt = optim.AdamW(vit.parameters("],
  ])("stays silent: %s", (_name, model, code) => checkRule(rule, model + code));
});
