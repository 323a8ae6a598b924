import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ObjectiveFact } from "../../facts/objective.ts";
import { constantNumber } from "../../semantics/call-arguments.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import { mayPenalise } from "../../semantics/penalty-signs.ts";
import { lastName, programIndex } from "../../semantics/program-index.ts";
import { isPenalty, type Term } from "../../semantics/training-term.ts";
import type { Expression } from "../../syntax/python/ast.ts";
import { sourceOf } from "../../syntax/python/source-of.ts";
import { expressionsIn } from "../../syntax/python/walk.ts";

export const penaltyPerMicrobatch = defineRule({
  code: "NL206",
  name: "penalty-per-microbatch",
  family: "scale",
  severity: "warning",
  preview: false,
  mentions: [
    ["backward"],
    ["accum", "%"],
    ["norm", "sum", "mean", "dot", "@", "l1", "l2", "reg", "penalt", "decay", "lasso", "ridge"],
    mayPenalise,
  ],
  on: "objective",
  docs: {
    what: "Finds a loop that accumulates gradients and divides the data loss by the number of micro-batches, but not the penalty.",
    why: "The gradients of all micro-batches are added before the step: the divided losses give their mean, the penalty comes k times. The effective λ is k·λ, and changes with k.",
    bad: [
      "import torch.nn.functional as F",
      "",
      "def train(net, loader, opt, lam, accum):",
      "    for i, (x, y) in enumerate(loader):",
      "        l2 = sum(p.pow(2).sum() for p in net.parameters())",
      "        loss = F.cross_entropy(net(x), y) / accum + lam * l2",
      "        loss.backward()",
      "        if (i + 1) % accum == 0:",
      "            opt.step()",
      "            opt.zero_grad()",
      "",
    ].join("\n"),
    good: [
      "import torch.nn.functional as F",
      "",
      "def train(net, loader, opt, lam, accum):",
      "    for i, (x, y) in enumerate(loader):",
      "        l2 = sum(p.pow(2).sum() for p in net.parameters())",
      "        loss = (F.cross_entropy(net(x), y) + lam * l2) / accum",
      "        loss.backward()",
      "        if (i + 1) % accum == 0:",
      "            opt.step()",
      "            opt.zero_grad()",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "The divisor is taken for the number of micro-batches where its name says so or where the step waits for a multiple of it. A penalty that is added in some of the rounds only is left alone.",
    references: [
      "https://docs.pytorch.org/docs/stable/notes/amp_examples.html#gradient-accumulation",
    ],
  },

  *check(fact) {
    if (fact.sink !== "backward") return;
    const divisor = accumulation(fact);
    if (divisor === undefined) return;
    const { module } = fact.program;
    const name = sourceOf(divisor, module);
    for (const term of fact.terms.filter(isPenalty)) {
      if (term.isConditional || isScaledBy(term, lastName(divisor) ?? name)) continue;
      yield {
        span: term.written.span,
        message: `The data loss is divided by \`${name}\`, this penalty is not: over ${name} micro-batches it is added as many times.`,
        related: [{ span: divisor.span, message: "Only the data loss is divided by this." }],
        fixes: fixesOf(term, name, fact),
      };
    }
  },
});

/** What every data term is divided by, if it counts micro-batches. */
function accumulation({ terms, program }: ObjectiveFact): Expression | undefined {
  const data = terms.filter(({ content }) => content.kind !== "penalty");
  const [first, ...others] = data;
  const divisor = first?.divisors.find((node) => {
    const id = lastName(node);
    if (id === undefined || constantNumber(node, program) === 1) return false;
    return wordsOf(id).some((word) => word.startsWith("accum")) || isPeriod(id, program);
  });
  const name = divisor && lastName(divisor);
  const isShared = others.every(({ divisors }) => divisors.some((node) => lastName(node) === name));
  return isShared ? divisor : undefined;
}

/** `if (i + 1) % k == 0: optimizer.step()`. */
function isPeriod(id: string, program: ObjectiveFact["program"]): boolean {
  const { calls, statements } = programIndex(program);
  const steps = calls.filter(({ name }) => name === "step");
  return statements.some(({ statement }) => {
    if (statement.kind !== "if") return false;
    const { span } = statement;
    const holdsStep = steps.some(
      ({ call }) => call.span.start > span.start && call.span.end <= span.end,
    );
    return (
      holdsStep &&
      [...expressionsIn(statement.test)].some(
        (node) => node.kind === "binary" && node.operator === "%" && lastName(node.right) === id,
      )
    );
  });
}

/** True where the coefficient of the penalty already reads the number of micro-batches. */
function isScaledBy({ factors, divisors }: Term, id: string): boolean {
  return [...factors, ...divisors].some((root) =>
    [...expressionsIn(root)].some((part) => lastName(part) === id),
  );
}

function fixesOf(term: Term, name: string, { terms }: ObjectiveFact): readonly Fix[] {
  const data = terms.find(({ content }) => content.kind === "data");
  const isHere = data?.statement !== undefined && data.statement === term.statement;
  const isProduct =
    ["call", "name", "attribute"].includes(term.written.kind) || isTight(term.written);
  if (!isHere || !isProduct) return [];
  const { end } = term.written.span;
  const edits = [{ span: { start: end, end }, newText: ` / ${name}` }];
  return [{ title: `Divide the penalty by \`${name}\` as well`, safety: "unsafe", edits }];
}

const isTight = (node: Expression): boolean =>
  node.kind === "binary" && (node.operator === "*" || node.operator === "/");
