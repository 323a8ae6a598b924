import { defineRule, type Fix } from "../../engine/rule.ts";
import type { DistillationLossFact } from "../../facts/distillation-loss.ts";
import { appendArgument } from "../../semantics/insertions.ts";

export const distillationKlScaling = defineRule({
  code: "NL709",
  name: "distillation-kl-scaling",
  family: "multimodal",
  severity: "warning",
  preview: false,
  mentions: [["kl_div", "kldivloss"]],
  on: "distillationLoss",
  docs: {
    language: "python",
    what: "Finds a divergence between student and teacher that is averaged over classes, takes probabilities where it needs their logarithms, or lacks the T² of its temperature.",
    why: "The default reduction divides by samples times classes: with 1000 classes the distillation term weighs a thousandth of what its λ says. A temperature T divides its gradient by T² once more, so each change of T changes the balance with the hard loss.",
    bad: [
      "import torch.nn.functional as F",
      "",
      "def distill(s, t, T=4.0):",
      "    return F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1))",
      "",
    ].join("\n"),
    good: [
      "import torch.nn.functional as F",
      "",
      "def distill(s, t, T=4.0):",
      "    return F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction='batchmean') * T * T",
      "",
    ].join("\n"),
    limits:
      "A reduction that is written down is a decision, `mean` included. The factor T² is asked for where T is in sight and above 1, and where no square of it stands in the same class or function.",
    references: [
      "Hinton et al. 2015, arXiv:1503.02531, section 2",
      "PyTorch documentation, torch.nn.KLDivLoss, note on batchmean",
    ],
  },

  *check(fact, { document }) {
    const { call, input, form, unreduced, temperature, isSquared } = fact;
    if (form === "probabilities") {
      yield {
        span: input.span,
        message:
          "`kl_div` takes log-probabilities as its input, and this is a softmax: the result is no divergence.",
        fixes: logFix(fact),
      };
      return;
    }
    const value = temperature?.value ?? 1;
    const lacksSquare = value > 1 && !isSquared;
    if (unreduced === undefined && !lacksSquare) return;
    const averages = "`kl_div` averages over the classes as well by default";
    const factor = `the gradient of T = ${value} is 1/T² = ${Number((1 / value ** 2).toPrecision(2))} of that at T = 1`;
    const faults = [
      ...(unreduced === undefined ? [] : [averages]),
      ...(lacksSquare ? [factor] : []),
    ];
    const text = faults.join(", and ");
    yield {
      span: call.span,
      message: `${text.charAt(0).toUpperCase()}${text.slice(1)}: this term weighs less than its factor says.`,
      fixes: fixesOf(fact, lacksSquare, document.text),
    };
  },
});

function logFix({ input }: DistillationLossFact): readonly Fix[] {
  if (input.kind !== "call" || input.callee.kind !== "attribute") return [];
  return [
    {
      title: "Use `log_softmax`",
      safety: "safe",
      edits: [{ span: input.callee.attributeSpan, newText: "log_softmax" }],
    },
  ];
}

function fixesOf(
  { call, unreduced, temperature }: DistillationLossFact,
  lacksSquare: boolean,
  source: string,
): readonly Fix[] {
  const { end } = call.span;
  const square = { span: { start: end, end }, newText: ` * ${temperature?.text} ** 2` };
  const isPlain = /^[\w.]+$/.test(temperature?.text ?? "");
  const reduction = unreduced && batchMean(unreduced, source);
  if (reduction !== undefined && !lacksSquare) {
    return [{ title: "Sum over the classes (`batchmean`)", safety: "safe", edits: [reduction] }];
  }
  if (!lacksSquare || !isPlain) return [];
  const edits = reduction === undefined ? [square] : [reduction, square];
  return [{ title: "Scale as the temperature asks", safety: "unsafe", edits }];
}

const batchMean = (call: DistillationLossFact["call"], text: string) =>
  appendArgument(call, 'reduction="batchmean"', text);
