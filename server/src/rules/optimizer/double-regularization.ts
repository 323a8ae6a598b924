import { defineRule, type Fix, type Report, type RuleContext } from "../../engine/rule.ts";
import type { ObjectiveFact } from "../../facts/objective.ts";
import type { OptimizerFact } from "../../facts/optimizer.ts";
import { modelOfParameters } from "../../facts/penalty-strength.ts";
import { knownNumber, numberOf } from "../../semantics/call-arguments.ts";
import { isCompiledWith } from "../../semantics/compiled-model.ts";
import { numberText } from "../../semantics/decay-suggestion.ts";
import { appendArgument } from "../../semantics/insertions.ts";
import { layerPenalties } from "../../semantics/layer-penalties.ts";
import { isTestPath } from "../../semantics/training-setup.ts";
import type { Norm, Term } from "../../semantics/training-term.ts";
import type { Expression } from "../../syntax/python/ast.ts";

export const doubleRegularization = defineRule({
  code: "NL503",
  name: "double-regularization",
  family: "optimizer",
  severity: "warning",
  preview: false,
  mentions: [
    ["optim", "compile"],
    ["decay", "adamw", "lion", "muon"],
    ["l2", "l1", "norm", "pow", "square", "**", "regularizer", "abs"],
  ],
  on: "optimizer",
  docs: {
    language: "python",
    what: "Finds weights that are shrunk twice: by an L2 penalty in the loss or in their layer, and by the weight decay of the optimizer.",
    why: "The two strengths add up, or, with decoupled decay, mix two meanings of λ. Whoever tunes one of them tunes only a part of what is done to the weights, and a value from a paper or another project no longer means what it meant there.",
    bad: [
      "import torch",
      "from torch import nn, optim",
      "",
      "opt = optim.SGD(net.parameters(), lr=0.1, weight_decay=1e-4)",
      "for x, y in loader:",
      "    opt.zero_grad()",
      "    loss = nn.functional.cross_entropy(net(x), y)",
      "    loss = loss + 1e-4 * sum(p.pow(2).sum() for p in net.parameters())",
      "    loss.backward()",
      "    opt.step()",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torch import nn, optim",
      "",
      "opt = optim.SGD(net.parameters(), lr=0.1, weight_decay=1e-4)",
      "for x, y in loader:",
      "    opt.zero_grad()",
      "    loss = nn.functional.cross_entropy(net(x), y)",
      "    loss.backward()",
      "    opt.step()",
      "",
    ].join("\n"),
    limits:
      "Speaks where both fall on the same model and both are known not to be 0. An L1 penalty beside weight decay is an elastic net, which may be meant, and only a hint. Silent for penalties of other modules or under a condition, and in tests.",
    references: ["Loshchilov & Hutter 2019, arXiv:1711.05101, section 2"],
  },

  *check(optimizer, context) {
    if (isTestPath(context.document.path)) return;
    const decay = decayOf(optimizer);
    if (decay === undefined) return;
    const other =
      optimizer.framework === "keras"
        ? layerPenaltyOf(optimizer)
        : termOf(optimizer, context.facts("objective"));
    if (other !== undefined) yield reportOf(optimizer, decay, other, context);
  },
});

interface Decay {
  readonly value: number;
  readonly isCertain: boolean;
}

/** The decay, when there is one, by default too. */
function decayOf({ weightDecay, decayDefault, coupling, hasSplat }: OptimizerFact) {
  if (coupling !== "l2" && coupling !== "decoupled") return undefined;
  const known = knownNumber(weightDecay);
  const isDefault = weightDecay.kind === "absent" && !hasSplat;
  const value = known?.value ?? (isDefault ? decayDefault : 0);
  const decay: Decay = { value, isCertain: known?.kind !== "default" };
  return value > 0 ? decay : undefined;
}

interface Other {
  readonly span: Expression["span"];
  readonly norm: "l1" | "l2";
  readonly isCertain: boolean;
}

function layerPenaltyOf(optimizer: OptimizerFact): Other | undefined {
  const penalties = layerPenalties(optimizer.program).filter(
    ({ coefficient, layer }) =>
      coefficient !== undefined && coefficient.value > 0 && isCompiledWith(layer, optimizer),
  );
  const chosen = penalties.find(({ norm }) => norm === "l2") ?? penalties[0];
  if (chosen === undefined) return undefined;
  const isCertain = chosen.coefficient?.kind === "constant";
  return { span: chosen.argument.span, norm: chosen.norm, isCertain };
}

/** The norm in a loss that falls on the weights that the optimizer trains. */
function termOf(
  { parameters, program }: OptimizerFact,
  objectives: readonly ObjectiveFact[],
): Other | undefined {
  const model = modelOfParameters(parameters);
  if (model === undefined) return undefined;
  const { text } = program.module;
  const textOf = ({ span }: Expression) => text.slice(span.start, span.end);
  const found = objectives
    .filter(({ sink }) => sink !== "none")
    .flatMap(({ terms }) => terms)
    .flatMap((term): Other[] => {
      if (term.content.kind !== "penalty" || term.blocker !== undefined) return [];
      if (term.isConditional || !isOf(term, term.content.norm, textOf(model), textOf)) return [];
      const norm = normOf(term.content.norm);
      const isCertain = certaintyOf(term, program);
      return norm === undefined || isCertain === undefined
        ? []
        : [{ span: term.written.span, norm, isCertain }];
    });
  return found.find(({ norm }) => norm === "l2") ?? found[0];
}

function normOf({ kind }: Norm): Other["norm"] | undefined {
  if (kind === "l1") return "l1";
  return kind === "l2" || kind === "l2squared" ? "l2" : undefined;
}

/** `undefined` where a factor is zero; false where one is not known to be something else. */
function certaintyOf({ factors }: Term, program: OptimizerFact["program"]): boolean | undefined {
  const numbers = factors.map((factor) => knownNumber(numberOf(factor, program)));
  if (numbers.some((number) => number?.value === 0)) return undefined;
  return numbers.every((number) => number?.kind === "constant");
}

/** Of the model itself, a part of it, or of what a function is given it for: `l2(net)`. */
function isOf(
  { node }: Term,
  norm: Norm,
  model: string,
  textOf: (node: Expression) => string,
): boolean {
  if (norm.source === "named") {
    return (
      node.kind === "call" &&
      node.arguments.some(({ value }) => textOf(modelOfParameters(value) ?? value) === model)
    );
  }
  return norm.weights.some((weights) => {
    const written = textOf(weights.node);
    return written === model || written.startsWith(`${model}.`);
  });
}

function reportOf(
  optimizer: OptimizerFact,
  decay: Decay,
  other: Other,
  { document }: RuleContext,
): Report {
  const { name, weightDecay, span } = optimizer;
  const isDefault = weightDecay.kind === "absent";
  const own = `\`${name}\` ${isDefault ? "decays by" : "has weight decay"} ${numberText(decay.value)}${isDefault ? " by default" : ""}`;
  const where = optimizer.framework === "keras" ? "their layers have" : "the loss has";
  const isElastic = other.norm === "l1";
  return {
    span: isDefault ? span : weightDecay.span,
    severity: isElastic ? "hint" : "warning",
    confidence: decay.isCertain && other.isCertain ? 1 : 0.7,
    message: isElastic
      ? `${own}, and ${where} an L1 penalty on the same weights: together they are an elastic net.`
      : `${own}, and ${where} an L2 penalty on the same weights: they are shrunk twice.`,
    related: [{ span: other.span, message: "The other penalty is here." }],
    fixes: isElastic ? [] : [withoutDecay(optimizer, document.text)].flat(),
  };
}

function withoutDecay({ call, weightDecay, name }: OptimizerFact, text: string): Fix[] {
  const known = knownNumber(weightDecay);
  if (call === undefined) return [];
  const edit =
    known === undefined
      ? appendArgument(call, "weight_decay=0.0", text)
      : { span: known.origin, newText: "0.0" };
  const title = `Leave \`${name}\` without decay`;
  return [{ title, safety: "suggestion", edits: [edit] }];
}
