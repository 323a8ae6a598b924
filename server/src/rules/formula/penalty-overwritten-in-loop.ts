import { defineRule, type Fix } from "../../engine/rule.ts";
import type { PenaltyFact } from "../../facts/penalty.ts";
import { constantNumber } from "../../semantics/call-arguments.ts";
import { indentOf } from "../../semantics/dropout-edits.ts";
import { lastEvent } from "../../semantics/name-events.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { statementTree } from "../../semantics/statement-tree.ts";
import type { Expression, NameExpression, Statement } from "../../syntax/python/ast.ts";
import { expressionsIn, statementsIn } from "../../syntax/python/walk.ts";

export const penaltyOverwrittenInLoop = defineRule({
  code: "NL308",
  name: "penalty-overwritten-in-loop",
  family: "formula",
  severity: "error",
  preview: false,
  mentions: [
    ["norm", "sum", "mean", "dot", "@", "inner", "matmul", "\bmm\b", "reduce", "l2_loss"],
    ["for "],
  ],
  on: "penalty",
  docs: {
    what: "Finds a loop over parameters or layers that assigns the norm of each to the same name and uses the name after the loop.",
    why: "Every round throws away the round before: only the last tensor is penalised, which in most models is the bias of the last layer.",
    bad: [
      "import torch.nn.functional as F",
      "",
      "def step(net, x, y, lam):",
      "    l2 = 0",
      "    for p in net.parameters():",
      "        l2 = p.pow(2).sum()",
      "    loss = F.cross_entropy(net(x), y) + lam * l2",
      "    loss.backward()",
      "",
    ].join("\n"),
    good: [
      "import torch.nn.functional as F",
      "",
      "def step(net, x, y, lam):",
      "    l2 = 0",
      "    for p in net.parameters():",
      "        l2 = l2 + p.pow(2).sum()",
      "    loss = F.cross_entropy(net(x), y) + lam * l2",
      "    loss.backward()",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "Loops that stop early or choose one parameter by an equation are left alone, as is a name that the loop itself reads, for example to log it.",
    references: ["https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html"],
  },

  *check(fact) {
    const { target, loop, site } = fact;
    if (target === undefined || loop === undefined || site.statement.kind !== "assign") return;
    if (isChosen(fact) || !isReadOnlyAfter(target, fact)) return;
    yield {
      span: target.span,
      message: `\`${target.id}\` is assigned anew in every round, so only the last tensor of the loop is penalised.`,
      related: [{ span: loop.iterable.span, message: "The loop goes over these." }],
      fixes: fixesOf(target, site.statement, fact),
    };
  },
});

/** True where the loop ends early, or a condition picks one tensor. */
function isChosen({ loop, site, program }: PenaltyFact): boolean {
  const around = statementTree(program).around(site.statement);
  const picks = around.some(
    (outer) =>
      outer.kind === "if" &&
      loop !== undefined &&
      statementTree(program).isIn(outer, loop) &&
      [...expressionsIn(outer.test)].some(
        (node) =>
          node.kind === "compare" && node.comparisons.some(({ operator }) => operator === "=="),
      ),
  );
  const ends = [...statementsIn(loop?.body ?? [])].some(
    (statement) =>
      statement.kind === "return" || (statement.kind === "other" && statement.keyword === "break"),
  );
  return picks || ends;
}

function isReadOnlyAfter(target: NameExpression, { loop, site, program }: PenaltyFact): boolean {
  if (loop === undefined) return false;
  const tree = statementTree(program);
  const scope = tree.scopeOf(site.statement);
  const uses = programIndex(program).names.filter(
    ({ node, site: use }) =>
      node.id === target.id && node !== target && !isBound(node, use.statement),
  );
  const own = uses.filter(({ site: use }) => tree.scopeOf(use.statement) === scope);
  const isInside = own.some(({ site: use }) => tree.isIn(use.statement, loop));
  return !isInside && own.some(({ node }) => node.span.start > loop.span.end && comesFrom(node));

  /** True where the value of the loop is what the use reads. */
  function comesFrom(node: NameExpression): boolean {
    const use = own.find((item) => item.node === node)?.site.statement;
    return use !== undefined && lastEvent(target.id, use, program)?.statement === site.statement;
  }
}

const isBound = (node: Expression, statement: Statement): boolean =>
  statement.kind === "assign" && statement.targets.includes(node);

/** Words of expressions that bind looser than `+`. */
const LOOSE: ReadonlySet<Expression["kind"]> = new Set([
  "conditional",
  "boolean",
  "compare",
  "lambda",
  "named",
]);

function fixesOf(
  { id }: NameExpression,
  { value }: Extract<Statement, { kind: "assign" }>,
  { loop, program }: PenaltyFact,
): readonly Fix[] {
  if (value === undefined || loop === undefined || LOOSE.has(value.kind)) return [];
  const { start } = value.span;
  const sum = { span: { start, end: start }, newText: `${id} + ` };
  const before = lastEvent(id, loop, program)?.statement;
  const isZero =
    before?.kind === "assign" &&
    before.value !== undefined &&
    constantNumber(innermost(before.value), program) === 0;
  const title = "Add up the norms of all rounds";
  if (isZero) return [{ title, safety: "safe", edits: [sum] }];
  const indent = indentOf(loop.span.start, program);
  if (indent === undefined) return [];
  const at = { start: loop.span.start, end: loop.span.start };
  const edits = [{ span: at, newText: `${id} = 0\n${indent}` }, sum];
  return [{ title, safety: "unsafe", edits }];
}

/** The number in `torch.tensor(0.0)`. */
function innermost(node: Expression): Expression {
  return node.kind === "call" ? (node.arguments[0]?.value ?? node) : node;
}
