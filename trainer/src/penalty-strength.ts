import { scalar, tidy, type Variable, variable } from "@tensorflow/tfjs-core";
import type { StepScalar } from "./step-scalar.ts";

/** The λ of one entry of `penalty`. */
export interface PenaltyStrength {
  /** λ in force; 1 for an entry without. */
  readonly value: number;
  /** The same for computing with: a tensor where λ changes while its training step stays compiled. */
  readonly scalar: StepScalar;
  /** For people: the number, or "λ" until one is chosen. */
  readonly text: string;
}

/** A λ that is chosen, or learned, while a network trains. */
export interface VariableStrength extends PenaltyStrength {
  readonly variable: Variable;
  /**
   * Replaces λ. Settle the training step first: a compiled step then takes the new value over with
   * its next call, without being compiled again.
   */
  set(lambda: number): void;
  dispose(): void;
}

/** A λ that stays what the file says; it is a constant of the compiled step. */
export function fixedStrength(value: number): PenaltyStrength {
  return { value, scalar: value, text: String(value) };
}

/** A λ that starts as `value` and is "λ" to people until it is set. */
export function variableStrength(value: number): VariableStrength {
  const held = tidy(() => variable(scalar(value), false));
  let current = Math.fround(value);
  let text = "λ";
  return {
    variable: held,
    scalar: held,
    get value() {
      return current;
    },
    get text() {
      return text;
    },
    set(lambda) {
      // As a checkpoint keeps it.
      current = Math.fround(lambda);
      text = String(Number(lambda.toPrecision(6)));
      tidy(() => {
        held.assign(scalar(lambda));
      });
    },
    dispose() {
      held.dispose();
    },
  };
}
