import {
  grad,
  grads,
  mean,
  type Rank,
  reshape,
  type Scalar,
  type Tensor,
  tensor1d,
  tensor2d,
} from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { Alignment, KnowledgeTransfer, Objective } from "../../core/experiment/experiment.ts";
import { findById } from "../../trainer/src/find-by-id.ts";
import { LOSSES } from "../../trainer/src/losses.generated.ts";
import { PAIR_LOSSES } from "../../trainer/src/pair-losses.generated.ts";
import { TRANSFER_LOSSES } from "../../trainer/src/transfer-losses.generated.ts";
import { worstOnEveryBackend } from "../support/every-backend.ts";
import { expectWithin } from "../support/expect-within.ts";
import { randomWeights } from "../support/random-weights.ts";
import { distance, valuesOf } from "../support/tensor-values.ts";
import { measure } from "../support/transfer-numbers.ts";
import { describeWithPyTorch, runPython } from "./run-python.ts";

/** Of a loss by rows one value a row, and gradients by everything that has one. */
interface Answer {
  readonly value: readonly number[];
  readonly gradients: readonly (readonly number[])[];
}

/** The same computation for both sides. */
interface Case {
  readonly section: "Losses" | "Multimodal";
  readonly name: string;
  readonly formula: string;
  readonly torch: string;
  /** What the script beside this file is given. */
  readonly given: object;
  readonly tolerance: number;
  ours(): Answer;
}

const matrix = (values: readonly number[], columns: number) =>
  Array.from({ length: values.length / columns }, (_, row) =>
    values.slice(row * columns, (row + 1) * columns),
  );

const [ROWS, OUTPUTS] = [12, 5];

/** Outputs have the deviation `size`: far from 0 nothing must overflow, nor small losses vanish. */
function byRows(id: Objective["loss"], torch: string, formula: string, size: number): Case {
  const { perRow, target } = findById(LOSSES, id);
  const output = randomWeights(`output of ${id}`, [ROWS, OUTPUTS]).map((z) =>
    Math.fround(size * z),
  );
  const targets =
    target === "numbers"
      ? randomWeights("target", [ROWS, OUTPUTS])
      : output.map((_, at) => Number(at % OUTPUTS === (7 * Math.floor(at / OUTPUTS)) % OUTPUTS));
  const losses = (z: Tensor) =>
    perRow(reshape<Rank.R2>(z, [ROWS, OUTPUTS]), tensor2d(targets, [ROWS, OUTPUTS]));
  return {
    section: "Losses",
    name: `${id}, outputs of size ${size}`,
    formula,
    torch,
    tolerance: 1e-6,
    given: { loss: id, output: matrix(output, OUTPUTS), target: matrix(targets, OUTPUTS) },
    ours: () => ({
      value: valuesOf(() => losses(tensor1d(output))),
      gradients: [valuesOf(() => grad((z: Tensor) => mean<Scalar>(losses(z)))(tensor1d(output)))],
    }),
  };
}

const WIDTH = 4;
const SIDES = [
  ["all rows", [1, 1, 1, 1, 1]],
  ["rows without a side", [1, 0, 1, 1, 0]],
] as const;

const unitRows = (name: string) =>
  matrix(randomWeights(name, [5, WIDTH]), WIDTH).flatMap((row) =>
    row.map((value) => Math.fround(value / Math.hypot(...row))),
  );
const [A, B] = [unitRows("a"), unitRows("b")];

function byPairs(name: string, torch: string, formula: string, settings: Alignment): Case[] {
  const { of } = findById(PAIR_LOSSES, settings.loss);
  return SIDES.map(([sides, present]) => {
    const loss = (a: Tensor, b: Tensor) =>
      of(
        reshape<Rank.R2>(a, [5, WIDTH]),
        reshape<Rank.R2>(b, [5, WIDTH]),
        tensor1d([...present]),
        settings,
      );
    const byBoth = () => grads(loss)([tensor1d(A), tensor1d(B)]);
    return {
      section: "Multimodal",
      name: `${name}: ${sides}`,
      formula,
      torch,
      tolerance: 1e-6,
      given: { loss: settings.loss, a: matrix(A, WIDTH), b: matrix(B, WIDTH), present, settings },
      ours: () => ({
        value: valuesOf(() => loss(tensor1d(A), tensor1d(B))),
        gradients: [0, 1].map((side) => valuesOf(() => byBoth()[side] ?? tensor1d([]))),
      }),
    };
  });
}

function byTransfer(
  method: KnowledgeTransfer["method"],
  torch: string,
  formula: string,
  temperature = 1,
): Case[] {
  const [teacher, student] = ["teacher", "student"].map((name) => randomWeights(name, [5, WIDTH]));
  return SIDES.map(([sides, present]) => ({
    section: "Multimodal",
    name: `${method}, T = ${temperature}: ${sides}`,
    formula,
    torch,
    // The logits' rounding counts T² times.
    tolerance: temperature > 1 ? 1e-5 : 1e-6,
    given: {
      loss: method,
      a: matrix(teacher ?? [], WIDTH),
      b: matrix(student ?? [], WIDTH),
      present,
      settings: { temperature },
    },
    ours() {
      const loss = findById(TRANSFER_LOSSES, method);
      const found = measure(loss, teacher ?? [], student ?? [], present, { temperature });
      return { value: [found.value], gradients: [found.byTeacher, found.byStudent] };
    },
  }));
}

const CASES: readonly Case[] = [
  ...[1, 30].flatMap((size) => [
    byRows("cross_entropy", "cross_entropy", "−log softmax(z)_y", size),
    byRows("logistic", "binary_cross_entropy_with_logits", "Σ log(1 + e^(−sz))", size),
    byRows("hinge", "hinge_embedding_loss", "Σ max(0, 1 − sz)", size),
    byRows("huber", "huber_loss", "Σ r²/2 up to |r| = 1, then |r| − ½", size),
    byRows("mse", "mse_loss", "Σ (h − y)²", size),
    byRows("half_mse", "half of mse_loss", "½ Σ (h − y)²", size),
  ]),
  ...byPairs("InfoNCE", "cross_entropy, both ways", "½(CE(S/τ) + CE(Sᵀ/τ)), S = ABᵀ", {
    loss: "info_nce",
    weight: 1,
    temperature: 0.07,
  }),
  ...byPairs("SigLIP", "logsigmoid", "−1/n Σ log σ(±(a·b/τ + β))", {
    loss: "sigmoid",
    weight: 1,
    temperature: 0.1,
    bias: -10,
  }),
  ...(["all", "semi_hard", "hardest"] as const).flatMap((mining) =>
    byPairs(
      `triplet, ${mining}`,
      "triplet_margin_loss",
      "½ over both ways of mean max(0, d(a,p) − d(a,n) + margin)",
      { loss: "triplet", weight: 1, margin: 0.7, mining },
    ),
  ),
  ...[1, 4].flatMap((temperature) =>
    byTransfer(
      "distillation",
      "kl_div, batchmean",
      "T² mean KL(softmax(t/T) ‖ softmax(s/T))",
      temperature,
    ),
  ),
  ...byTransfer("hints", "mse_loss", "mean ‖f_s − f_t‖²/d"),
  ...byTransfer("relational", "smooth_l1_loss of pdist", "mean huber(ψ_s(i,j) − ψ_t(i,j))"),
];

describeWithPyTorch("losses against PyTorch", () => {
  let answers: readonly Answer[] = [];
  beforeAll(() => {
    answers = runPython(
      "pytorch_losses.py",
      CASES.map(({ given }) => given),
    ) as Answer[];
  }, 120_000);

  test.each(CASES.map((one, index) => [`${one.section}: ${one.name}`, one, index] as const))(
    "%s has PyTorch's values and gradients on every backend",
    async (_name, { section, name, formula, torch, tolerance, ours }, index) => {
      const { value = [], gradients = [] } = answers[index] ?? {};
      // A loss that is zero everywhere would agree with anything.
      expect(Math.max(...gradients.flat().map(Math.abs))).toBeGreaterThan(1e-4);
      const row = { section, formula, reference: `PyTorch 2.13.0, ${torch}, binary64` };
      expectWithin(await worstOnEveryBackend(() => relative([ours().value], [value])), {
        ...row,
        quantity: `${name}, value, relative to max(1, |x|)`,
        tolerance,
      });
      expectWithin(await worstOnEveryBackend(() => relative(ours().gradients, gradients)), {
        ...row,
        quantity: `${name}, gradient, relative to max(1, |x|)`,
        tolerance,
      });
    },
  );
});

/** Largest error of all numbers; relative to the largest of them where that is above 1. */
function relative(
  found: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): number {
  const errors = expected.map((values, index) => distance(found[index] ?? [], values));
  return Math.max(...errors) / Math.max(1, ...expected.flat().map(Math.abs));
}
