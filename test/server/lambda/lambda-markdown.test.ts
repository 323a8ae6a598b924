import { describe, expect, test } from "vitest";
import type { Assumptions } from "../../../core/protocol/lint-settings.ts";
import type { Quantities, Values } from "../../../server/src/lambda/convention.ts";
import { describeLambda } from "../../../server/src/lambda/described-lambda.ts";
import { lambdaHint, lambdaMarkdown } from "../../../server/src/lambda/lambda-markdown.ts";

function described(
  convention: string,
  values: Values,
  known: Quantities = {},
  assume: Assumptions = {},
) {
  const [parameter = ""] = Object.keys(values);
  const lambda = describeLambda({ convention, parameter, values, known, isDefault: false }, assume);
  if (lambda === undefined) throw new RangeError(`There is no convention ${convention}`);
  return lambda;
}

const ADAMW = ["torch-adamw", { weight_decay: 0.01 }, { learningRate: 1e-3 }] as const;

describe("lambdaMarkdown()", () => {
  test("tells objective, time scale, equivalents and source of a weight decay", () => {
    const text = lambdaMarkdown(described(...ADAMW));
    expect(text).toContain("**weight_decay = 0.01** · weight decay of PyTorch, AdamW");
    expect(text).toContain("w ← (1 − lr·weight_decay)·w");
    expect(text).toContain("halves in **69,300 steps**: τ ≈ 1e5 steps, 1 % in 1,000 steps.");
    expect(text).toContain("| optax | `adamw(weight_decay=0.01)` |");
    expect(text).toContain("| Composer | `DecoupledAdamW(weight_decay=1e-5)` |");
    expect(text).toContain("| PyTorch | `Adam`: none. One is a penalty whose gradient");
    expect(text).toContain("https://docs.pytorch.org/");
    expect(text).not.toContain("ssumed");
  });

  test("never writes a number for AdamW when given Adam's penalty", () => {
    const text = lambdaMarkdown(described("torch-adam", { weight_decay: 0.01 }));
    expect(text).toContain("`AdamW`: none.");
    expect(text).not.toContain("AdamW(weight_decay");
    expect(text).toContain("| Keras | `regularizers.L2(0.005)` |");
    // SGD's step is another, whatever the objective.
    expect(text).not.toContain("SGD(weight_decay");
  });

  test("names every assumed number", () => {
    const assume = { learningRate: 1e-4, stepsPerEpoch: 500, steps: 5000 };
    const text = lambdaMarkdown(described("torch-adamw", { weight_decay: 0.1 }, {}, assume));
    expect(text).toContain("At an assumed learning rate of 1e-4");
    expect(text).toContain("(139 epochs)");
    expect(text).toContain("Over all 5,000 steps they keep 95.1 %.");
    expect(text).toContain("1e-4 learning rate (`assume.learningRate`)");
    expect(text).toContain("500 steps an epoch (`assume.stepsPerEpoch`)");
  });

  test("prefers what the code tells to what is assumed", () => {
    const text = lambdaMarkdown(described(...ADAMW, { learningRate: 1 }));
    expect(text).toContain("At a learning rate of 0.001");
    expect(text).not.toContain("Assumed");
  });

  test("asks for what it lacks, and for which loss a number holds", () => {
    const open = lambdaMarkdown(described("sklearn-logistic-regression", { C: 1, l1_ratio: 0 }));
    expect(open).toContain("`SGD`: depends on the number of training samples");
    const values = { C: 0.5, l1_ratio: 0 };
    const known = described("sklearn-logistic-regression", values, {}, { datasetSize: 1000 });
    const text = lambdaMarkdown(known);
    expect(text).toContain("`SGD(weight_decay=0.002)` for the logistic loss");
    expect(text).toContain('`SGDClassifier(loss="log_loss", alpha=0.002)`');
    expect(text).toContain("Assumed: 1,000 training samples (`assume.datasetSize`).");
  });

  test("shows no table at 0 and none for a number out of range", () => {
    expect(lambdaMarkdown(described("torch-sgd", { weight_decay: 0 }))).toContain("At 0 nothing");
    expect(lambdaMarkdown(described("keras-l1", { l1: -1 }))).not.toContain("Elsewhere");
  });

  test("says that a default may be replaced", () => {
    const written = { convention: "keras-l2", parameter: "l2", values: { l2: 1 }, known: {} };
    const lambda = describeLambda({ ...written, isDefault: true }, {});
    expect(lambda && lambdaMarkdown(lambda)).toContain("The number is a default");
  });
});

describe("lambdaHint()", () => {
  test("shows the time scale where it is known", () => {
    expect(lambdaHint(described(...ADAMW))).toMatchObject({
      label: "τ ≈ 1e5 steps",
      tooltip: expect.stringContaining("1 % in 1,000 steps"),
    });
    const slow = described("torch-adamw", { weight_decay: 0.01 }, { learningRate: 2e-5 });
    expect(lambdaHint(slow)?.tooltip).toContain("0.02 % in 1,000 steps");
  });

  test("marks an assumed one, and is silent without", () => {
    const assume = { learningRate: 1e-3 };
    const assumed = described("torch-adamw", { weight_decay: 0.01 }, {}, assume);
    expect(lambdaHint(assumed)?.label).toBe("τ ≈ 1e5 steps, assumed");
    const epoch = described(...ADAMW, { stepsPerEpoch: 10 });
    expect(lambdaHint(epoch)).toMatchObject({
      label: "τ ≈ 1e5 steps",
      tooltip: expect.stringContaining("Assumed: 10 steps an epoch"),
    });
    expect(lambdaHint(described("torch-adamw", { weight_decay: 0.01 }))).toBeUndefined();
    expect(lambdaHint(described("keras-l2", { l2: 0.01 }, { learningRate: 1 }))).toBeUndefined();
  });
});
