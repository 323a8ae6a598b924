import { defineRule } from "../../engine/rule.ts";
import type { ObjectiveFact } from "../../facts/objective.ts";
import { argumentOf, constantNumber } from "../../semantics/call-arguments.ts";
import { meanReductionFix } from "../../semantics/mean-reduction-fix.ts";
import { mayPenalise } from "../../semantics/penalty-signs.ts";
import { programIndex } from "../../semantics/program-index.ts";
import type { PythonProgram } from "../../semantics/python-program.ts";
import { trainingDomain } from "../../semantics/training-domain.ts";
import { isPenalty, type Term } from "../../semantics/training-term.ts";

/** Above this a λ may well have been chosen for a sum. */
const SMALL_LAMBDA = 1e-2;
/** Below this a sum over the batch is of the size of a mean. */
const LARGE_BATCH = 16;

export const sumReductionWithFixedLambda = defineRule({
  code: "NL210",
  name: "sum-reduction-with-fixed-lambda",
  family: "scale",
  severity: "information",
  preview: true,
  mentions: [
    ["sum"],
    ["batch_size"],
    ["norm", "abs", "pow", "square", "**", "l1", "l2", "reg", "penalt", "decay"],
    mayPenalise,
  ],
  on: "objective",
  docs: {
    what: "Finds a small constant λ beside a data loss that is summed over a large batch.",
    why: "λ of papers and libraries belong to a mean over samples. Beside a sum of B losses the same λ is B times weaker, and it changes with the batch size.",
    bad: [
      "import torch",
      "from torch import nn",
      "",
      "loader = torch.utils.data.DataLoader(data, batch_size=64)",
      'criterion = nn.CrossEntropyLoss(reduction="sum")',
      "for x, y in loader:",
      "    l2 = sum(p.pow(2).sum() for p in net.parameters())",
      "    loss = criterion(net(x), y) + 1e-4 * l2",
      "    loss.backward()",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torch import nn",
      "",
      "loader = torch.utils.data.DataLoader(data, batch_size=64)",
      'criterion = nn.CrossEntropyLoss(reduction="mean")',
      "for x, y in loader:",
      "    l2 = sum(p.pow(2).sum() for p in net.parameters())",
      "    loss = criterion(net(x), y) + 1e-4 * l2",
      "    loss.backward()",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "λ and the batch size must be numbers in the file. Losses that are divided afterwards and variational models, whose bound is a sum, are left alone.",
    references: ["https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html"],
  },

  *check(fact) {
    const summed = fact.terms.find(({ content, divisors, factors }) => {
      const isSum = content.kind === "data" && content.reduction === "sum";
      return isSum && divisors.length === 0 && factors.length === 0;
    });
    if (summed === undefined) return;
    const batch = largestBatch(fact);
    if (batch < LARGE_BATCH) return;
    if (trainingDomain(fact.program) === "variational") return;
    for (const term of fact.terms.filter(isPenalty)) {
      const lambda = lambdaOf(term, fact);
      if (lambda === undefined || lambda <= 0 || lambda > SMALL_LAMBDA) continue;
      yield {
        span: summed.node.span,
        message: `This loss is a sum over ${batch} samples: beside it λ = ${lambda} is as weak as ${Number((lambda / batch).toPrecision(2))} beside a mean.`,
        related: [{ span: term.written.span, message: "The penalty." }],
        fixes: meanReductionFix(summed, "Take the mean over the batch", fact.program),
      };
      return;
    }
  },
});

/** The product of the coefficients, where all are numbers. */
function lambdaOf({ factors, divisors }: Term, { program }: ObjectiveFact): number | undefined {
  const values = factors.map((factor) => constantNumber(factor, program));
  const below = divisors.map((divisor) => constantNumber(divisor, program));
  if (values.length === 0 || [...values, ...below].includes(undefined)) return undefined;
  const product = (numbers: readonly (number | undefined)[]) =>
    numbers.reduce<number>((total, value) => total * (value ?? 1), 1);
  return product(values) / product(below);
}

const batches = new WeakMap<PythonProgram, number>();

/** Of the whole document; asked for by each of its objectives. */
function largestBatch({ program }: ObjectiveFact): number {
  const batch = batches.get(program) ?? batchOf(program);
  batches.set(program, batch);
  return batch;
}

function batchOf(program: PythonProgram): number {
  const sizes = programIndex(program).calls.flatMap(({ call }) => {
    const argument = argumentOf(call, "batch_size");
    return argument === undefined ? [] : (constantNumber(argument.value, program) ?? []);
  });
  return Math.min(...(sizes.length === 0 ? [0] : sizes));
}
