import { defineRule, type Fix } from "../../engine/rule.ts";
import type { FreezeFact } from "../../facts/freeze.ts";
import { relatedIn } from "../../project/related-in.ts";
import { indentOf } from "../../semantics/dropout-edits.ts";
import { partsOf, takes } from "../../semantics/held-parameters.ts";
import { isBatchNormClass } from "../../semantics/layer-parameters.ts";
import type { ModelParameter } from "../../semantics/model-parameters.ts";
import type { ParameterSource } from "../../semantics/parameter-source.ts";
import { type CallSite, programIndex } from "../../semantics/program-index.ts";
import { pathTo, type WrittenModel } from "../../semantics/same-model.ts";

export const frozenBackboneBatchnormUpdates = defineRule({
  code: "NL804",
  name: "frozen-backbone-batchnorm-updates",
  family: "transfer",
  severity: "warning",
  preview: true,
  mentions: [["requires_grad"], ["train("]],
  on: "freeze",
  docs: {
    language: "python",
    what: "Finds a frozen backbone with batch normalisation whose running statistics still move, because the model is put into training mode as a whole.",
    why: "`requires_grad = False` stops gradients, not the running mean and variance: every batch in training mode shifts them, and normalises by its own statistics. The features that you froze are other features after an epoch.",
    bad: [
      "import torchvision",
      "from torch import nn",
      "",
      "class Net(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      '        self.backbone = torchvision.models.resnet18(weights="DEFAULT")',
      "        self.head = nn.Linear(1000, 10)",
      "",
      "m = Net()",
      "for p in m.backbone.parameters():",
      "    p.requires_grad = False",
      "m.train()",
      "",
    ].join("\n"),
    good: [
      "import torchvision",
      "from torch import nn",
      "",
      "class Net(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      '        self.backbone = torchvision.models.resnet18(weights="DEFAULT")',
      "        self.head = nn.Linear(1000, 10)",
      "",
      "m = Net()",
      "for p in m.backbone.parameters():",
      "    p.requires_grad = False",
      "m.train()",
      "m.backbone.eval()",
      "",
    ].join("\n"),
    limits:
      "Follows a part of a model that is frozen in the same file where `train()` is called on the whole. Silent when anything is put into `eval()` after it, when a `train` method is overridden, and where only chosen parameters are frozen. Moving statistics on purpose, to adapt them, looks the same.",
    references: ["https://keras.io/guides/transfer_learning/"],
  },

  *check(freeze) {
    const [frozen, ...others] = freeze.selection;
    if (frozen === undefined || others.length > 0 || freeze.isTrainable) return;
    if (freeze.form !== "requires_grad" || frozen.model.kind !== "attribute") return;
    const norm = frozenBatchNorm(frozen);
    const call = norm === undefined ? undefined : trainCall(freeze, frozen);
    if (norm === undefined || call === undefined) return;
    const { program } = freeze.place.home;
    const text = program.module.text.slice(frozen.model.span.start, frozen.model.span.end);
    yield {
      span: call.call.span,
      message: `\`${text}\` is frozen, but this puts its batch norms into training mode as well: their running statistics move.`,
      related: [
        { span: freeze.span, message: "Frozen here." },
        relatedIn(norm.span, norm.home, freeze.place.home, "Has batch normalisation."),
      ],
      fixes: evalFix(call, text, freeze),
    };
  },
});

function frozenBatchNorm(frozen: ParameterSource): ModelParameter | undefined {
  const { parameters = [] } = partsOf(frozen.model, frozen.place) ?? {};
  const isWhole = parameters.every((parameter) => takes(frozen, parameter) === true);
  return isWhole ? parameters.find(({ layer }) => isBatchNormClass(layer)) : undefined;
}

/** `model.train()` on what holds the frozen part, where nothing puts that into evaluation mode after it. */
function trainCall(freeze: FreezeFact, frozen: ParameterSource): CallSite | undefined {
  const { program } = freeze.place.home;
  const { calls, statements } = programIndex(program);
  const overrides = statements.some(
    ({ statement }) => statement.kind === "function" && statement.name === "train",
  );
  if (overrides) return undefined;
  const found = calls.find((site) => {
    const { call, within } = site;
    if (site.name !== "train" || call.callee.kind !== "attribute") return false;
    if (call.arguments.length > 0) return false;
    const whole: WrittenModel = {
      model: call.callee.value,
      place: { home: freeze.place.home, around: within },
    };
    const path = pathTo(frozen, whole);
    return path !== undefined && path.length > 0;
  });
  const isKept = calls.some(
    ({ call, name, within }) =>
      name === "eval" &&
      found !== undefined &&
      within.at(-1) === found.within.at(-1) &&
      call.span.start > found.call.span.start &&
      !isOnWhole(call, found),
  );
  return isKept ? undefined : found;
}

/** `model.eval()` before a validation has nothing to do with the frozen part. */
function isOnWhole({ callee }: CallSite["call"], { call }: CallSite): boolean {
  const a = callee.kind === "attribute" ? callee.value : undefined;
  const b = call.callee.kind === "attribute" ? call.callee.value : undefined;
  return a?.kind === "name" && b?.kind === "name" && a.id === b.id;
}

function evalFix(
  { statement, within }: CallSite,
  text: string,
  { place }: FreezeFact,
): readonly Fix[] {
  const indent = indentOf(statement.span.start, place.home.program);
  const isPlain = statement.kind === "expression" && within.at(-1) === place.around.at(-1);
  if (indent === undefined || !isPlain) return [];
  const { end } = statement.span;
  return [
    {
      title: "Keep the frozen part in evaluation mode",
      safety: "suggestion",
      edits: [{ span: { start: end, end }, newText: `\n${indent}${text}.eval()` }],
    },
  ];
}
