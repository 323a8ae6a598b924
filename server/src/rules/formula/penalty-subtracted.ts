import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ObjectiveFact } from "../../facts/objective.ts";
import { constantNumber } from "../../semantics/call-arguments.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import { mayPenalise } from "../../semantics/penalty-signs.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { trainingDomain } from "../../semantics/training-domain.ts";
import { isPenalty, type NormKind, type Term } from "../../semantics/training-term.ts";
import { sourceOf } from "../../syntax/python/source-of.ts";
import { expressionsIn, ownExpressions } from "../../syntax/python/walk.ts";

export const penaltySubtracted = defineRule({
  code: "NL305",
  name: "penalty-subtracted",
  family: "formula",
  severity: "error",
  preview: false,
  mentions: [
    ["loss", "cost", "objective", "criterion", "mse", "entropy", "backward", "error", "risk"],
    ["norm", "sum", "dot", "@", "l1", "l2", "lasso", "ridge"],
    mayPenalise,
  ],
  on: "objective",
  docs: {
    what: "Finds a loss from which a norm of the weights is subtracted although the loss is minimised.",
    why: "Minimising data − λ‖w‖ rewards large weights: they grow until the data term stops them, or without end. It is the opposite of regularization and gets worse with larger λ.",
    bad: [
      "import torch.nn.functional as F",
      "",
      "def step(net, x, y, lam):",
      "    l2 = sum(p.pow(2).sum() for p in net.parameters())",
      "    loss = F.cross_entropy(net(x), y) - lam * l2",
      "    loss.backward()",
      "",
    ].join("\n"),
    good: [
      "import torch.nn.functional as F",
      "",
      "def step(net, x, y, lam):",
      "    l2 = sum(p.pow(2).sum() for p in net.parameters())",
      "    loss = F.cross_entropy(net(x), y) + lam * l2",
      "    loss.backward()",
      "",
    ].join("\n"),
    javascript: {
      bad: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const w = tf.variable(tf.randomNormal([64, 1]));",
        "const step = (x, y, lambda, optimizer) =>",
        "  optimizer.minimize(() => {",
        "    const loss = tf.losses.meanSquaredError(y, x.matMul(w));",
        "    return loss.sub(w.square().sum().mul(lambda));",
        "  });",
        "",
      ].join("\n"),
      good: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const w = tf.variable(tf.randomNormal([64, 1]));",
        "const step = (x, y, lambda, optimizer) =>",
        "  optimizer.minimize(() => {",
        "    const loss = tf.losses.meanSquaredError(y, x.matMul(w));",
        "    return loss.add(w.square().sum().mul(lambda));",
        "  });",
        "",
      ].join("\n"),
    },
    language: "python",
    limits:
      "Objectives that are maximised are left alone: negated losses, `maximize=True`, names that speak of a reward, a likelihood or a bound. A coefficient that is a negative number is taken as meant.",
    references: ["Goodfellow, Bengio & Courville 2016, Deep Learning, section 7.1, equation (7.1)"],
  },

  *check(fact) {
    const { terms, program } = fact;
    if (!terms.some(({ content, sign }) => content.kind === "data" && sign === 1)) return;
    if (terms.some(({ content, sign }) => content.kind === "data" && sign === -1)) return;
    for (const term of terms.filter(isPenalty)) {
      const { norm } = term.content;
      // A name alone may as well stand for a distance that is to grow.
      const isTold = norm.source === "computed" || norm.node.kind === "call";
      const isSubtracted = term.sign === -1 && NORMS.has(norm.kind) && isTold;
      if (!isSubtracted || isNegative(term, fact)) continue;
      if (isMaximised(fact)) return;
      yield {
        span: term.written.span,
        message: `The loss is minimised, so subtracting \`${sourceOf(term.written, program.module)}\` rewards large weights.`,
        fixes: fixesOf(term, fact),
      };
    }
  },
});

const NORMS: ReadonlySet<NormKind> = new Set(["l1", "l2", "l2squared", "group"]);

const isNegative = ({ factors, divisors }: Term, { program }: ObjectiveFact): boolean =>
  [...factors, ...divisors].some((factor) => (constantNumber(factor, program) ?? 1) < 0);

const MAXIMISED = new Set(
  "reward rewards return returns elbo likelihood loglik utility gain score ascent maximize maximise".split(
    " ",
  ),
);

function isMaximised({ name, site, program }: ObjectiveFact): boolean {
  const names = [name ?? "", ...site.within.map((scope) => scope.name)];
  const isNamed = names.flatMap(wordsOf).some((word) => MAXIMISED.has(word));
  const asksFor = programIndex(program).calls.some(({ call }) =>
    call.arguments.some((argument) => argument.name === "maximize"),
  );
  const domain = trainingDomain(program);
  return (
    isNamed ||
    asksFor ||
    domain === "adversarial" ||
    domain === "reinforcement learning" ||
    isNegatedLater(name, program)
  );
}

/** `-loss` somewhere: what is called a loss is an objective to be maximised. */
function isNegatedLater(name: string | undefined, program: ObjectiveFact["program"]): boolean {
  return programIndex(program).statements.some(({ statement }) =>
    ownExpressions(statement)
      .flatMap((root) => [...expressionsIn(root)])
      .some(
        (node) =>
          node.kind === "unary" &&
          node.operator === "-" &&
          [...expressionsIn(node.operand)].some((part) => part.kind === "name" && part.id === name),
      ),
  );
}

/** The minus that stands right before the term. */
function fixesOf(term: Term, { program }: ObjectiveFact): readonly Fix[] {
  const { statement } = term;
  if (statement === undefined) return [];
  const { start } = term.written.span;
  const own = ownExpressions(statement).flatMap((root) => [...expressionsIn(root)]);
  const minus = own.find(
    (node) => node.kind === "binary" && node.operator === "-" && holds(node.right, start),
  );
  const span =
    minus?.kind === "binary"
      ? minus.operatorSpan
      : statement.kind === "augmented" && statement.operator === "-"
        ? statement.operatorSpan
        : undefined;
  const method = own.find(
    (node) =>
      node.kind === "call" &&
      node.callee.kind === "attribute" &&
      /^sub(?:tract)?$/.test(node.callee.attribute) &&
      node.arguments.at(-1)?.span.start === start,
  );
  if (method?.kind === "call" && method.callee.kind === "attribute") {
    const edits = [{ span: method.callee.attributeSpan, newText: "add" }];
    return [{ title: "Add the penalty", safety: "unsafe", edits }];
  }
  if (span === undefined) return [];
  const newText = sourceOf({ span }, program.module).replace("-", "+");
  return [{ title: "Add the penalty", safety: "unsafe", edits: [{ span, newText }] }];
}

const holds = ({ span }: { readonly span: { readonly start: number } }, start: number): boolean =>
  span.start === start;
