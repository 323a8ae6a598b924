import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkExperiment } from "../../../core/experiment/check-experiment.ts";
import { FULL_BATCH } from "../../../core/experiment/experiment.ts";
import { problemText } from "../../../core/experiment/experiment-problem.ts";

const MINIMAL = `
name: a
data: { source: trio }
model: { type: towers }
objective: { loss: cross_entropy }
training: { epochs: 2 }
`;

/** The minimal experiment with the value at a dotted path replaced. */
function withValue(path: string, value: unknown): unknown {
  const root: unknown = parse(MINIMAL);
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let holder: unknown = root;
  for (const key of keys) holder = child(holder, key);
  if (typeof holder === "object" && holder !== null) Object.assign(holder, { [last]: value });
  return root;
}

function child(holder: unknown, key: string): unknown {
  if (typeof holder !== "object" || holder === null) return undefined;
  if (!Object.hasOwn(holder, key)) Object.assign(holder, { [key]: {} });
  return Object.entries(holder).find(([name]) => name === key)?.[1];
}

function problemsOf(value: unknown): string[] {
  const checked = checkExperiment(value);
  if (!("problems" in checked)) return [];
  return checked.problems.map((problem) => `${problem.path.join(".")} ${problemText(problem)}`);
}

describe("checkExperiment()", () => {
  test("fills in every default", () => {
    const rates = { image: 0, text: 0, audio: 0 };
    expect(checkExperiment(parse(MINIMAL))).toEqual({
      experiment: {
        name: "a",
        data: {
          source: "trio",
          samples: 3000,
          seed: 0,
          noise: 0.1,
          image_size: 16,
          missing: rates,
          mispaired: rates,
          missing_policy: "mask",
          mispaired_policy: "report",
        },
        split: { method: "holdout", validation: 0.2, test: 0.2, stratify: true, seed: 0 },
        model: {
          type: "towers",
          private: { image: [128], text: [64], audio: [64] },
          shared: [64],
          embedding: 32,
        },
        objective: { loss: "cross_entropy" },
        penalty: [],
        training: {
          solver: "auto",
          optimizer: "adam",
          learning_rate: 0.001,
          schedule: { type: "constant", warmup: 0 },
          momentum: 0,
          weight_decay: 0,
          batch_size: 64,
          epochs: 2,
          seed: 0,
          backend: "auto",
          log_every: 10,
          snapshot_every: 1,
          compile: true,
        },
        weight_operations: [],
      },
    });
  });

  test("writes out short forms", () => {
    const penalties = [
      { norm: "l1", lambda: 1, on: "image.*" },
      { norm: "l2", lambda: "0.1 / m" },
      { norm: "elastic_net", lambda: 1 },
    ];
    expect(checkExperiment(withValue("penalty", penalties))).toMatchObject({
      experiment: {
        penalty: [
          { norm: "l1", lambda: 1, on: "image.*" },
          { norm: "l2", lambda: "0.1 / m", convention: "half" },
          { norm: "elastic_net", lambda: 1, l1_ratio: 0.5 },
        ],
      },
    });
    expect(checkExperiment(withValue("data.mispaired", 0.1))).toMatchObject({
      experiment: { data: { mispaired: { image: 0, text: 0.1, audio: 0.1 } } },
    });
  });

  test.each([
    ["mlp", { hidden: [128], dropout: 0 }],
    ["cnn", { channels: [32, 64], hidden: [128], dropout: 0 }],
    ["bilstm", { embedding: 100, units: 256, layers: 2, dropout: 0.5 }],
  ])("gives %s its own defaults and no other model's", (type, defaults) => {
    expect(checkExperiment(withValue("model", { type }))).toMatchObject({
      experiment: { model: { type, ...defaults } },
    });
    const checked = checkExperiment(withValue("model", { type }));
    const model = "experiment" in checked ? checked.experiment.model : {};
    expect(Object.keys(model).toSorted()).toEqual(["type", ...Object.keys(defaults)].toSorted());
  });

  test("leaves modalities out that the model does not name", () => {
    expect(checkExperiment(withValue("model.private", { image: [8] }))).toMatchObject({
      experiment: { model: { private: { image: [8] } } },
    });
  });

  test("does not change what it is given", () => {
    const value: unknown = parse(MINIMAL);
    checkExperiment(value);
    expect(value).toEqual(parse(MINIMAL));
  });

  test("accepts the example that is shipped", () => {
    const text = readFileSync("examples/shapes.normlens.yaml", "utf8");
    expect(problemsOf(parse(text))).toEqual([]);
  });

  test.each([
    ["split.method", "kfold", "parts are held out in turn to choose λ only"],
    ["penalty", [{ norm: "nuclear", lambda: 1 }], "not built yet: `norm: nuclear`"],
    ["transfer", {}, "`from` is missing"],
    ["sparsity_curve", { fractions: [1.5] }, "cannot be 1.5"],
    ["penalty", [{ norm: "l2_sp", lambda: 1 }], "there is no `transfer`"],
    ["penalty", [{ norm: "max_norm" }], "`limit` is missing"],
    ["weight_operations", [{ operation: "prune" }], "`fraction` is missing"],
    [
      "weight_operations",
      [{ operation: "clip", share: 0.5, fraction: 0.5 }],
      "`operation: clip` does not use this key",
    ],
    [
      "weight_operations",
      [{ operation: "clip", share: 0.5, after_epoch: 3 }],
      "there is no epoch 3 in a training of 2",
    ],
    [
      "weight_operations",
      [{ operation: "prune", fraction: 0.5, after_epoch: 1, until_epoch: 1 }],
      "a fraction cannot rise from after epoch 1 until epoch 1",
    ],
    ["select", {}, "there is no penalty to choose the λ of"],
    [
      "training.solver",
      "exact",
      '`solver` cannot be "exact"; allowed is `auto`, `gradient_descent`',
    ],
    ["data.source", "tiro", '`source` cannot be "tiro"; allowed is `trio`'],
    ["data.smaples", 3, "unknown key `smaples`; did you mean `samples`?"],
    ["whatever", 3, "unknown key `whatever`; allowed are name, data, split"],
    ["data.samples", 2.5, "`samples` cannot be 2.5; allowed is a whole number at least 30"],
    ["data.samples", "many", '`samples` cannot be "many"; allowed is a whole number'],
    ["data.missing", { audio: 1 }, "allowed is a number at least 0 and below 1"],
    ["data.noise", Number.NaN, "`noise` cannot be NaN; allowed is a number"],
    ["model.private", {}, "`private` cannot be an empty mapping"],
    ["model.shared", [8, 0], "`shared[1]` cannot be 0; allowed is a whole number at least 1"],
    ["training.epochs", null, "`epochs` cannot be empty; allowed is a whole number"],
    ["training", {}, "`epochs` is missing; it takes a whole number"],
    ["penalty", [{ norm: "l1" }], "`lambda` is missing"],
    ["penalty", [{ norm: "l1", lambda: -1 }], "`lambda` cannot be -1"],
    ["penalty", [{ norm: "l1", lambda: Number.POSITIVE_INFINITY }], "`lambda` cannot be Infinity"],
    ["penalty", [{ norm: "l1", lambda: "cos(m)" }], "calls a function that is not allowed"],
    [
      "penalty",
      [{ norm: "l1", lambda: 1, l1_ratio: 0.5 }],
      "`norm: l1` does not use this key; it goes with norm `elastic_net`",
    ],
    [
      "penalty",
      [{ norm: "l1", lambda: 1, convention: "half" }],
      "`norm: l1` does not use this key; it goes with norm `l2`",
    ],
    ["split", { validation: 0.5, test: 0.5 }, "leave nothing to train on"],
    ["split", { group: "house" }, "`source: trio` has no named columns to split by"],
    [
      "training.weight_decay",
      0.1,
      "`optimizer: adam` does not use this key; it goes with optimizer `adamw`",
    ],
    ["training.momentum", 0.5, "it goes with optimizer `momentum`, `nesterov`"],
    ["training.schedule", { final: 0.1 }, "it goes with type `linear`, `cosine`"],
    ["training.gradient_clip", {}, "`limit` is missing"],
  ])("%s: %j is refused", (path, value, text) => {
    const problems = problemsOf(withValue(path, value));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(text);
  });

  test("an optimizer of the whole training part has no batch size", () => {
    const file = (keys: string) => parse(MINIMAL.replace("epochs: 2", `epochs: 2, ${keys}`));
    expect(checkExperiment(file("optimizer: fista"))).toMatchObject({
      experiment: { training: { batch_size: FULL_BATCH } },
    });
    expect(problemsOf(file("optimizer: fista, batch_size: 8"))[0]).toContain(
      "`optimizer: fista` does not use this key",
    );
  });

  test("alignment needs two modalities and two samples", () => {
    const file = `${MINIMAL.replace("loss: cross_entropy", "loss: cross_entropy, alignment: {loss: info_nce}").replace("type: towers", "type: towers, private: {image: [8]}").replace("epochs: 2", "epochs: 2, batch_size: 1")}`;
    expect(problemsOf(parse(file))).toEqual([
      expect.stringContaining("objective.alignment alignment needs two modalities"),
      expect.stringContaining("training.batch_size with one sample in a batch"),
    ]);
  });

  test("points at each mistake of a file once", () => {
    const paths = problemsOf({
      data: { source: "trio", sample: 3, seed: -1 },
      model: { type: "towers", shared: ["a"] },
      penalty: { norm: "l1" },
      training: { epochs: 0, learning_rate: 0 },
    }).map((problem) => problem.split(" ")[0]);
    expect(new Set(paths)).toEqual(
      new Set([
        ...["name", "objective", "data.sample", "data.seed", "model.shared.0"],
        ...["penalty", "training.epochs", "training.learning_rate"],
      ]),
    );
    expect(paths).toHaveLength(new Set(paths).size);
  });

  test("is total, and everything it accepts it accepts again", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(Object.keys(checkExperiment(value))).toHaveLength(1);
      }),
    );
    const parts = fc.record(
      {
        name: fc.string(),
        data: fc.record({ source: fc.constant("trio"), samples: fc.integer(), noise: fc.double() }),
        model: fc.record({ type: fc.constant("towers"), embedding: fc.integer({ max: 100 }) }),
        objective: fc.record({ loss: fc.constant("cross_entropy") }),
        training: fc.record({ epochs: fc.integer({ max: 10 }), learning_rate: fc.double() }),
      },
      { requiredKeys: ["name", "data", "model", "objective", "training"] },
    );
    fc.assert(
      fc.property(parts, (value) => {
        const first = checkExperiment(value);
        if ("experiment" in first) {
          expect(checkExperiment(first.experiment)).toEqual(first);
          const { data } = first.experiment;
          expect(data.source === "trio" && Number.isFinite(data.noise)).toBe(true);
        } else expect(first.problems.length).toBeGreaterThan(0);
      }),
    );
  });
});
