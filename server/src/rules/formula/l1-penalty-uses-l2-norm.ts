import { defineRule, type Fix, type RuleContext } from "../../engine/rule.ts";
import type { PenaltyFact } from "../../facts/penalty.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import { appendArgument } from "../../semantics/insertions.ts";
import { lastName } from "../../semantics/program-index.ts";
import { operationCall } from "../../semantics/tensor-operations.ts";
import { normInName } from "../../semantics/training-names.ts";
import { sourceOf } from "../../syntax/python/source-of.ts";

export const l1PenaltyUsesL2Norm = defineRule({
  code: "NL301",
  name: "l1-penalty-uses-l2-norm",
  family: "formula",
  severity: "error",
  preview: false,
  mentions: [
    ["\bl1", "_l1", "l1_", "lasso"],
    ["norm", "sum", "square", "pow", "**", "@", "dot", "l2_loss"],
  ],
  on: "penalty",
  docs: {
    what: "Finds an L1 penalty, by its name, that computes the 2-norm or its square: `norm` without an order is the 2-norm in NumPy, PyTorch, TensorFlow and JAX.",
    why: "The 2-norm pulls every weight by an amount proportional to it, so small weights stay small and none becomes zero: the sparsity that L1 is chosen for never comes, and λ has another scale.",
    bad: [
      "import numpy as np",
      "",
      "def objective(w, X, y, alpha):",
      "    l1 = alpha * np.linalg.norm(w)",
      "    return ((X @ w - y) ** 2).mean() + l1",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def objective(w, X, y, alpha):",
      "    l1 = alpha * np.abs(w).sum()",
      "    return ((X @ w - y) ** 2).mean() + l1",
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
        "    const l1Penalty = w.square().sum();",
        "    return loss.add(l1Penalty.mul(lambda));",
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
        "    const l1Penalty = w.abs().sum();",
        "    return loss.add(l1Penalty.mul(lambda));",
        "  });",
        "",
      ].join("\n"),
    },
    language: "python",
    limits:
      "Only names tell that L1 is meant: of the variable, of the function that returns the norm or of its class, of the coefficient. `l1` and `l2` may also be lengths of two vectors, so the short name alone is not enough without a coefficient. Norms of rows and columns are read as a group lasso and left alone.",
    references: [
      "https://numpy.org/doc/stable/reference/generated/numpy.linalg.norm.html",
      "Tibshirani 1996, Regression shrinkage and selection via the lasso, J. R. Stat. Soc. B 58, section 2",
    ],
  },

  *check(fact, context) {
    const { norm, program } = fact;
    if (norm.kind !== "l2" && norm.kind !== "l2squared") return;
    const name = nameOfFirst(fact) ?? coefficientOfFirst(fact, context);
    if (name === undefined || isLength(fact, context)) return;
    const what = norm.kind === "l2" ? "the 2-norm" : "a sum of squares";
    yield {
      span: norm.node.span,
      message: `\`${name}\` speaks of L1, but \`${sourceOf(norm.node, program.module)}\` is ${what}.`,
      fixes: fixesOf(fact),
    };
  },
});

function nameOfFirst({ names }: PenaltyFact): string | undefined {
  const name = names.find((id) => normInName(id) !== undefined);
  return name !== undefined && normInName(name) === "l1" ? name : undefined;
}

/** `l1_lambda`, by which the norm is scaled where it is written or where it is added. */
function coefficientOfFirst(fact: PenaltyFact, context: RuleContext): string | undefined {
  if (fact.names.some((id) => normInName(id) !== undefined)) return undefined;
  const added = context
    .facts("objective")
    .flatMap(({ terms }) => terms)
    .filter(({ content }) => content.kind === "penalty" && content.norm.node === fact.norm.node);
  const factors = [fact.term, ...added].flatMap((term) => term.factors);
  return factors
    .map((factor) => lastName(factor) ?? "")
    .find((id) => {
      const words = wordsOf(id);
      const isMixed = words.includes("l2") || words.includes("ratio");
      return (words.includes("l1") || words.includes("lasso")) && !isMixed;
    });
}

/** `l1` and `l2` for the lengths of two vectors, or of two layers. */
function isLength({ names, norm, term, site }: PenaltyFact, context: RuleContext): boolean {
  if (!names.every((id) => /^l1$/i.test(id)) || names.length === 0) return false;
  const isBare = norm.weights.every(({ evidence }) => evidence === "name");
  const owner = site.within.at(-1);
  const hasSibling = context
    .facts("penalty")
    .some(
      (other) =>
        other.names.some((id) => /^l[02-9]$/i.test(id)) &&
        other.norm.kind === norm.kind &&
        other.site.within.at(-1) === owner,
    );
  return hasSibling || (isBare && term.factors.length === 0);
}

/** Functions whose order 1 is Σ|w| for a matrix as well, by the keyword of the order. */
const ENTRYWISE: readonly (readonly [RegExp, "p" | "ord"])[] = [
  [/^torch\.norm$/, "p"],
  [/^(?:torch\.linalg\.vector_norm|tensorflow\.norm|tensorflow\.linalg\.norm)$/, "ord"],
];

function fixesOf({ norm, program }: PenaltyFact): readonly Fix[] {
  const call = norm.node;
  const operation = call.kind === "call" ? operationCall(call, program) : undefined;
  if (call.kind !== "call" || operation?.operation !== "norm") return [];
  const isDefault = call.arguments.length === operation.offset;
  if (!isDefault) return [];
  if (program.language === "javascript") {
    const edit = appendArgument(call, "1", program.module.text);
    return [{ title: "Take the 1-norm", safety: "safe", edits: [edit] }];
  }
  const qualifiedName = program.qualifiedName(call.callee);
  const keyword =
    operation.offset === 0
      ? "p"
      : ENTRYWISE.find(([pattern]) => pattern.test(qualifiedName ?? ""))?.[1];
  if (keyword !== undefined) {
    const edit = appendArgument(call, `${keyword}=1`, program.module.text);
    return [{ title: `Take the 1-norm: \`${keyword}=1\``, safety: "safe", edits: [edit] }];
  }
  const sum = sumOfAbsolutes(call.callee, sourceOf(operation.operand, program.module), program);
  const edits = [{ span: call.span, newText: sum ?? "" }];
  return sum === undefined ? [] : [{ title: "Sum the absolute values", safety: "safe", edits }];
}

/** `np.linalg.norm(w)` as `np.abs(w).sum()`: order 1 of a matrix would be a maximum. */
function sumOfAbsolutes(
  callee: Extract<PenaltyFact["norm"]["node"], { kind: "call" }>["callee"],
  operand: string,
  program: PenaltyFact["program"],
): string | undefined {
  const isPath = callee.kind === "attribute" && callee.value.kind === "attribute";
  if (!isPath || callee.value.attribute !== "linalg") return undefined;
  const library = sourceOf(callee.value.value, program.module);
  return `${library}.abs(${operand}).sum()`;
}
