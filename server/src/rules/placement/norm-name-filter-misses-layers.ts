import { defineRule, type Edit, type Fix } from "../../engine/rule.ts";
import type { ParameterGroupsFact } from "../../facts/parameter-groups.ts";
import { relatedIn } from "../../project/related-in.ts";
import { knownNumber } from "../../semantics/call-arguments.ts";
import { parametersOf } from "../../semantics/held-parameters.ts";
import type { ModelParameter } from "../../semantics/model-parameters.ts";
import { type Condition, conditionsIn } from "../../semantics/parameter-condition.ts";
import type { ParameterGroup } from "../../semantics/parameter-groups.ts";

type NameTest = Extract<Condition, { kind: "name" }>;

export const normNameFilterMissesLayers = defineRule({
  code: "NL404",
  name: "norm-name-filter-misses-layers",
  family: "placement",
  severity: "warning",
  preview: false,
  mentions: [["named_parameters"], ["weight_decay"]],
  on: "parameterGroups",
  docs: {
    language: "python",
    what: "Finds a list of names that is to keep the norms of a model from weight decay and does not match the names that its norms have.",
    why: "Parameters are called after attributes, not after classes: `LayerNorm.weight` matches BERT, whose attribute is called so, and nothing in a model that says `self.ln_1`. The filter then does nothing, and nobody notices.",
    bad: [
      "import torch",
      "from torch import nn",
      "",
      "class Block(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.ln_1 = nn.LayerNorm(64)",
      "        self.out = nn.Linear(64, 10)",
      "",
      "model = Block()",
      'no_decay = ["bias", "LayerNorm.weight"]',
      "groups = [",
      '    {"params": [p for n, p in model.named_parameters() if not any(nd in n for nd in no_decay)], "weight_decay": 0.1},',
      '    {"params": [p for n, p in model.named_parameters() if any(nd in n for nd in no_decay)], "weight_decay": 0.0},',
      "]",
      "opt = torch.optim.AdamW(groups, lr=3e-4)",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torch import nn",
      "",
      "class Block(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.ln_1 = nn.LayerNorm(64)",
      "        self.out = nn.Linear(64, 10)",
      "",
      "model = Block()",
      "groups = [",
      '    {"params": [p for n, p in model.named_parameters() if p.ndim >= 2], "weight_decay": 0.1},',
      '    {"params": [p for n, p in model.named_parameters() if p.ndim < 2], "weight_decay": 0.0},',
      "]",
      "opt = torch.optim.AdamW(groups, lr=3e-4)",
      "",
    ].join("\n"),
    limits:
      "Needs the model in sight: its class in the workspace, or a well-known one of torchvision or transformers. Silent for lists that name no norm at all, and where the shape or the class of a layer decides.",
    references: ["https://github.com/huggingface/transformers/issues/4360"],
  },

  *check(fact) {
    const found = missedNorm(fact);
    if (found === undefined) return;
    const { test, missed } = found;
    const [first] = missed;
    if (first === undefined) return;
    const texts = test.texts.map((text) => `"${text}"`).join(", ");
    const layer = first.layer.slice(first.layer.lastIndexOf(".") + 1);
    yield {
      span: test.span,
      message: `None of ${texts} is in \`${first.name}\`, so this \`${layer}\` decays with the weights.`,
      related: [relatedIn(first.span, first.home, fact.home, "The norm that is missed.")],
      fixes: rankFix(fact, test),
    };
  },
});

const NORM_TEXT = /norm|\bln|ln_|bn|gamma|scale/i;

/** A list that keeps some parameters from decay, and the norms that still decay. */
function missedNorm({ groups, home }: ParameterGroupsFact) {
  const spared = groups.filter(({ weightDecay }) => knownNumber(weightDecay)?.value === 0);
  const decayed = groups.filter((group) => !spared.includes(group));
  for (const test of spared.flatMap(nameTests)) {
    if (!test.texts.some((text) => NORM_TEXT.test(text))) continue;
    const against = decayed.filter((group) =>
      nameTests(group).some(({ span }) => span === test.span),
    );
    const missed = against.flatMap(({ selection }) => normsOf(parametersOf(selection ?? [])));
    const isHere = against.every(({ place }) => place.home.path === home.path);
    if (missed.length > 0 && isHere) return { test, missed };
  }
  return undefined;
}

const normsOf = (parameters: readonly ModelParameter[]) =>
  parameters.filter(({ role }) => role === "norm");

function nameTests({ selection }: ParameterGroup): readonly NameTest[] {
  return (selection ?? []).flatMap(({ condition }) =>
    conditionsIn(condition).filter((part) => part.kind === "name"),
  );
}

/** Puts `p.ndim < 2` in the place of every test against the list. */
function rankFix({ groups }: ParameterGroupsFact, { span }: NameTest): readonly Fix[] {
  const tests = groups.flatMap(nameTests).filter((test) => test.span === span);
  const edits = new Map<number, Edit>();
  for (const { call, parameter } of tests) {
    if (call === undefined || parameter === undefined) return [];
    edits.set(call.start, { span: call, newText: `${parameter}.ndim < 2` });
  }
  const title = "Decide by `p.ndim < 2` instead of by name";
  return [{ title, safety: "unsafe", edits: [...edits.values()] }];
}
