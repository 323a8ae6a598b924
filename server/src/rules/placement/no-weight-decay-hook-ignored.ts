import { defineRule } from "../../engine/rule.ts";
import type { ParameterGroupsFact } from "../../facts/parameter-groups.ts";
import { relatedIn } from "../../project/related-in.ts";
import { decayHook } from "../../semantics/decay-hook.ts";
import { decayOf } from "../../semantics/group-decay.ts";
import { splitByHookFix, wholeModel } from "../../semantics/group-edits.ts";
import { modelOrigin } from "../../semantics/model-origin.ts";
import { lastName, programIndex } from "../../semantics/program-index.ts";

export const noWeightDecayHookIgnored = defineRule({
  code: "NL403",
  name: "no-weight-decay-hook-ignored",
  family: "placement",
  severity: "warning",
  preview: false,
  mentions: [["optim"], ["parameters"]],
  on: "parameterGroups",
  docs: {
    language: "python",
    what: "Finds a model that says through `no_weight_decay()` which of its parameters must not decay, under an optimizer that decays all of them.",
    why: "The hook is a convention: somebody has to call it. torch's optimizers do not, so the position embeddings, class tokens or temperatures that the model's author wanted to keep are pulled to 0.",
    bad: [
      "import torch",
      "from torch import nn",
      "",
      "class ViT(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.pos_embed = nn.Parameter(torch.zeros(1, 197, 768))",
      "        self.head = nn.Linear(768, 10)",
      "",
      "    def no_weight_decay(self):",
      "        return {'pos_embed'}",
      "",
      "vit = ViT()",
      "opt = torch.optim.AdamW(vit.parameters(), weight_decay=0.05)",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torch import nn",
      "from timm.optim import param_groups_weight_decay",
      "",
      "class ViT(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.pos_embed = nn.Parameter(torch.zeros(1, 197, 768))",
      "        self.head = nn.Linear(768, 10)",
      "",
      "    def no_weight_decay(self):",
      "        return {'pos_embed'}",
      "",
      "vit = ViT()",
      "groups = param_groups_weight_decay(vit, 0.05, vit.no_weight_decay())",
      "opt = torch.optim.AdamW(groups)",
      "",
    ].join("\n"),
    limits:
      "Looks at the model's own class and its bases, also in other files of the workspace. Silent where the hook returns nothing, where the file calls it, and where the decay is 0 or not known.",
    references: ["timm, `timm.optim.create_optimizer_v2`"],
  },

  *check(fact) {
    const found = ignoredHook(fact);
    if (found === undefined) return;
    const { group, source, hook, decay, isWrapped } = found;
    const names = hook.texts.map((text) => `\`${text}\``).join(", ");
    const kept = names === "" ? "some parameters" : names;
    yield {
      span: group.span,
      message: `\`${hook.owner.name}.${hook.name}()\` exempts ${kept} from weight decay, but nobody calls it here: \`${fact.optimizer.name}\` decays them ${decay.text}.`,
      confidence: decay.confidence,
      related: [relatedIn(hook.span, hook.home, fact.home, "The hook.")],
      // A wrapper has no such method, and other names.
      fixes: isWrapped ? [] : splitByHookFix(group, source, hook.name),
    };
  },
});

function ignoredHook({ groups, home }: ParameterGroupsFact) {
  const [group, ...others] = groups;
  const source = group === undefined ? undefined : wholeModel(group);
  if (group === undefined || source === undefined || others.length > 0) return undefined;
  const decay = decayOf(group);
  if (decay === undefined || callsHook(home.program)) return undefined;
  const origin = modelOrigin(source.model, source.place);
  const hook = origin?.kind === "class" ? decayHook(origin) : undefined;
  const isWrapped = origin !== undefined && origin.prefix !== "";
  return hook === undefined ? undefined : { group, source, hook, decay, isWrapped };
}

/** `model.no_weight_decay()`, or the name handed to `getattr`. */
function callsHook(program: ParameterGroupsFact["home"]["program"]): boolean {
  const { calls, strings } = programIndex(program);
  const names = ["no_weight_decay", "no_weight_decay_keywords"];
  return (
    names.some((name) => strings.has(name)) ||
    calls.some(({ call }) => names.includes(lastName(call.callee) ?? ""))
  );
}
