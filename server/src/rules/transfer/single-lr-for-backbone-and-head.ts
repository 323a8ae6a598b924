import type { Span } from "../../../../core/protocol/span.ts";
import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ParameterGroupsFact } from "../../facts/parameter-groups.ts";
import type { Home } from "../../project/imported-definition.ts";
import { relatedIn } from "../../project/related-in.ts";
import { knownNumber } from "../../semantics/call-arguments.ts";
import { wholeModel } from "../../semantics/group-edits.ts";
import { inside, type ModelOrigin, modelOrigin, type Place } from "../../semantics/model-origin.ts";
import { ownAttributes } from "../../semantics/model-view.ts";
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
  mentions: [["optim"], ["parameters"]],
  on: "parameterGroups",
  docs: {
    language: "python",
    what: "Notes a pretrained model with a new head whose parameters all train at one learning rate, at one that is high for weights which are good already.",
    why: "A new head starts from noise and needs large steps; the same steps wash out what the backbone learned, most of all in the first epochs, when the head's gradients are arbitrary. What the backbone knows is the strongest prior there is.",
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
    const parts = origin === undefined ? undefined : partsOf(origin, source);
    if (parts === undefined) return;
    const { program } = fact.home;
    const model = program.module.text.slice(source.model.span.start, source.model.span.end);
    const { head, backbone } = parts;
    const pretrained = backbone === undefined ? model : `${model}.${backbone}`;
    yield {
      span: group.span,
      message: `The pretrained weights of \`${pretrained}\` train at ${rate}, the same rate as the new \`${head.name}\`.`,
      related: [relatedIn(head.span, head.home, fact.home, "The new head.")],
      // Under a wrapper the parameters have other names.
      fixes:
        origin?.prefix !== "" ? [] : twoRatesFix(group, { model, head: head.name, backbone, rate }),
    };
  },
});

function highRate({ learningRate }: ParameterGroup, { optimizer }: ParameterGroupsFact) {
  const rate = knownNumber(learningRate)?.value;
  const least = optimizer.name === "SGD" ? LEAST_RATE.SGD : LEAST_RATE.other;
  return rate !== undefined && rate >= least && rate < 1 ? rate : undefined;
}

interface Head {
  readonly name: string;
  readonly span: Span;
  readonly home: Home;
}

interface Parts {
  readonly head: Head;
  /** Attribute that holds the pretrained part, where that is not the model itself. */
  readonly backbone: string | undefined;
}

/** A pretrained model with a new head on, or a class with both as attributes. */
function partsOf(origin: ModelOrigin, source: ParameterSource): Parts | undefined {
  if (origin.kind === "call") {
    const head = isPretrained(origin) ? newHead(source) : undefined;
    return head === undefined ? undefined : { head, backbone: undefined };
  }
  const { owner, place } = origin;
  const { program } = place.home;
  const attributes = ownAttributes(owner);
  const pretrained = attributes.filter(({ value }) => {
    const part = modelOrigin(value, inside(owner, place, value));
    return part !== undefined && isPretrained(part);
  });
  const [backbone] = pretrained;
  const head = attributes.find(
    ({ value }) =>
      value.kind === "call" && program.qualifiedName(value.callee) === "torch.nn.Linear",
  );
  if (backbone === undefined || pretrained.length > 1 || head === undefined) return undefined;
  const { name, value } = head;
  return { head: { name, span: value.span, home: place.home }, backbone: backbone.name };
}

/** `model.fc = nn.Linear(…)`, wherever the document replaces a part of the model by a new layer. */
function newHead({ model, place }: ParameterSource): Head | undefined {
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
    if (path !== undefined && path.length > 0) {
      return { name: path.join("."), span: target.span, home: place.home };
    }
  }
  return undefined;
}

interface Rates {
  readonly model: string;
  readonly head: string;
  readonly backbone: string | undefined;
  readonly rate: number;
}

function twoRatesFix(
  group: ParameterGroup,
  { model, head, backbone, rate }: Rates,
): readonly Fix[] {
  if (group.isWritten) return [];
  const slow = Number((rate / RATIO).toPrecision(6));
  const part = backbone ?? head;
  const rest = `[p for n, p in ${model}.named_parameters() if not n.startswith("${part}.")]`;
  const own = `${model}.${part}.parameters()`;
  const [base, others] = backbone === undefined ? [rest, own] : [own, rest];
  const newText = `[{"params": ${base}, "lr": ${slow}}, {"params": ${others}}]`;
  return [
    {
      title: `Train the pretrained weights at ${slow}`,
      safety: "suggestion",
      edits: [{ span: group.span, newText }],
    },
  ];
}
