import { defineRule, type Fix, type RuleContext } from "../../engine/rule.ts";
import type { FreezeFact } from "../../facts/freeze.ts";
import { decayOf } from "../../semantics/group-decay.ts";
import { wholeModel } from "../../semantics/group-edits.ts";
import { OPTIMIZER_WORDS } from "../../semantics/optimizer-classes.ts";
import type { ParameterGroup } from "../../semantics/parameter-groups.ts";
import { type CallSite, programIndex } from "../../semantics/program-index.ts";
import { pathTo } from "../../semantics/same-model.ts";

export const frozenParamsCanStillDecay = defineRule({
  code: "NL801",
  name: "frozen-params-can-still-decay",
  family: "transfer",
  severity: "information",
  preview: false,
  mentions: [["zero_", "requires_grad"], OPTIMIZER_WORDS],
  on: "freeze",
  docs: {
    language: "python",
    what: "Finds parameters that are kept from learning by zeros in their gradient, under an optimizer whose weight decay (and momentum) still moves them.",
    why: "PyTorch's optimizers skip a parameter whose gradient is `None`, not one whose gradient is 0: it decays at every step, and a frozen layer shrinks away.",
    bad: [
      "import torch",
      "from torch import nn",
      "",
      "opt = torch.optim.AdamW(net.parameters(), lr=1e-4, weight_decay=0.05)",
      "for x, y in loader:",
      "    opt.zero_grad()",
      "    nn.functional.cross_entropy(net(x), y).backward()",
      "    for p in net.layer1.parameters():",
      "        p.grad.zero_()",
      "    opt.step()",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torch import nn",
      "",
      "for p in net.layer1.parameters():",
      "    p.requires_grad_(False)",
      "opt = torch.optim.AdamW((p for p in net.parameters() if p.requires_grad), lr=1e-4)",
      "for x, y in loader:",
      "    opt.zero_grad()",
      "    nn.functional.cross_entropy(net(x), y).backward()",
      "    opt.step()",
      "",
    ].join("\n"),
    limits:
      "Silent for parameters that are frozen before the first step, as their gradient stays `None` and every torch optimizer skips them; for a freeze between steps, unless `zero_grad(set_to_none=False)` keeps zeros there; and where all gradients are set to 0, which is what `zero_grad` does.",
    references: [
      "https://github.com/pytorch/pytorch/issues/150610",
      "https://github.com/KellerJordan/Muon/issues/54",
    ],
  },

  *check(freeze, context) {
    if (freeze.isTrainable) return;
    const found = decayedAlthoughFrozen(freeze, context);
    if (found === undefined) return;
    const { optimizer, decay } = found;
    const related = [{ span: optimizer.span, message: `\`${optimizer.name}\` decays them.` }];
    if (freeze.form === "requires_grad") {
      yield {
        span: freeze.span,
        message: `Frozen between steps, these parameters keep a gradient of 0 because of \`zero_grad(set_to_none=False)\`: \`${optimizer.name}\` still decays them ${decay.text}.`,
        severity: "warning",
        confidence: decay.confidence,
        related,
      };
      return;
    }
    yield {
      span: freeze.span,
      message: `A gradient of 0 does not freeze: \`${optimizer.name}\` still decays these parameters ${decay.text}.`,
      severity: "warning",
      confidence: decay.confidence,
      related,
      fixes: noGradientFix(freeze),
    };
  },
});

function noGradientFix({ span, gradient, place }: FreezeFact): readonly Fix[] {
  if (gradient === undefined) return [];
  const { text } = place.home.program.module;
  const newText = `${text.slice(gradient.span.start, gradient.span.end)} = None`;
  const title = "Set the gradient to `None`, which the optimizer skips";
  return [{ title, safety: "safe", edits: [{ span, newText }] }];
}

/** The optimizer that decays what is frozen, where the freeze leaves a gradient. */
function decayedAlthoughFrozen(freeze: FreezeFact, { facts }: RuleContext) {
  if (!leavesGradient(freeze)) return undefined;
  for (const { groups, optimizer } of facts("parameterGroups")) {
    const isBuiltLater = optimizer.site.call.span.end > freeze.span.start;
    if (freeze.form === "requires_grad" && isBuiltLater) continue;
    const group = groups.find((candidate) => holdsMore(candidate, freeze));
    const decay = group === undefined ? undefined : decayOf(group);
    if (decay !== undefined) return { optimizer, decay };
  }
  return undefined;
}

/** True for the group of a whole model of which a part is frozen. */
function holdsMore(group: ParameterGroup, { selection }: FreezeFact): boolean {
  const [frozen, ...others] = selection;
  const source = wholeModel(group);
  if (frozen === undefined || source === undefined || others.length > 0) return false;
  const path = pathTo(frozen, source);
  return path !== undefined && (path.length > 0 || frozen.condition.kind !== "always");
}

const isCallOf =
  (name: string, scope: unknown) =>
  (site: CallSite): boolean =>
    site.name === name && site.within.at(-1) === scope;

function leavesGradient({ form, span, place }: FreezeFact): boolean {
  const { calls } = programIndex(place.home.program);
  const scope = place.around.at(-1);
  const backward = calls.filter(isCallOf("backward", scope));
  if (!backward.some(({ call }) => call.span.end <= span.start)) return false;
  if (form === "requires_grad") return calls.some(keepsZeros);
  const steps = calls.filter(isCallOf("step", scope));
  return steps.some(({ call }) => call.span.start >= span.end);
}

/** `opt.zero_grad(set_to_none=False)` */
function keepsZeros({ call, name }: CallSite): boolean {
  return (
    name === "zero_grad" &&
    call.arguments.some(
      ({ name: key, value }) =>
        key === "set_to_none" && value.kind === "constant" && value.value === false,
    )
  );
}
