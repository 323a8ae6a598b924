import { defineRule } from "../../engine/rule.ts";
import type { ParameterGroupsFact } from "../../facts/parameter-groups.ts";
import { relatedIn } from "../../project/related-in.ts";
import { decayOf } from "../../semantics/group-decay.ts";
import { splitByRankFix, wholeModel } from "../../semantics/group-edits.ts";
import { parametersOf } from "../../semantics/held-parameters.ts";
import type { ModelParameter } from "../../semantics/model-parameters.ts";
import { isTemperatureName } from "../../semantics/temperature-name.ts";

export const temperatureInDecayGroup = defineRule({
  code: "NL706",
  name: "temperature-in-decay-group",
  family: "multimodal",
  severity: "warning",
  preview: false,
  mentions: [["optim"], ["parameters"]],
  on: "parameterGroups",
  docs: {
    language: "python",
    what: "Finds a learned temperature or logit scale among the parameters that weight decay shrinks.",
    why: "Decay pulls the scalar towards 0, against what the contrastive loss asks of it: a temperature that drifts to 0 sharpens the softmax without end, and a logarithmic scale that drifts to 0 flattens it. It is one number: there is nothing in it that could overfit.",
    bad: [
      "import torch",
      "from torch import nn",
      "",
      "class TwoTowers(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.image = nn.Linear(512, 64)",
      "        self.temp = nn.Parameter(torch.tensor(0.07))",
      "",
      "model = TwoTowers()",
      "opt = torch.optim.AdamW(model.parameters(), weight_decay=0.05)",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torch import nn",
      "",
      "class TwoTowers(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.image = nn.Linear(512, 64)",
      "        self.temp = nn.Parameter(torch.tensor(0.07))",
      "",
      "model = TwoTowers()",
      'opt = torch.optim.AdamW([{"params": [p for p in model.parameters() if p.ndim >= 2]}, {"params": [p for p in model.parameters() if p.ndim < 2], "weight_decay": 0.0}], weight_decay=0.05)',
      "",
    ].join("\n"),
    limits:
      "Knows the scalar by its name (`temp`, `temperature`, `tau`, `logit_scale`, …) and needs its model in sight. A decay whose value is not in sight makes it an information. Silent where it decays only by a library's default, and for parameters without gradient.",
    references: ["Radford et al. 2021, arXiv:2103.00020, 2.3 and 2.5"],
  },

  *check(fact) {
    for (const group of fact.groups) {
      const decay = isDefault(fact) && !group.isWritten ? undefined : decayOf(group);
      const [scalar] = decay === undefined ? [] : temperatures(group.selection ?? []);
      if (decay === undefined || scalar === undefined) continue;
      const source = wholeModel(group);
      yield {
        span: group.place.home.path === fact.home.path ? group.span : fact.optimizer.span,
        message: `\`${scalar.name}\` scales similarities and is decayed ${decay.text}, towards 0.`,
        confidence: decay.confidence,
        related: [relatedIn(scalar.span, scalar.home, fact.home, "The scalar.")],
        fixes: source === undefined ? [] : splitByRankFix(group, source),
      };
      return;
    }
  },
});

const isDefault = ({ optimizer }: ParameterGroupsFact) => optimizer.weightDecay.kind === "absent";

function temperatures(selection: Parameters<typeof parametersOf>[0]): readonly ModelParameter[] {
  return parametersOf(selection).filter(
    ({ name, rank, role }) =>
      role === "free" && (rank === undefined || rank <= 1) && isTemperatureName(name),
  );
}
