import { addN, dispose, type Tensor, tidy, variableGrads, zerosLike } from "@tensorflow/tfjs-core";
import { makeBatch } from "../batch.ts";
import { type CgSettings, conjugateGradients, dot } from "../linear-algebra/conjugate-gradients.ts";
import { dataLoss } from "../objective.ts";
import type { Parameter } from "../parameters.ts";
import type { PenaltyTerm } from "../penalty.ts";
import type { Preparation } from "../preparation.ts";
import { readFloats } from "../read-floats.ts";
import { assignFlat, readFlat } from "./flat-parameters.ts";

/** The cube root of binary32's rounding: what a central difference errs least with. */
const DIFFERENCE = Math.cbrt(2 ** -24);
const POWER_STEPS = 4;
/** Rows that gradients are taken of at a time, unless a batch has more. */
const MOST_ROWS = 256;

export interface HypergradientSettings extends CgSettings {
  /** δ as a share of the largest curvature ‖H‖. */
  readonly damping: number;
  /** Training rows that the curvature is taken on. */
  readonly rows: Int32Array;
  /** Parameters that are trained. */
  readonly trained: readonly Parameter[];
}

export interface Hypergradients {
  /** dv/d log λ of the validation loss v, by index of the entry of `penalty`. */
  readonly byEntry: ReadonlyMap<number, number>;
  /** v, without penalties. */
  readonly loss: number;
  /** ‖∇v − (H + δI)q‖/‖∇v‖ that the conjugate gradients ended with. */
  readonly residual: number;
  /** The objective curves downwards somewhere: the weights are at no minimum. */
  readonly isIndefinite: boolean;
}

/**
 * By the implicit function theorem: where the weights w minimise f(w) + Σ λₖRₖ(w) on the training
 * rows, dw/d log λₖ = −H⁻¹λₖ∇Rₖ with the Hessian H of that objective, and so the validation loss v has
 *
 *   dv/d log λₖ = −λₖ∇Rₖᵀq,  Hq = ∇v.
 *
 * Weights that are trained for so many steps only are at no minimum along directions in which H is
 * nearly flat, and H⁻¹ would count these most; (H + δI)⁻¹ with δ = `damping`·‖H‖ leaves them out, as
 * ending the Neumann series Σ(I − αH)ʲ early does. ‖H‖ is taken by the power method.
 *
 * Weights that a proximal map has set to exactly zero, or a mask, stay there: rows and columns of H
 * run over the others, where L1 has no curvature. Losses are without dropout. The system is solved by
 * conjugate gradients, whose products are central differences,
 *
 *   Hp ≈ (g(w + εp) − g(w − εp))/(2ε),  ε = u^⅓(1 + ‖w‖)/‖p‖,  u = 2⁻²⁴,
 *
 * with an error of ε²‖p‖³·sup‖∇³f‖/6 from the third derivatives and of about u‖g‖/ε from rounding;
 * every backend has the gradients that it needs. The parameters are as before when it is done.
 *
 * @see Bengio 2000, doi:10.1162/089976600300015187; Pedregosa 2016, arXiv:1602.02355, for conjugate
 * gradients; Lorraine, Vicol & Duvenaud 2020, arXiv:1911.02590, for doing so while training goes on;
 * Bertrand et al. 2020, arXiv:2002.08943, for weights at zero.
 */
export async function hypergradients(
  preparation: Preparation,
  settings: HypergradientSettings,
): Promise<Hypergradients> {
  const { penalties, evaluated } = preparation;
  const { trained, rows } = settings;
  const weights = await readFlat(trained, ({ variable }) => variable);
  const free = await freeWeights(preparation, trained, weights);
  const onFree = (values: Float64Array) => values.map((value, j) => value * (free[j] ?? 0));
  const held = await gradientOf(preparation, trained, evaluated.validation, false);
  const validation = onFree(held.gradient);
  const length = Math.sqrt(dot(weights, weights));
  const multiply = async (direction: Float64Array) => {
    const size = Math.sqrt(dot(direction, direction));
    if (size === 0) return direction;
    const epsilon = (DIFFERENCE * (1 + length)) / size;
    const gradientAt = async (sign: number) => {
      const moved = weights.map((weight, j) => weight + sign * epsilon * (direction[j] ?? 0));
      assignFlat(trained, moved);
      return (await gradientOf(preparation, trained, rows, true)).gradient;
    };
    const [above, below] = [await gradientAt(1), await gradientAt(-1)];
    return onFree(above.map((value, j) => (value - (below[j] ?? 0)) / (2 * epsilon)));
  };
  try {
    const { damping } = settings;
    const delta = damping === 0 ? 0 : damping * (await largestCurvature(multiply, validation));
    const damped = async (direction: Float64Array) =>
      (await multiply(direction)).map((value, j) => value + delta * (direction[j] ?? 0));
    const { x, residual, isIndefinite } = await conjugateGradients(damped, validation, settings);
    assignFlat(trained, weights);
    const byEntry = new Map<number, number>();
    for (const [index, { terms }] of penalties.variable) {
      const slope = await sumOf(
        trained,
        (name) => [...terms].flatMap(([own, term]) => (own === name ? [term] : [])),
        slopeOf,
      );
      byEntry.set(index, -dot(onFree(slope), x));
    }
    return { byEntry, loss: held.loss, residual, isIndefinite };
  } finally {
    assignFlat(trained, weights);
  }
}

/** ‖H‖ by the power method from `start`; rarely less than half of it, which is near enough for δ. */
async function largestCurvature(
  multiply: (vector: Float64Array) => Promise<Float64Array>,
  start: Float64Array,
): Promise<number> {
  let vector = start;
  let growth = 0;
  for (let step = 0; step < POWER_STEPS; step++) {
    const image = await multiply(vector);
    const [before, after] = [dot(vector, vector), dot(image, image)];
    if (!(before > 0 && after > 0)) return growth;
    growth = Math.sqrt(after / before);
    vector = image;
  }
  return growth;
}

/** 1 where a weight may move, 0 where a proximal map or a mask holds it at zero. */
async function freeWeights(
  { penalties, operations }: Preparation,
  trained: readonly Parameter[],
  weights: Float64Array,
): Promise<Uint8Array> {
  let offset = 0;
  const free = new Uint8Array(weights.length).fill(1);
  for (const { name, variable } of trained) {
    const isHeld =
      operations.masks.has(name) ||
      (penalties.byParameter.get(name) ?? []).some(({ proximal }) => proximal !== undefined);
    for (let j = offset; isHeld && j < offset + variable.size; j++)
      if (weights[j] === 0) free[j] = 0;
    offset += variable.size;
  }
  return free;
}

/** The mean data loss over `rows` and its gradient; with the penalties that have curvature where `isWhole`. */
async function gradientOf(
  { model, dataset, experiment, penalties }: Preparation,
  trained: readonly Parameter[],
  rows: Int32Array,
  isWhole: boolean,
): Promise<{ readonly loss: number; readonly gradient: Float64Array }> {
  const { training, objective } = experiment;
  // A contrastive loss depends on the size of its batches.
  const least = objective.alignment === undefined ? MOST_ROWS : 1;
  const size = Math.max(Math.min(training.batch_size, rows.length), least);
  const variables = trained.map(({ variable }) => variable);
  let loss = 0;
  const sum = new Float64Array(variables.reduce((total, one) => total + one.size, 0));
  for (let start = 0; start < rows.length; start += size) {
    const part = rows.subarray(start, start + size);
    const { value, grads } = tidy(() => {
      const batch = makeBatch(dataset, part, model.modalities);
      return variableGrads(() => dataLoss(model.forward(batch), batch, objective).total, variables);
    });
    const flat = await readFlat(trained, ({ variable }) => grads[variable.name]);
    loss += (part.length / rows.length) * ((await readFloats(value))[0] ?? 0);
    dispose([value, grads]);
    for (let j = 0; j < sum.length; j++) {
      sum[j] = (sum[j] ?? 0) + (part.length / rows.length) * (flat[j] ?? 0);
    }
  }
  if (!isWhole) return { loss, gradient: sum };
  const curved = await sumOf(trained, (name) => penalties.byParameter.get(name) ?? [], curvedPart);
  return { loss, gradient: sum.map((value, j) => value + (curved[j] ?? 0)) };
}

type Slope = (term: PenaltyTerm, weights: Tensor) => Tensor | undefined;

const slopeOf: Slope = (term, weights) => term.slope?.(weights) ?? term.gradient?.(weights);

/** Without what is flat off its kinks, as λ·sign(w): a difference across one would be no curvature. */
const curvedPart: Slope = (term, weights) =>
  term.gradient?.(weights) ?? (term.level === "group" ? term.slope?.(weights) : undefined);

/** Σ over the terms on each parameter. */
async function sumOf(
  trained: readonly Parameter[],
  termsOn: (name: string) => readonly PenaltyTerm[],
  of: Slope,
): Promise<Float64Array> {
  const sums = new Map<string, Tensor>();
  for (const { name, variable } of trained) {
    const terms = termsOn(name);
    if (terms.length === 0) continue;
    sums.set(
      name,
      tidy(() => addN([zerosLike(variable), ...terms.flatMap((term) => of(term, variable) ?? [])])),
    );
  }
  const flat = await readFlat(trained, ({ name }) => sums.get(name));
  dispose([...sums.values()]);
  return flat;
}
