import type { Penalty, Select } from "../../../core/experiment/experiment.ts";
import type { LambdaSelection } from "../../../core/protocol/run-files.ts";
import type { Preparation } from "../preparation.ts";
import type { Values } from "../procedure.ts";
import { readFloats } from "../read-floats.ts";
import { sampleRows } from "../sample-rows.ts";
import { UserError } from "../user-error.ts";
import { hypergradients } from "./hypergradient.ts";

/** Share of ‖∇v‖ that the conjugate gradients may leave. */
const TOLERANCE = 1e-3;
/** Most that log λ changes by at a time. */
const MOST = 0.5;
/** λ is kept within these bounds. */
const [LEAST, LARGEST] = [1e-12, 1e6];

/** Learns λ on the validation part while a network trains. */
export interface LambdaLearner {
  isDue(step: number): boolean;
  /**
   * Changes λ by the hypergradient at the weights as they are, in epoch `epoch`. Settle the training
   * step first.
   */
  learn(epoch: number): Promise<void>;
  /** Takes over the state that a checkpoint has restored. */
  refresh(): Promise<void>;
  /** `train/lambda/…` by the number and norm of the penalty, and what the last change went by. */
  values(): Values;
  selection(): LambdaSelection;
}

/**
 * Every `every` steps log λ ← log λ − η·d log v/d log λ, by at most ½ at a time, with the validation loss
 * v; see {@link hypergradients}. λ stays as it is where the objective curves downwards, as at the start
 * of a training: the weights are then far from any minimum.
 *
 * @throws {UserError} If a λ to be learned is 0.
 */
export function createLambdaLearner(preparation: Preparation, select: Select): LambdaLearner {
  const { experiment, penalties, split, trained } = preparation;
  const { learning_rate: rate = 1, every = 10, products = 10, rows: most = 512 } = select;
  const { damping = 0.1 } = select;
  const rows = sampleRows(split.train, most, experiment.training.seed, "hypergradient");
  const entries = [...penalties.variable].map(([index, { strength }]) => {
    if (strength.value === 0) throw withoutStart(index);
    return {
      index,
      name: nameOf(experiment.penalty[index], index),
      strength,
    };
  });
  let last: Values = {};
  return {
    isDue: (step) => step % every === 0,
    async learn(epoch) {
      const { byEntry, loss, residual, isIndefinite } = await hypergradients(preparation, {
        rows,
        trained: trained.at(epoch),
        damping,
        iterations: products,
        tolerance: TOLERANCE,
      });
      const found: Record<string, number> = { "select/residual": residual };
      for (const { index, name, strength } of entries) {
        const relative = (byEntry.get(index) ?? Number.NaN) / loss;
        found[`select/hypergradient/${name}`] = relative;
        // Where it is no number, the next step of the training says so.
        if (isIndefinite || !Number.isFinite(relative)) continue;
        const change = Math.max(-MOST, Math.min(MOST, rate * relative));
        const lambda = strength.value * Math.exp(-change);
        strength.set(Math.min(LARGEST, Math.max(LEAST, lambda)));
      }
      last = found;
    },
    async refresh() {
      for (const { strength } of entries)
        strength.set((await readFloats(strength.variable))[0] ?? 0);
    },
    values: () => ({
      ...Object.fromEntries(
        entries.map(({ name, strength }) => [`train/lambda/${name}`, strength.value]),
      ),
      ...last,
    }),
    selection: () => ({
      lambda: entries[0]?.strength.value ?? Number.NaN,
      rule: select.rule,
      ...(entries.length < 2
        ? {}
        : {
            groups: Object.fromEntries(entries.map(({ name, strength }) => [name, strength.value])),
          }),
      path: [],
    }),
  };
}

/** "0_l1", or "1_l2_fc2.*" where it falls on some weights only. */
function nameOf(entry: Penalty | undefined, index: number): string {
  return [index, entry?.norm, entry?.on].filter((part) => part !== undefined).join("_");
}

function withoutStart(index: number): UserError {
  return new UserError(
    "select",
    `The λ of penalty ${index} is 0, and λ is learned from a λ above 0 on`,
    "Give it one, for example 1e-3",
  );
}
