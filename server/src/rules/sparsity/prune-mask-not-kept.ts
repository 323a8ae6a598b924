import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { modelOfParameters } from "../../facts/penalty-strength.ts";
import type { StepEvent, TrainingStepFact } from "../../facts/training-step.ts";
import type { WeightMaskFact } from "../../facts/weight-mask.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import { lastName, programIndex } from "../../semantics/program-index.ts";
import { isTestPath } from "../../semantics/training-setup.ts";
import type { Expression, NameExpression, Statement } from "../../syntax/python/ast.ts";

/** Words of what puts the zeros back, or keeps gradients from moving them. */
const KEEPING =
  /^(?:mask\w*|prun\w*|sparsif\w*|sparsity|project\w*|threshold\w*|hook|hooks|zero\w*out|reapply|freeze)$/;

export const pruneMaskNotKept = defineRule({
  code: "NL604",
  name: "prune-mask-not-kept",
  family: "sparsity",
  severity: "warning",
  preview: true,
  mentions: [["abs"], ["step"], ["backward"], [".data", ".weight"]],
  on: "weightMask",
  docs: {
    language: "python",
    what: "Finds weights that are set to zero in place although an optimizer step follows that gives them values again.",
    why: "A pruned weight still has a gradient, and momentum. The next `step()` moves it away from zero, so after one step the model is as dense as before, only worse. The mask must be kept and applied after every step.",
    bad: [
      "import torch",
      "",
      "w.data[w.abs() < t] = 0",
      "for x, y in loader:",
      "    loss = torch.nn.functional.mse_loss(x @ w, y)",
      "    loss.backward()",
      "    opt.step()",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "",
      "mask = (w.abs() >= t).float()",
      "for x, y in loader:",
      "    loss = torch.nn.functional.mse_loss(x @ w, y)",
      "    loss.backward()",
      "    opt.step()",
      "    w.data.mul_(mask)",
      "",
    ].join("\n"),
    limits:
      "Looks at one function or script. Silent where anything after the step speaks of a mask, of pruning or of a threshold, where hooks hold gradients back, where torch's own pruning is used, and where the optimizer is known to train another model. After a final pruning without more steps nothing is lost.",
    references: ["Han, Pool, Tran & Dally 2015, arXiv:1506.02626, section 3.1"],
  },

  *check(fact, context) {
    if (!fact.isZero || fact.replaced !== "small" || isTestPath(context.document.path)) return;
    if (!isParameter(fact) || isKeptElsewhere(fact)) return;
    const step = laterStep(fact, context);
    if (step === undefined) return;
    const { text } = context.document;
    const array = text.slice(fact.condition.array.span.start, fact.condition.array.span.end);
    const call = text.slice(step.call.span.start, step.call.span.end);
    yield {
      span: fact.statement.span,
      message: `These zeros do not last: \`${call}\` moves the small entries of \`${array}\` away from zero again.`,
      related: [{ span: step.call.span, message: "The weights get new values here." }],
    };
  },
});

/** Written into in place, as only parameters of a network are. */
function isParameter({ statement, program }: WeightMaskFact): boolean {
  const { text } = program.module;
  const target =
    statement.kind === "assign"
      ? statement.targets[0]
      : statement.kind === "augmented"
        ? statement.target
        : statement.kind === "expression"
          ? statement.value
          : undefined;
  if (target === undefined || target.kind === "name") return false;
  return /\.(?:data|weight)\b/.test(text.slice(target.span.start, target.span.end));
}

function isKeptElsewhere({ program }: WeightMaskFact): boolean {
  return programIndex(program).calls.some(
    ({ qualifiedName, name }) =>
      qualifiedName?.startsWith("torch.nn.utils.prune.") === true ||
      (name?.startsWith("register_") === true && name.endsWith("hook")),
  );
}

/** The step that undoes the zeros: later in the same round, or in a loop that comes afterwards. */
function laterStep(fact: WeightMaskFact, { facts }: RuleContext): StepEvent | undefined {
  const { statement } = fact;
  for (const round of facts("trainingStep")) {
    const step = round.events.find(({ action }) => action === "step");
    const hasBackward = round.events.some(({ action }) => action === "backward");
    if (step === undefined || !hasBackward || !isSameFunction(statement, round)) continue;
    const isInside = round.loop === undefined || isIn(statement, round.loop);
    const isBefore = statement.span.end <= step.call.span.start;
    const isLeft = isInside || statement.span.end <= (round.loop?.span.start ?? 0);
    if (!isBefore || !isLeft || isOfOther(fact, step)) continue;
    if (!isAppliedAfter(step, round, fact)) return step;
  }
  return undefined;
}

const isIn = (inner: Statement, outer: Statement) =>
  inner.span.start >= outer.span.start && inner.span.end <= outer.span.end;

function isSameFunction(statement: Statement, round: TrainingStepFact): boolean {
  const site = programIndex(round.program).statements.find(
    (other) => other.statement === statement,
  );
  const owner = site?.within.findLast((scope) => scope.kind === "function");
  return owner === round.function;
}

/** True where names after the step, in the same function, speak of keeping zeros. */
function isAppliedAfter(step: StepEvent, round: TrainingStepFact, fact: WeightMaskFact): boolean {
  const { program } = fact;
  const end = round.loop?.span.end ?? round.function?.span.end ?? program.module.text.length;
  const isAfter = ({ span }: Expression) => span.start >= step.call.span.end && span.end <= end;
  const { calls, names } = programIndex(program);
  const used = [
    ...calls.flatMap(({ call, name }) => (name !== undefined && isAfter(call) ? [name] : [])),
    ...names.flatMap(({ node }) => (isAfter(node) ? [node.id] : [])),
  ];
  const isAgain = isAfter(fact.condition.comparison);
  return isAgain || used.some((id) => wordsOf(id).some((word) => KEEPING.test(word)));
}

/** True where the optimizer is built in sight, for a model that the array does not belong to. */
function isOfOther({ condition, program }: WeightMaskFact, { subject }: StepEvent): boolean {
  const definition = subject?.kind === "name" ? program.definition(subject) : undefined;
  const built = definition?.kind === "assigned" ? definition.value : undefined;
  const model = built?.kind === "call" ? modelOfParameters(built.arguments[0]?.value) : undefined;
  const trained = model && rootName(model);
  const array = rootName(condition.array);
  if (trained === undefined || array === undefined) return false;
  const source = program.definition(array);
  const owner = source?.kind === "iterated" ? rootName(source.iterable) : array;
  return owner !== undefined && owner.id !== trained.id;
}

function rootName(node: Expression): NameExpression | undefined {
  switch (node.kind) {
    case "name":
      return node;
    case "attribute":
    case "subscript":
      return rootName(node.value);
    case "call":
      return lastName(node.callee) === "enumerate" ? undefined : rootName(node.callee);
    default:
      return undefined;
  }
}
