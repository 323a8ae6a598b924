import type { OptimizerFact } from "../facts/optimizer.ts";
import type { Expression } from "../syntax/python/ast.ts";
import { wordsOf } from "./identifier-words.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Schedules that start from the optimizer's rate, or lead up to it, and never exceed it. */
const WITHIN_RATE =
  /^(?:torch\.optim\.lr_scheduler\.(?:StepLR|MultiStepLR|ExponentialLR|CosineAnnealingLR|CosineAnnealingWarmRestarts|ReduceLROnPlateau|LinearLR|PolynomialLR|ConstantLR|SequentialLR|ChainedScheduler)|transformers\.(?:optimization\.)?get_(?:\w+_schedule\w*|scheduler)|keras\.callbacks\.ReduceLROnPlateau)$/;

/** Names that speak of a rate which is computed elsewhere. */
const COMPUTED_ELSEWHERE = new Set(["noam", "mup", "mutransfer", "lambdalr", "onecycle"]);

/** Schedules of torch and those that are called after its habit: `FindLR`, `WarmUpLR`. */
const SCHEDULE = /[Ss]chedul|SCHEDUL|OneCycle|[a-z]LR$/;

const found = new WeakMap<PythonProgram, boolean>();

/**
 * True where the rate that an optimizer is built with may be no more than a factor: of `LambdaLR`, a
 * one-cycle schedule, a schedule of the user's own, or a rate that is set by hand in every step.
 */
export function rateIsNominal({ program }: Pick<OptimizerFact, "program">): boolean {
  const known = found.get(program) ?? isScheduledFreely(program);
  found.set(program, known);
  return known;
}

function isScheduledFreely(program: PythonProgram): boolean {
  const { calls, ids, statements } = programIndex(program);
  return (
    calls.some(
      ({ qualifiedName, name }) =>
        SCHEDULE.test(name ?? "") && !WITHIN_RATE.test(qualifiedName ?? ""),
    ) ||
    [...ids].some((id) => wordsOf(id).some((word) => COMPUTED_ELSEWHERE.has(word))) ||
    statements.some(({ statement }) =>
      statement.kind === "assign"
        ? statement.targets.some(isRate)
        : statement.kind === "augmented" && isRate(statement.target),
    )
  );
}

/** `group["lr"]`, `optimizer.learning_rate`, `optimizer.lr`: the rate of a built optimizer. */
function isRate(target: Expression): boolean {
  if (target.kind === "subscript") {
    const [index] = target.indices;
    return index?.kind === "string" && (index.value === "lr" || index.value === "learning_rate");
  }
  if (target.kind !== "attribute") return false;
  const isRateName = target.attribute === "lr" || target.attribute === "learning_rate";
  return isRateName && !(target.value.kind === "name" && target.value.id === "self");
}
