import { tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, test } from "vitest";
import type { Penalty } from "../../core/experiment/experiment.ts";
import { findById } from "../../trainer/src/find-by-id.ts";
import { PENALTIES } from "../../trainer/src/penalties.generated.ts";
import type { PenaltyTerm } from "../../trainer/src/penalty.ts";
import { asMatrix, spectralNorm } from "../../trainer/src/spectral-norm.ts";
import type { WeightGroups } from "../../trainer/src/weight-groups.ts";
import { smallestMasks } from "../../trainer/src/weight-operations/magnitude-mask.ts";
import { twoOfFourMask } from "../../trainer/src/weight-operations/two-of-four-mask.ts";
import { worstOnEveryBackend } from "../support/every-backend.ts";
import { expectWithin } from "../support/expect-within.ts";
import { randomWeights } from "../support/random-weights.ts";
import { distance, valuesOf } from "../support/tensor-values.ts";
import { termSetting } from "../support/term-setting.ts";
import { describeWithPyTorch, runPython } from "./run-python.ts";

const SHAPES = [
  ["dense, tall", [24, 7]],
  ["dense, wide", [5, 16]],
  ["kernel", [3, 3, 4, 6]],
] as const;
const LAMBDA = 0.3;
const LIMIT = 2.5;
const GROUPS: readonly WeightGroups[] = ["outputs", "inputs"];
const AMOUNTS = [0, 0.1, 0.25, 0.5, 0.777, 1] as const;
const SCOPES = ["layer", "global"] as const;
/** Of unequal sizes; 101 weights, so that a half of one has to be rounded. */
const PRUNED = [
  randomWeights("first", [37]),
  randomWeights("second", [59]),
  randomWeights("third", [5]),
];

/** One answer of the script, with what was asked for. */
interface Answer {
  readonly values: readonly number[];
  readonly sigma: number;
  readonly value: number;
  readonly gradient: readonly number[];
  readonly mask: readonly number[];
  readonly masks: readonly (readonly (readonly number[])[])[];
}

const weightsOf = (name: string, shape: readonly number[]) => ({
  values: randomWeights(name, shape),
  shape,
});

const NORMS = SHAPES.flatMap(([name, shape]) =>
  GROUPS.map((groups) => ({
    of: "renorm",
    name: `${name}, by ${groups}`,
    groups,
    limit: LIMIT,
    ...weightsOf(name, shape),
  })),
);
const SPECTRA = SHAPES.map(([name, shape]) => ({
  of: "spectral",
  name,
  lambda: LAMBDA,
  ...weightsOf(name, shape),
}));
const ORTHOGONAL = SHAPES.slice(0, 2).map(([name, shape]) => ({
  of: "orthogonality",
  name,
  lambda: LAMBDA,
  ...weightsOf(name, shape),
}));
const PRUNINGS = SCOPES.map((scope) => ({
  of: "pruned",
  scope,
  tensors: PRUNED,
  amounts: AMOUNTS,
}));
const PATTERNS = [
  { of: "two_of_four", name: "dense", ...weightsOf("dense pattern", [16, 5]) },
  { of: "two_of_four", name: "dense, one output", ...weightsOf("column pattern", [8, 1]) },
];

function termOf(entry: Penalty): PenaltyTerm {
  const term = findById(PENALTIES, entry.norm).term(entry, termSetting(LAMBDA, 10));
  if (term === undefined) throw new TypeError(`Cannot make a term of ${entry.norm}`);
  return term;
}

const REFERENCE = "PyTorch 2.13.0";

describeWithPyTorch("constraints, norms and masks against PyTorch", () => {
  let answers: readonly Answer[] = [];
  beforeAll(() => {
    const cases = [...NORMS, ...SPECTRA, ...ORTHOGONAL, ...PRUNINGS, ...PATTERNS];
    answers = runPython("pytorch_weights.py", cases) as Answer[];
  }, 120_000);
  const answerTo = (index: number): Answer => {
    const answer = answers[index];
    if (answer === undefined) throw new RangeError(`PyTorch gave no answer ${index}`);
    return answer;
  };

  test.each(NORMS.map((one, index) => [one.name, one, index] as const))(
    "max-norm projects as torch.renorm: %s",
    async (name, { groups, values, shape }, index) => {
      const term = termOf({ norm: "max_norm", limit: LIMIT, groups, projection: "torch" });
      const error = await worstOnEveryBackend(() => {
        const found = valuesOf(() => {
          const weights = tensor(values, [...shape]);
          return term.proximal?.(weights, 0.1) ?? weights;
        });
        return distance(found, answerTo(index).values);
      });
      expectWithin(error, {
        section: "Penalties",
        quantity: `max-norm of weights, ${name}`,
        formula: "w·c/(‖w‖ + 1e-7) where ‖w‖ > c",
        reference: `${REFERENCE}, renorm, binary64`,
        tolerance: 1e-6,
      });
    },
  );

  describe.each(SPECTRA.map((one, index) => [one.name, one, index] as const))(
    "spectral norm, %s",
    (name, { values, shape }, index) => {
      const answer = () => answerTo(NORMS.length + index);

      test("σ₁ is what spectral_norm divides by", async () => {
        const error = await worstOnEveryBackend(() => {
          const [sigma = Number.NaN] = valuesOf(
            () => spectralNorm(asMatrix(tensor(values, [...shape]))).sigma,
          );
          return Math.abs(sigma / answer().sigma - 1);
        });
        expectWithin(error, {
          section: "Penalties",
          quantity: `spectral norm σ₁, relative, ${name}`,
          formula: "power method on the smaller Gram matrix, 128 steps",
          reference: `${REFERENCE}, spectral_norm, 2000 power iterations, binary64`,
          tolerance: 1e-6,
        });
      });

      test("the penalty's gradient is autograd's", async () => {
        const error = await worstOnEveryBackend(() =>
          distance(
            gradientOf(termOf({ norm: "spectral", lambda: LAMBDA }), values, shape),
            answer().gradient,
          ),
        );
        expectWithin(error, {
          section: "Penalties",
          quantity: `spectral, exact gradient, ${name}`,
          formula: "λσ₁·u vᵀ",
          reference: `${REFERENCE}, autograd of λ/2·matrix_norm(W, 2)², binary64`,
          tolerance: 5e-6,
        });
      });
    },
  );

  test.each(ORTHOGONAL.map((one, index) => [one.name, one, index] as const))(
    "orthogonality has autograd's value and gradient: %s",
    async (name, { values, shape }, index) => {
      const { value, gradient } = answerTo(NORMS.length + SPECTRA.length + index);
      const term = termOf({ norm: "orthogonality", lambda: LAMBDA });
      const size = Math.max(...gradient.map(Math.abs));
      const error = await worstOnEveryBackend(() => {
        const [found = Number.NaN] = valuesOf(() => term.value(tensor(values, [...shape])));
        const difference = distance(gradientOf(term, values, shape), gradient) / size;
        return Math.max(Math.abs(found / value - 1), difference);
      });
      expectWithin(error, {
        section: "Penalties",
        quantity: `orthogonality, value and gradient, relative, ${name}`,
        formula: "λ‖WᵀW − I‖_F², 4λ·W(WᵀW − I)",
        reference: `${REFERENCE}, autograd, binary64`,
        tolerance: 1e-6,
      });
    },
  );

  test.each(SCOPES.flatMap((scope) => AMOUNTS.map((amount, at) => [scope, amount, at] as const)))(
    "pruning by %s removes the same weights at %s",
    (scope, amount, at) => {
      const tensors = PRUNED.map((values) => Float32Array.from(values));
      const found =
        scope === "global"
          ? smallestMasks(tensors, amount)
          : tensors.flatMap((one) => smallestMasks([one], amount));
      const offset = NORMS.length + SPECTRA.length + ORTHOGONAL.length;
      const masks = answerTo(offset + SCOPES.indexOf(scope)).masks[at] ?? [];
      expectWithin(differences(found, masks), {
        section: "Weight operations",
        quantity: `pruning of normal weights, ${scope}, ${amount}: weights that differ`,
        formula: "the round(amount·n) smallest |w|, halves to even",
        reference: `${REFERENCE}, prune.${scope === "global" ? "global_unstructured" : "l1_unstructured"}`,
        tolerance: 0,
      });
    },
  );

  test.each(PATTERNS.map((one, index) => [one.name, one, index] as const))(
    "the pattern of two in four is the sparsifier's: %s",
    (name, { values, shape }, index) => {
      const offset = NORMS.length + SPECTRA.length + ORTHOGONAL.length + PRUNINGS.length;
      const mask = twoOfFourMask(Float32Array.from(values), shape) ?? new Uint8Array();
      expectWithin(differences([mask], [answerTo(offset + index).mask]), {
        section: "Weight operations",
        quantity: `2:4 pruning of normal weights, ${name}: weights that differ`,
        formula: "the two smallest |w| of every four inputs",
        reference: `${REFERENCE}, ao.pruning.WeightNormSparsifier, blocks of (1, 4)`,
        tolerance: 0,
      });
    },
  );
});

function gradientOf(term: PenaltyTerm, values: readonly number[], shape: readonly number[]) {
  return valuesOf(() =>
    tidy(() => {
      const weights = tensor([...values], [...shape]);
      return term.gradient?.(weights) ?? weights;
    }),
  );
}

/** Number of places where two lists of masks differ; infinite where their sizes do. */
function differences(
  found: readonly Uint8Array[],
  expected: readonly (readonly number[])[],
): number {
  const counts = expected.map((mask, index) =>
    mask.length === found[index]?.length
      ? mask.filter((bit, place) => bit !== found[index]?.[place]).length
      : Number.POSITIVE_INFINITY,
  );
  return found.length === expected.length
    ? counts.reduce((sum, count) => sum + count, 0)
    : Infinity;
}
