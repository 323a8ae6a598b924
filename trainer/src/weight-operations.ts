import { mul, onesLike, tensor, tidy, type Variable, variable } from "@tensorflow/tfjs-core";
import type { WeightOperation } from "../../core/experiment/experiment.ts";
import type { ExperimentProblem } from "../../core/experiment/experiment-problem.ts";
import { countZeros } from "./count-zeros.ts";
import type { TrainingLength } from "./learning-rate.ts";
import { matchesGlob } from "./name-glob.ts";
import type { Parameter } from "./parameters.ts";
import { readFloats } from "./read-floats.ts";
import { clipWeights } from "./weight-operations/clip-weights.ts";
import { cubicSparsity } from "./weight-operations/cubic-sparsity.ts";
import {
  largestMagnitude,
  type Mask,
  smallestMasks,
  thresholdMask,
} from "./weight-operations/magnitude-mask.ts";
import { twoOfFourMask } from "./weight-operations/two-of-four-mask.ts";

/** What an experiment does to weights besides training them. */
export interface WeightOperations {
  /** By parameter name, of all that may lose weights; ones until they do. */
  readonly masks: ReadonlyMap<string, Variable>;
  isDue(step: number): boolean;
  /** Does what is due after `step` steps and tells it, a sentence each. */
  apply(step: number): Promise<readonly string[]>;
  /** No weight has been removed yet. */
  restart(): void;
  dispose(): void;
}

/** An entry with the parameters it falls on and its place in time, in steps. */
interface Task {
  readonly entry: WeightOperation;
  readonly parameters: readonly Parameter[];
  readonly start: number;
  /** Later than `start` where the sparsity rises bit by bit. */
  readonly end: number;
}

/**
 * The operations of an experiment on its model. Biases are never touched.
 *
 * A removed weight stays removed: its mask falls on the gradient, on the optimizer's state and on
 * the weight after every step, so neither momentum nor decay brings it back.
 */
export function createWeightOperations(
  entries: readonly WeightOperation[],
  parameters: readonly Parameter[],
  length: TrainingLength,
): WeightOperations | { readonly problem: ExperimentProblem } {
  const weights = parameters.filter(({ kind }) => kind === "weight");
  const tasks: Task[] = [];
  for (const [index, entry] of entries.entries()) {
    const chosen = weights.filter(({ name }) => matchesGlob(entry.on ?? "*", name));
    if (chosen.length === 0) return { problem: noMatch(index, entry.on ?? "*", weights) };
    const start = stepOfEpoch(entry.after_epoch, length);
    const until = "until_epoch" in entry ? entry.until_epoch : undefined;
    const end = until === undefined ? start : stepOfEpoch(until, length);
    tasks.push({ entry, parameters: chosen, start, end });
  }
  const masked = new Set(
    tasks.flatMap(({ entry, parameters: chosen }) => (entry.operation === "clip" ? [] : chosen)),
  );
  const masks = new Map(
    [...masked].map((parameter) => [
      parameter.name,
      tidy(() => variable(onesLike(parameter.variable), false)),
    ]),
  );
  return {
    masks,
    isDue: (step) => tasks.some((task) => isDue(task, step)),
    async apply(step) {
      const told: string[] = [];
      for (const task of tasks) if (isDue(task, step)) told.push(await perform(task, masks, step));
      return told;
    },
    restart() {
      for (const mask of masks.values()) {
        tidy(() => {
          mask.assign(onesLike(mask));
        });
      }
    },
    dispose() {
      for (const mask of masks.values()) mask.dispose();
    },
  };
}

function stepOfEpoch(epoch: number | undefined, length: TrainingLength): number {
  return epoch === undefined ? length.stepsTotal : epoch * length.stepsPerEpoch;
}

function isDue({ entry, start, end }: Task, step: number): boolean {
  if (step === end) return true;
  if (step < start || step > end) return false;
  return "every" in entry && (step - start) % entry.every === 0;
}

async function perform(
  { entry, parameters, start, end }: Task,
  masks: ReadonlyMap<string, Variable>,
  step: number,
): Promise<string> {
  const values = await Promise.all(parameters.map(({ variable }) => readFloats(variable)));
  if (entry.operation === "clip") {
    const bounds = limits(values, entry.share, entry.scope);
    for (const [index, { variable: weights }] of parameters.entries()) {
      const clipped = clipWeights(values[index] ?? new Float32Array(), bounds[index] ?? 0);
      assign(weights, clipped);
    }
    return `clipped to ${entry.share} of the largest weight ${scopeText(entry.scope)}`;
  }
  const fraction =
    entry.operation === "prune" && entry.by === "fraction"
      ? cubicSparsity(entry.fraction, { start, end }, step)
      : 0;
  const found = newMasks(entry, parameters, values, fraction);
  for (const [index, { name, variable: weights }] of parameters.entries()) {
    const [mask, removed] = [masks.get(name), found[index]];
    if (mask === undefined || removed === undefined) continue;
    tidy(() => {
      mask.assign(mul(mask, tensor(Float32Array.from(removed), mask.shape)));
      weights.assign(mul(weights, mask));
    });
  }
  const dense = parameters.filter((_, index) => found[index] === undefined);
  return `${describe(entry, fraction)}: ${await zerosText(parameters)}${denseText(dense)}`;
}

/** `undefined` for a tensor that cannot be cut in this way. */
function newMasks(
  entry: Exclude<WeightOperation, { readonly operation: "clip" }>,
  parameters: readonly Parameter[],
  values: readonly Float32Array[],
  fraction: number,
): readonly (Mask | undefined)[] {
  if (entry.operation === "retain") {
    const bounds = limits(values, entry.share, entry.scope);
    return values.map((weights, index) => thresholdMask(weights, bounds[index] ?? 0));
  }
  switch (entry.by) {
    case "threshold":
      return values.map((weights) => thresholdMask(weights, entry.threshold));
    case "2:4":
      return parameters.map(({ variable }, index) =>
        twoOfFourMask(values[index] ?? new Float32Array(), variable.shape),
      );
    case "fraction":
      return entry.scope === "global"
        ? smallestMasks(values, fraction)
        : values.flatMap((weights) => smallestMasks([weights], fraction));
  }
}

/** share·max|w|, of each tensor or of all together; in binary32, so that the largest one equals it. */
function limits(
  values: readonly Float32Array[],
  share: number,
  scope: "layer" | "global",
): readonly number[] {
  const all = largestMagnitude(values);
  return values.map((weights) =>
    Math.fround(share * (scope === "global" ? all : largestMagnitude([weights]))),
  );
}

function assign(weights: Variable, values: Float32Array): void {
  tidy(() => {
    weights.assign(tensor(values, weights.shape));
  });
}

function scopeText(scope: "layer" | "global"): string {
  return scope === "global" ? "of all" : "of each layer";
}

function describe(
  entry: Exclude<WeightOperation, { readonly operation: "clip" }>,
  fraction: number,
): string {
  if (entry.operation === "retain") {
    return `retained weights from ${entry.share} of the largest ${scopeText(entry.scope)} on`;
  }
  switch (entry.by) {
    case "threshold":
      return `pruned weights below ${entry.threshold}`;
    case "2:4":
      return "pruned two of every four weights";
    case "fraction":
      return `pruned ${Number((100 * fraction).toFixed(2))} % of ${entry.scope === "global" ? "all weights" : "each layer's weights"}`;
  }
}

async function zerosText(parameters: readonly Parameter[]): Promise<string> {
  const { zeros, count } = await countZeros(parameters);
  return `${zeros} of ${count} are exactly zero`;
}

function denseText(dense: readonly Parameter[]): string {
  if (dense.length === 0) return "";
  const names = dense.map(({ name }) => name).join(", ");
  return `; ${names} stays dense, its inputs are not a multiple of four`;
}

function noMatch(index: number, on: string, weights: readonly Parameter[]): ExperimentProblem {
  return {
    path: ["weight_operations", index, "on"],
    at: "value",
    message: `\`${on}\` matches no weight`,
    allowed: `weights are ${weights.map(({ name }) => name).join(", ")}`,
  };
}
