import { type LinearFits, withIntercepts } from "./collect-fits.ts";
import { type Design, shared } from "./design.ts";
import { fillGaps } from "./fill-gaps.ts";
import { planFits } from "./fit-plan.ts";
import type { Kernels } from "./solver/kernels.ts";
import { symmetricEigen } from "./solver/symmetric-eigen.ts";
import type { SolverPool } from "./solver-pool.ts";
import { centreMoments, type PartOfRows } from "./training-moments.ts";

export interface EvidenceRequest extends PartOfRows {
  readonly type: "evidence";
  /** Group of every feature, 0 … groups−1. */
  readonly groupOf: Int32Array;
  readonly groups: number;
}

/** The most probable precisions and the weights that go with them; see `maximiseEvidence`. */
export interface Evidence {
  /** Precision of the noise. */
  readonly noise: number;
  /** Precision of the weights of every group. */
  readonly weights: Float64Array;
  /** Well-determined weights of every group, 0 … its size. */
  readonly determined: Float64Array;
  /** [outputs, columns], in the features' units. */
  readonly coefficients: Float64Array;
  readonly mean: Float64Array;
  readonly meanY: Float64Array;
  readonly rounds: number;
}

const MOST_ROUNDS = 500;
/** Largest relative change of a precision at which the fixed point is taken as found. */
const SETTLED = 1e-10;
/** A group whose weights are this many times more certain than the noise has none to speak of. */
const MOST_PRECISE = 1e12;

/**
 * Precisions under which targets with y ~ N(Xw, 1/β) and w ~ N(0, 1/α_g) by group are most probable,
 * by MacKay's fixed point: γ_g = p_g − α_g·tr(Σ_g), α_g = γ_g/‖w_g‖², β = (n − Σγ)/‖y − Xw‖².
 *
 * Outputs share the precisions, as independent targets. A group that the data say nothing about ends
 * at the bound 10¹²·β, its weights next to zero.
 *
 * @see MacKay 1992, doi:10.1162/neco.1992.4.3.415, eq. (2.24)–(2.27); Tipping 2001, JMLR 1, 211–244.
 */
export function maximiseEvidence(kernels: Kernels, request: EvidenceRequest): Evidence {
  const { groupOf, groups } = request;
  kernels.reset();
  const training = centreMoments(kernels, request);
  const { rows, ld, columns, outputs, squareY, scale, mean, meanY } = training;
  const gram = kernels.floats(training.gram, ld * ld).slice();
  const cross = kernels.floats(training.cross, outputs * ld).slice();
  const square = squareY.reduce((sum, value) => sum + value, 0);
  const count = rows * outputs;
  let noise = count / Math.max(square, Number.MIN_VALUE);
  let precisions = new Float64Array(groups).fill(1);
  let state = posterior(kernels, { gram, cross, columns, ld, outputs }, request, precisions, noise);
  let rounds = 0;
  for (let change = 1; rounds < MOST_ROUNDS && change > SETTLED; rounds++) {
    const next = precisions.map((precision, group) => {
      const determined =
        sizeOf(groupOf, group) * outputs - precision * (state.variance[group] ?? 0);
      return Math.min(MOST_PRECISE * noise, determined / Math.max(state.norms[group] ?? 0, 1e-300));
    });
    const determined = determinedOf(request, outputs, precisions, state);
    const all = determined.reduce((sum, value) => sum + value, 0);
    const nextNoise = (count - all) / Math.max(residualOf(square, cross, state), 1e-300);
    change = Math.max(
      Math.abs(nextNoise / noise - 1),
      ...next.map((value, group) => Math.abs(value / (precisions[group] ?? 0) - 1)),
    );
    precisions = next;
    noise = nextNoise;
    state = posterior(kernels, { gram, cross, columns, ld, outputs }, request, precisions, noise);
  }
  return {
    noise,
    weights: precisions,
    determined: determinedOf(request, outputs, precisions, state),
    coefficients: Float64Array.from(
      { length: outputs * columns },
      (_, at) =>
        (state.weights[Math.floor(at / columns) * ld + (at % columns)] ?? 0) /
        (scale[at % columns] ?? 0),
    ),
    mean: mean.slice(0, columns),
    meanY,
    rounds,
  };
}

interface Normal {
  readonly gram: Float64Array;
  readonly cross: Float64Array;
  readonly columns: number;
  readonly ld: number;
  readonly outputs: number;
}

interface Posterior {
  /** [outputs, ld]. */
  readonly weights: Float64Array;
  /** ‖w_g‖² by group. */
  readonly norms: Float64Array;
  /** tr(Σ_g) by group, over all outputs. */
  readonly variance: Float64Array;
  /** wᵀGw over all outputs. */
  readonly fitted: number;
}

/**
 * Mean and variances of the weights: with S = diag(α), (βG + S)⁻¹ = S^−½(βS^−½GS^−½ + I)⁻¹S^−½, by
 * eigenvectors.
 */
function posterior(
  kernels: Kernels,
  { gram, cross, columns, ld, outputs }: Normal,
  { groupOf, groups }: EvidenceRequest,
  precisions: Float64Array,
  noise: number,
): Posterior {
  kernels.reset();
  const matrix = kernels.numbers(ld * ld);
  const scaled = kernels.floats(matrix, ld * ld);
  const roots = Float64Array.from(groupOf, (group) => 1 / Math.sqrt(precisions[group] ?? 0));
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++) {
      scaled[i * ld + j] = noise * (roots[i] ?? 0) * (gram[i * ld + j] ?? 0) * (roots[j] ?? 0);
    }
  }
  const { values, vectors } = symmetricEigen(kernels, matrix, columns, ld);
  const basis = kernels.floats(vectors, columns * ld);
  const weights = new Float64Array(outputs * ld);
  const norms = new Float64Array(groups);
  const variance = new Float64Array(groups);
  let fitted = 0;
  values.forEach((value, index) => {
    const row = basis.subarray(index * ld, index * ld + columns);
    const factor = 1 / (Math.max(0, value) + 1);
    row.forEach((entry, j) => {
      variance[groupOf[j] ?? 0] =
        (variance[groupOf[j] ?? 0] ?? 0) + outputs * factor * ((roots[j] ?? 0) * entry) ** 2;
    });
    for (let k = 0; k < outputs; k++) {
      let projection = 0;
      row.forEach((entry, j) => {
        projection += (roots[j] ?? 0) * entry * (cross[k * ld + j] ?? 0);
      });
      const share = noise * factor * projection;
      fitted += (share * share * Math.max(0, value)) / noise;
      row.forEach((entry, j) => {
        weights[k * ld + j] = (weights[k * ld + j] ?? 0) + share * (roots[j] ?? 0) * entry;
      });
    }
  });
  for (let k = 0; k < outputs; k++) {
    groupOf.forEach((group, j) => {
      norms[group] = (norms[group] ?? 0) + (weights[k * ld + j] ?? 0) ** 2;
    });
  }
  return { weights, norms, variance, fitted };
}

function sizeOf(groupOf: Int32Array, group: number): number {
  return groupOf.reduce((count, own) => count + (own === group ? 1 : 0), 0);
}

function determinedOf(
  { groupOf }: EvidenceRequest,
  outputs: number,
  precisions: Float64Array,
  { variance }: Posterior,
): Float64Array {
  return precisions.map(
    (precision, group) => sizeOf(groupOf, group) * outputs - precision * (variance[group] ?? 0),
  );
}

/** ‖y − Xw‖² = Σy² − 2cᵀw + wᵀGw. */
function residualOf(square: number, cross: Float64Array, { weights, fitted }: Posterior): number {
  const linear = weights.reduce((sum, weight, at) => sum + weight * (cross[at] ?? 0), 0);
  return Math.max(0, square - 2 * linear + fitted);
}

export interface EvidenceFit {
  readonly fits: LinearFits;
  readonly evidence: Evidence;
  /** Strength l2 of 1/(2n)·‖y − Xw‖² + ½l2·‖w_g‖² by group: α_g/(βn). */
  readonly strengths: Float64Array;
}

/** Chooses the strength of every group by its evidence on the rows `final`. */
export async function fitByEvidence(
  pool: SolverPool,
  problem: {
    readonly design: Design;
    readonly final: Int32Array;
    readonly standardize: boolean;
    readonly groupOf: Int32Array;
    readonly groups: number;
  },
): Promise<EvidenceFit> {
  const { final, standardize, groupOf, groups } = problem;
  const given = { ...problem.design, x: shared(problem.design.x), y: shared(problem.design.y) };
  const design = given.x.some(Number.isNaN) ? fillGaps(given, final) : given;
  const { plus, minus, shiftX, shiftY } = (await planFits(pool, design, [], final)).final;
  const [evidence] = await pool.run<"evidence">([
    { type: "evidence", columns: design.columns, plus, minus, standardize, groupOf, groups },
  ]);
  if (evidence === undefined) throw new RangeError("Cannot fit without an answer");
  return {
    evidence,
    fits: withIntercepts(design, evidence.coefficients, evidence, { shiftX, shiftY }),
    strengths: evidence.weights.map((precision) => precision / evidence.noise / final.length),
  };
}
