import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ObjectiveFact } from "../../facts/objective.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import { mayPenalise } from "../../semantics/penalty-signs.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { type ZeroCount, zeroCounts } from "../../semantics/zero-counts.ts";
import type { Expression } from "../../syntax/python/ast.ts";

/** What makes weights exactly zero after all. */
const ZEROING =
  /^(?:prox\w*|shrink\w*|soft|softshrink|hardshrink|threshold\w*|prune\w*|pruning|fista|ista|mask\w*|clamp|clip|relu|zero)$/;

export const l1ExpectsExactZeros = defineRule({
  code: "NL507",
  name: "l1-expects-exact-zeros",
  family: "optimizer",
  severity: "information",
  preview: true,
  mentions: [
    ["abs", "l1", "norm"],
    ["== 0", "==0", "count_nonzero", "!= 0", "!=0"],
    ["backward", "gradient", "grad"],
    mayPenalise,
  ],
  on: "objective",
  docs: {
    language: "python",
    what: "Notes code that counts weights which are exactly zero after training with an L1 penalty by gradient descent.",
    why: "A gradient step with an L1 term moves a weight by lr · λ towards zero and past it; it swings around zero and almost never stops there. The count of exact zeros is about 0 however sparse the model has become; only a proximal step, or a threshold, makes zeros.",
    bad: [
      "import torch",
      "",
      "for x, y in loader:",
      "    loss = torch.nn.functional.mse_loss(net(x), y) + 1e-3 * net.fc.weight.abs().sum()",
      "    loss.backward()",
      "    opt.step()",
      "print((net.fc.weight == 0).float().mean())",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "",
      "for x, y in loader:",
      "    loss = torch.nn.functional.mse_loss(net(x), y) + 1e-3 * net.fc.weight.abs().sum()",
      "    loss.backward()",
      "    opt.step()",
      "print((net.fc.weight.abs() < 1e-3).float().mean())",
      "",
    ].join("\n"),
    limits:
      "Speaks where weights of the same model are penalised and counted in one document. Silent where anything speaks of a proximal step, a threshold, a mask or pruning.",
    references: [
      "Parikh & Boyd 2014, Proximal Algorithms, Foundations and Trends in Optimization 1(3), section 4.2",
    ],
  },

  *check(objective, { facts, document }) {
    const isFirst = facts("objective").find(hasL1) === objective;
    if (!isFirst || makesZeros(objective)) return;
    const { program } = objective;
    const penalised = penalisedRoots(objective, document.text);
    for (const count of zeroCounts(program)) {
      const root = rootOf(count.array, document.text);
      if (!penalised.has(root)) continue;
      yield {
        span: count.span,
        message: `The L1 penalty is trained by gradient steps, which hardly ever leave a weight at exactly 0: this counts about none.`,
        fixes: fixesOf(count, document.text),
      };
    }
  },
});

const hasL1 = ({ terms, sink }: ObjectiveFact) =>
  sink !== "none" &&
  terms.some(({ content }) => content.kind === "penalty" && content.norm.kind === "l1");

function makesZeros({ program }: ObjectiveFact): boolean {
  const { calls, names, statements } = programIndex(program);
  const ids = [
    ...calls.flatMap(({ name }) => name ?? []),
    ...names.map(({ node }) => node.id),
    ...statements.flatMap(({ statement }) =>
      statement.kind === "function" || statement.kind === "class" ? [statement.name] : [],
    ),
  ];
  return ids.some((id) => wordsOf(id).some((word) => ZEROING.test(word)));
}

/** Names that the penalised weights start with: `net` of `net.fc.weight`. */
function penalisedRoots({ terms }: ObjectiveFact, text: string): ReadonlySet<string> {
  const weights = terms.flatMap(({ content }) =>
    content.kind === "penalty" && content.norm.kind === "l1" ? content.norm.weights : [],
  );
  return new Set(weights.map(({ node }) => rootOf(node, text)));
}

function rootOf(node: Expression, text: string): string {
  if (node.kind === "attribute" && !(node.value.kind === "name" && node.value.id === "self")) {
    return rootOf(node.value, text);
  }
  if (node.kind === "subscript") return rootOf(node.value, text);
  if (node.kind === "call" && node.callee.kind === "attribute") {
    return rootOf(node.callee.value, text);
  }
  return text.slice(node.span.start, node.span.end);
}

function fixesOf({ comparison, array, isTensor }: ZeroCount, text: string): Fix[] {
  if (comparison === undefined || !isTensor) return [];
  const written = text.slice(array.span.start, array.span.end);
  const newText = `${written}.abs() ${comparison.operator === "==" ? "<" : ">="} 1e-3`;
  return [
    {
      title: "Count what is smaller than 1e-3",
      safety: "suggestion",
      edits: [{ span: comparison.span, newText }],
    },
  ];
}
