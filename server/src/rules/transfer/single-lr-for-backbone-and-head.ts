import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ParameterGroupsFact } from "../../facts/parameter-groups.ts";
import { knownNumber } from "../../semantics/call-arguments.ts";
import { wholeModel } from "../../semantics/group-edits.ts";
import { modelOrigin, type Place } from "../../semantics/model-origin.ts";
import type { ParameterGroup } from "../../semantics/parameter-groups.ts";
import type { ParameterSource } from "../../semantics/parameter-source.ts";
import { isPretrained } from "../../semantics/pretrained.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { pathTo } from "../../semantics/same-model.ts";
import { trainsPartOfModel } from "../../semantics/training-setup.ts";

/** From here on the usual advice is to train the backbone more slowly. */
const LEAST_RATE = { SGD: 1e-3, other: 2e-4 };
/** How much slower, by the same advice. */
const RATIO = 10;

export const singleLrForBackboneAndHead = defineRule({
  code: "NL803",
  name: "single-lr-for-backbone-and-head",
  family: "transfer",
  severity: "hint",
  preview: false,
  mentions: [["pretrained", "weights"], ["optim"], ["torchvision", "timm", "transformers"]],
  on: "parameterGroups",
  docs: {
    language: "python",
    what: "Notes a pretrained model with a new head whose parameters all train at one learning rate, at one that is high for weights which are good already.",
    why: "A new head starts from noise and needs large steps; the same steps wash out what the backbone learned, most of all in the first epochs, when the head's gradients are arbitrary. It is the strongest prior you have, and it is lost for free.",
    bad: [
      "import torch",
      "import torchvision",
      "from torch import nn",
      "",
      'model = torchvision.models.resnet18(weights="DEFAULT")',
      "model.fc = nn.Linear(512, 10)",
      "opt = torch.optim.SGD(model.parameters(), lr=0.01)",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "import torchvision",
      "from torch import nn",
      "",
      'model = torchvision.models.resnet18(weights="DEFAULT")',
      "model.fc = nn.Linear(512, 10)",
      'base = [p for n, p in model.named_parameters() if not n.startswith("fc.")]',
      'opt = torch.optim.SGD([{"params": base, "lr": 0.001}, {"params": model.fc.parameters()}], lr=0.01)',
      "",
    ].join("\n"),
    limits:
      "Speaks from a learning rate of 1e-3 for SGD and 2e-4 for others, and only where the new head is put on in the same file. Silent when something is frozen, with adapters (LoRA), and with more than one group.",
    references: [
      "https://docs.pytorch.org/tutorials/beginner/finetuning_torchvision_models_tutorial.html",
    ],
  },

  *check(fact) {
    const [group, ...others] = fact.groups;
    const source = group === undefined ? undefined : wholeModel(group);
    const rate = group === undefined ? undefined : highRate(group, fact);
    if (group === undefined || source === undefined || rate === undefined) return;
    if (others.length > 0 || trainsPartOfModel(fact.home.program)) return;
    const origin = modelOrigin(source.model, source.place);
    const head = origin !== undefined && isPretrained(origin) ? newHead(source) : undefined;
    if (head === undefined) return;
    const { program } = fact.home;
    const model = program.module.text.slice(source.model.span.start, source.model.span.end);
    yield {
      span: group.span,
      message: `The pretrained weights of \`${model}\` train at ${rate}, the same rate as its new \`${head.name}\`.`,
      related: [{ span: head.span, message: "The new head." }],
      fixes: twoRatesFix(group, { model, head: head.name, rate }),
    };
  },
});

function highRate({ learningRate }: ParameterGroup, { optimizer }: ParameterGroupsFact) {
  const rate = knownNumber(learningRate)?.value;
  const least = optimizer.name === "SGD" ? LEAST_RATE.SGD : LEAST_RATE.other;
  return rate !== undefined && rate >= least && rate < 1 ? rate : undefined;
}

/** `model.fc = nn.Linear(…)`, wherever the document replaces a part of the model by a new layer. */
function newHead({ model, place }: ParameterSource) {
  const { program } = place.home;
  for (const { statement, within } of programIndex(program).statements) {
    if (statement.kind !== "assign" || statement.value?.kind !== "call") continue;
    const [target] = statement.targets;
    const layer = program.qualifiedName(statement.value.callee) ?? "";
    const owner = target?.kind === "subscript" ? target.value : target;
    const isLayer = /^torch\.nn\.(?:Linear|Sequential|Conv2d)$/.test(layer);
    if (owner?.kind !== "attribute" || !isLayer || target?.kind !== "attribute") continue;
    const there: Place = { home: place.home, around: within };
    const path = pathTo({ model: owner, place: there }, { model, place });
    if (path !== undefined && path.length > 0) return { name: path.join("."), span: target.span };
  }
  return undefined;
}

function twoRatesFix(
  group: ParameterGroup,
  { model, head, rate }: { readonly model: string; readonly head: string; readonly rate: number },
): readonly Fix[] {
  if (group.isWritten) return [];
  const slow = Number((rate / RATIO).toPrecision(6));
  const base = `[p for n, p in ${model}.named_parameters() if not n.startswith("${head}.")]`;
  const newText = `[{"params": ${base}, "lr": ${slow}}, {"params": ${model}.${head}.parameters()}]`;
  return [
    {
      title: `Train all but \`${head}\` at ${slow}`,
      safety: "suggestion",
      edits: [{ span: group.span, newText }],
    },
  ];
}
