import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ObjectiveFact } from "../../facts/objective.ts";
import type { PenaltyFact } from "../../facts/penalty.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import { lastName, programIndex, type Site } from "../../semantics/program-index.ts";
import { statementTree } from "../../semantics/statement-tree.ts";
import { isScalar } from "../../semantics/term-arithmetic.ts";
import { normInName } from "../../semantics/training-names.ts";
import type { NameExpression } from "../../syntax/python/ast.ts";
import { sourceOf } from "../../syntax/python/source-of.ts";
import { expressionsIn, ownExpressions } from "../../syntax/python/walk.ts";

export const penaltyComputedButUnused = defineRule({
  code: "NL106",
  name: "penalty-computed-but-unused",
  family: "missing",
  severity: "warning",
  preview: false,
  mentions: [
    ["norm", "sum", "mean", "dot", "@", "inner", "matmul", "\bmm\b", "reduce", "l2_loss"],
    [
      "\bl1",
      "\bl2",
      "_l1",
      "_l2",
      "reg",
      "penalt",
      "lasso",
      "ridge",
      "lam",
      "decay",
      "alpha",
      "beta",
      "coef",
      "wd",
    ],
    ["backward", "gradient", "grad", "loss", "minimize"],
  ],
  on: "penalty",
  docs: {
    what: "Finds a penalty that is computed and given a name, but never reaches the loss that is minimised.",
    why: "The training goes on exactly as without it, whatever λ is; whoever reads the code believes that the model is regularized.",
    bad: [
      "import torch.nn.functional as F",
      "",
      "def step(net, x, y, lam):",
      "    reg = lam * sum(p.pow(2).sum() for p in net.parameters())",
      "    loss = F.cross_entropy(net(x), y)",
      "    loss.backward()",
      "",
    ].join("\n"),
    good: [
      "import torch.nn.functional as F",
      "",
      "def step(net, x, y, lam):",
      "    reg = lam * sum(p.pow(2).sum() for p in net.parameters())",
      "    loss = F.cross_entropy(net(x), y) + reg",
      "    loss.backward()",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "A norm that is only watched is left alone: its name says norm, metric or log, it has no coefficient, or it is passed to a function other than one that logs.",
    references: ["Goodfellow, Bengio & Courville 2016, Deep Learning, section 7.1, equation (7.1)"],
  },

  *check(fact, context) {
    const { target } = fact;
    if (target === undefined || !isMeantAsPenalty(target, fact)) return;
    if (!isFirst(fact, context.facts("penalty"))) return;
    const objective = context
      .facts("objective")
      .find((other) => isTrainedAfter(fact, other) && other.sink !== "none");
    if (objective === undefined || isUsed(target, fact)) return;
    yield {
      span: target.span,
      message: `\`${target.id}\` is computed but never added to \`${sourceOf(objective.root, fact.program.module)}\`, which is what is minimised.`,
      related: [{ span: objective.root.span, message: "This is minimised." }],
      fixes: fixesOf(target, objective),
    };
  },
});

const WATCHED = new Set("norm norms metric metrics log logs stat stats history total".split(" "));

function isMeantAsPenalty({ id }: NameExpression, { term, norm }: PenaltyFact): boolean {
  if (norm.kind === "other" || wordsOf(id).some((word) => WATCHED.has(word))) return false;
  if (normInName(id) !== undefined) return true;
  // λ in front of a signed sum is as often a step of something else.
  return norm.kind !== "signed" && term.factors.some(isScalar) && norm.weights.some(isOfModel);
}

const isOfModel = ({ evidence }: { readonly evidence: string }) => evidence === "parameters";

/** Several statements may add to one penalty; the first one speaks for all. */
function isFirst({ target, site, program }: PenaltyFact, all: readonly PenaltyFact[]): boolean {
  const tree = statementTree(program);
  const scope = tree.scopeOf(site.statement);
  const same = all.filter(
    (other) => other.target?.id === target?.id && tree.scopeOf(other.site.statement) === scope,
  );
  return same[0]?.target === target;
}

function isTrainedAfter({ site, program }: PenaltyFact, objective: ObjectiveFact): boolean {
  const tree = statementTree(program);
  return (
    tree.scopeOf(objective.site.statement) === tree.scopeOf(site.statement) &&
    objective.root.span.start > site.statement.span.end
  );
}

/** True where the value goes anywhere but into a log. */
function isUsed(target: NameExpression, { site, program }: PenaltyFact): boolean {
  const { names, calls } = programIndex(program);
  const scope = site.within.at(-1);
  // `net.eval()` evaluates no text.
  const readsAll = calls.some(
    ({ call: { callee } }) =>
      callee.kind === "name" && /^(?:locals|vars|globals|eval|exec)$/.test(callee.id),
  );
  return (
    readsAll ||
    names.some(
      ({ node, site: use }) =>
        node.id === target.id &&
        (scope === undefined || use.within.includes(scope)) &&
        !isOwn(node, use) &&
        !isLogged(node, use),
    )
  );
}

/** `reg = …`, and `reg = reg + …`, which only feed the name itself. */
function isOwn({ id }: NameExpression, { statement }: Site): boolean {
  if (statement.kind === "augmented") {
    return statement.target.kind === "name" && statement.target.id === id;
  }
  return (
    statement.kind === "assign" &&
    statement.targets.length === 1 &&
    statement.targets.every((other) => other.kind === "name" && other.id === id)
  );
}

const LOGS = new Set(
  "print log info debug warning add_scalar add_scalars log_metric log_metrics log_dict scalar set_postfix set_description write report".split(
    " ",
  ),
);

function isLogged(node: NameExpression, { statement }: Site): boolean {
  if (statement.kind !== "expression") return false;
  return ownExpressions(statement).some((root) =>
    [...expressionsIn(root)].some(
      (call) =>
        call.kind === "call" &&
        LOGS.has(lastName(call.callee) ?? "") &&
        call.span.start <= node.span.start &&
        call.span.end >= node.span.end,
    ),
  );
}

function fixesOf({ id }: NameExpression, { root, sink }: ObjectiveFact): readonly Fix[] {
  const { start, end } = root.span;
  // What stands before a dot needs parentheses; what is given to a call or returned does not.
  const isReceiver = sink === "backward" && root.kind === "name";
  const edits = isReceiver
    ? [
        { span: { start, end: start }, newText: "(" },
        { span: { start: end, end }, newText: ` + ${id})` },
      ]
    : [{ span: { start: end, end }, newText: ` + ${id}` }];
  const isPlain = root.kind === "name" || root.kind === "binary" || root.kind === "call";
  return isPlain ? [{ title: `Add \`${id}\` to the loss`, safety: "unsafe", edits }] : [];
}
