import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Convention, Quantities, Values } from "../../../server/src/lambda/convention.ts";
import { convert } from "../../../server/src/lambda/convert.ts";
import { CONVENTIONS, findConvention } from "../../../server/src/lambda/find-convention.ts";

const KNOWN: Quantities = { samples: 1000, batchSize: 50, learningRate: 1e-3, momentum: 0 };

function conventionOf(id: string): Convention {
  const convention = findConvention(id);
  if (convention === undefined) throw new RangeError(`There is no convention ${id}`);
  return convention;
}

const converted = (from: string, values: Values, to: string, known: Quantities = KNOWN) =>
  convert(conventionOf(from), values, conventionOf(to), known);

/** A number by closed form: from, its values, to, the values expected there. */
const CLOSED_FORMS: readonly (readonly [string, Values, string, Values])[] = [
  ["torch-sgd", { weight_decay: 1e-4 }, "keras-l2", { l2: 5e-5 }],
  ["torch-adam", { weight_decay: 1e-4 }, "keras-l2", { l2: 5e-5 }],
  ["keras-l2", { l2: 0.01 }, "torch-sgd", { weight_decay: 0.02 }],
  ["keras-l2", { l2: 0.01 }, "tf-l2-loss", { lambda: 0.02 }],
  ["keras-l1", { l1: 0.01 }, "keras-l1l2", { l1: 0.01, l2: 0 }],
  ["tfjs-l2", { l2: 0.01 }, "keras-l2", { l2: 0.01 }],
  ["torch-sgd", { weight_decay: 0.1 }, "written-plain", { lambda: 0.05 }],
  ["written-half", { lambda: 0.1 }, "written-half-mean", { lambda: 100 }],
  ["sklearn-ridge", { alpha: 2 }, "sklearn-elastic-net", { alpha: 0.002, l1_ratio: 0 }],
  ["sklearn-ridge", { alpha: 2 }, "sklearn-sgd-regressor", { alpha: 0.002, l1_ratio: 0 }],
  ["sklearn-lasso", { alpha: 2 }, "sklearn-elastic-net", { alpha: 2, l1_ratio: 1 }],
  ["sklearn-elastic-net", { alpha: 0.1, l1_ratio: 0 }, "sklearn-ridge", { alpha: 100 }],
  [
    "sklearn-elastic-net",
    { alpha: 0.1, l1_ratio: 0.3 },
    "sklearn-sgd-regressor",
    { alpha: 0.1, l1_ratio: 0.3 },
  ],
  [
    "sklearn-logistic-regression",
    { C: 0.5, l1_ratio: 0 },
    "sklearn-sgd-logistic",
    { alpha: 0.002, l1_ratio: 0 },
  ],
  ["sklearn-svc", { C: 2 }, "sklearn-sgd-hinge", { alpha: 5e-4, l1_ratio: 0 }],
  ["sklearn-mlp-regressor", { alpha: 0.5 }, "torch-sgd", { weight_decay: 0.01 }],
  ["sklearn-ridge", { alpha: 10 }, "torch-sgd", { weight_decay: 0.01 }],
  ["statsmodels-ols", { alpha: 0.1, L1_wt: 0 }, "torch-sgd", { weight_decay: 0.1 }],
  ["torch-adamw", { weight_decay: 0.01 }, "keras-optimizer", { weight_decay: 0.01 }],
  ["torch-adamw", { weight_decay: 0.01 }, "optax-adamw", { weight_decay: 0.01 }],
  ["torch-adamw", { weight_decay: 0.01 }, "composer-decoupled", { weight_decay: 1e-5 }],
  ["adamw-paper", { lambda: 1e-5 }, "torch-adamw", { weight_decay: 0.01 }],
  ["ultralytics-sgd", { weight_decay: 5e-4 }, "torch-sgd", { weight_decay: 3.90625e-4 }],
  ["torch-sgd", { weight_decay: 0.1 }, "keras-sgd", { weight_decay: 0.1 }],
  ["ludwig-l2", { regularization_lambda: 0.1 }, "torch-sgd", { weight_decay: 0.2 }],
  [
    "xgboost-tree",
    { reg_lambda: 1, reg_alpha: 0.5 },
    "lightgbm",
    { reg_lambda: 1, reg_alpha: 0.5 },
  ],
];

describe("convert()", () => {
  test.each(CLOSED_FORMS)("%s %j is %s %j", (from, values, to, expected) => {
    const conversion = converted(from, values, to);
    expect(conversion.kind).toBe("exact");
    const found = conversion.kind === "exact" ? conversion.values : {};
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted());
    for (const [name, value] of Object.entries(expected)) {
      expect(Math.abs((found[name] ?? Number.NaN) - value)).toBeLessThanOrEqual(
        1e-15 + 1e-12 * value,
      );
    }
  });

  test.each([
    ["torch-adam", { weight_decay: 0.01 }, "torch-adamw", "rescaled"],
    ["torch-adamw", { weight_decay: 0.01 }, "torch-adam", "rescaled"],
    ["torch-adamw", { weight_decay: 0.01 }, "written-half", "beside the step"],
    ["keras-l2", { l2: 0.01 }, "keras-optimizer", "beside the step"],
    ["sklearn-ridge", { alpha: 1 }, "sklearn-logistic-regression", "data losses"],
    ["sklearn-svc", { C: 1 }, "sklearn-linear-svc-hinge", "intercept"],
    ["sklearn-lasso", { alpha: 1 }, "sklearn-ridge", "cannot express"],
    ["sklearn-elastic-net", { alpha: 1, l1_ratio: 0.5 }, "keras-l2", "cannot express"],
    ["torch-sgd", { weight_decay: 0 }, "sklearn-logistic-regression", "cannot express"],
    ["xgboost-tree", { reg_lambda: 1, reg_alpha: 0 }, "sklearn-ridge", "leaves"],
    ["torch-sgd", { weight_decay: -1 }, "keras-l2", "range"],
    ["torch-sgd", { weight_decay: Number.NaN }, "keras-l2", "range"],
  ])("%s %j has no equal in %s: %s", (from, values, to, why) => {
    const conversion = converted(from, values as Values, to);
    expect(conversion).toMatchObject({ kind: "none" });
    expect(conversion.kind === "none" && conversion.why).toContain(why);
  });

  test.each([
    ["sklearn-ridge", { alpha: 1 }, "sklearn-elastic-net", ["samples"]],
    ["sklearn-mlp-regressor", { alpha: 1 }, "sklearn-ridge", ["batchSize", "samples"]],
    ["torch-adamw", { weight_decay: 0.1 }, "composer-decoupled", ["learningRate"]],
    ["torch-sgd", { weight_decay: 0.1 }, "keras-sgd", ["momentum"]],
  ])("%s %j to %s asks for %j", (from, values, to, quantities) => {
    expect(converted(from, values as Values, to, {})).toEqual({ kind: "needs", quantities });
  });

  test("a decay of SGD is none of Adam's, even without momentum", () => {
    for (const momentum of [0, 0.9]) {
      const conversion = converted("torch-sgd", { weight_decay: 0.1 }, "torch-adamw", { momentum });
      expect(conversion.kind).toBe("none");
    }
  });

  test("momentum parts a penalty from a decay", () => {
    const known = { momentum: 0.9 };
    expect(converted("torch-sgd", { weight_decay: 0.1 }, "keras-sgd", known).kind).toBe("none");
    expect(converted("keras-sgd", { weight_decay: 0.1 }, "torch-sgd", known).kind).toBe("none");
  });

  test("names the loss that it holds for, and the numbers that it took", () => {
    expect(converted("torch-sgd", { weight_decay: 0.1 }, "sklearn-ridge")).toMatchObject({
      loss: "half-squared",
      used: ["samples"],
    });
    expect(converted("torch-sgd", { weight_decay: 0.1 }, "keras-l2")).toMatchObject({
      loss: "any",
      used: [],
    });
  });
});

const strength = fc.double({ min: 1e-9, max: 1e6, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

function valuesOf(convention: Convention): fc.Arbitrary<Values> {
  return fc.record(
    Object.fromEntries(
      convention.parameters.map(({ name }) => [name, /ratio|_wt/.test(name) ? share : strength]),
    ),
  );
}

describe("every convention", () => {
  test.each(CONVENTIONS.map((convention) => [convention.id, convention] as const))(
    "%s comes back from every other, within 1e-9",
    (_id, from) => {
      fc.assert(
        fc.property(valuesOf(from), (values) => {
          for (const to of CONVENTIONS) {
            const there = convert(from, values, to, KNOWN);
            if (there.kind !== "exact") continue;
            const back = convert(to, there.values, from, KNOWN);
            expect(back.kind).toBe("exact");
            for (const [name, value] of Object.entries(values)) {
              const found = back.kind === "exact" ? (back.values[name] ?? Number.NaN) : Number.NaN;
              // A sum of two strengths keeps digits of the larger one.
              const scale = Math.max(...Object.values(values), 1e-3);
              expect(Math.abs(found - value)).toBeLessThanOrEqual(1e-9 * scale);
            }
          }
        }),
        { numRuns: 20 },
      );
    },
  );

  test("has an id of its own, a source and an objective", () => {
    expect(new Set(CONVENTIONS.map(({ id }) => id)).size).toBe(CONVENTIONS.length);
    for (const { id, source, objective, parameters, penalty, decay, leaf } of CONVENTIONS) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(source).toMatch(/^https:\/\//);
      expect(objective.tex).not.toBe("");
      expect([penalty, decay, leaf].some((side) => side !== undefined)).toBe(true);
      expect(parameters.length).toBeGreaterThan(0);
    }
  });

  test("converts into itself", () => {
    for (const convention of CONVENTIONS) {
      const values = Object.fromEntries(convention.parameters.map(({ name }) => [name, 0.5]));
      expect(convert(convention, values, convention, KNOWN).kind).toBe("exact");
    }
  });

  test("writes its numbers as code", () => {
    for (const { code, parameters } of CONVENTIONS) {
      const texts = Object.fromEntries(
        parameters.map(({ name }, index) => [name, `0.${index + 7}`]),
      );
      for (const text of Object.values(texts)) expect(code(texts)).toContain(text);
      expect(code(texts)).not.toContain("undefined");
    }
  });
});
