import type { Select } from "../../../core/experiment/experiment.ts";
import type { LambdaSelection } from "../../../core/protocol/run-files.ts";
import {
  bestIndex,
  type MeanError,
  meanErrors,
  oneStandardErrorIndex,
} from "../linear/choose-lambda.ts";
import type { Moment } from "../procedure.ts";
import type { RunWriter } from "../run/run-writer.ts";
import type { TrainingPlace } from "../run-training.ts";
import { UserError } from "../user-error.ts";

/** Errors by descending λ, one row for each fold, and how many weights are left. */
export interface LambdaErrors {
  readonly lambdas: readonly number[];
  readonly errors: readonly Float64Array[];
  readonly nonZeros: readonly number[];
}

/**
 * The λ that the rule takes, and the path without those whose loss left the finite numbers.
 *
 * @throws {UserError} If no λ gave a finite loss.
 */
export function chooseLambda(
  rule: Select["rule"],
  { lambdas, errors, nonZeros }: LambdaErrors,
): LambdaSelection {
  const means = meanErrors(errors);
  const path = means.flatMap(({ mean, se }: MeanError, index) =>
    Number.isNaN(mean)
      ? []
      : [{ lambda: lambdas[index] ?? 0, mean, se, non_zeros: nonZeros[index] ?? 0 }],
  );
  const chosen = path[rule === "one_se" ? oneStandardErrorIndex(path) : bestIndex(path)];
  if (chosen === undefined) {
    throw new UserError(
      "select",
      "The loss left the finite numbers with every λ",
      "Lower `training.learning_rate`, or clip gradients",
    );
  }
  return { lambda: chosen.lambda, rule, path };
}

/** Six significant digits. */
export const short = (value: number) => String(Number(value.toPrecision(6)));

/** A line of metrics for one λ. */
export function logPoint(
  writer: RunWriter,
  { step, epoch }: Moment,
  { lambda, mean, se, non_zeros }: LambdaSelection["path"][number],
): void {
  writer.metrics(step, epoch, {
    "select/lambda": lambda,
    "select/mean": mean,
    "select/se": se,
    "select/non_zeros": non_zeros,
  });
}

/** Tells what came of one training; `share` of all is done. */
export function tellPoint(
  { writer, emit }: Pick<TrainingPlace, "writer" | "emit">,
  name: string,
  share: number,
  heldOut: number,
  nonZeros: number,
): void {
  const loss = Number.isNaN(heldOut) ? "diverged" : `held-out loss ${heldOut.toPrecision(5)}`;
  const text = `${name}: ${loss}, ${nonZeros} weights not zero (${Math.round(100 * share)} %)`;
  writer.log(text);
  emit({ type: "message", level: "info", text });
}
