import { variable, zeros } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Penalty } from "../../core/experiment/experiment.ts";
import type { Parameter } from "../../trainer/src/parameters.ts";
import { penaltyTerms } from "../../trainer/src/penalty-terms.ts";
import { useCpuBackend } from "../support/tensor-values.ts";

const VARIABLES = { m: 100, batch: 10, steps: 50 };
let parameters: readonly Parameter[] = [];

beforeAll(async () => {
  await useCpuBackend();
  parameters = [
    { name: "image.fc1.weight", kind: "weight", variable: variable(zeros([4, 3])) },
    { name: "image.fc1.bias", kind: "bias", variable: variable(zeros([3])) },
    { name: "head.weight", kind: "weight", variable: variable(zeros([3, 2])) },
  ];
});

/** Names that terms fall on, and the labels; or the problem's message. */
function place(...entries: readonly Penalty[]) {
  const terms = penaltyTerms(entries, parameters, { variables: VARIABLES });
  return "problem" in terms
    ? terms.problem.message
    : { on: [...terms.byParameter.keys()], labels: terms.labels };
}

describe("penaltyTerms", () => {
  test.each([
    ["no glob: all weights", undefined, ["image.fc1.weight", "head.weight"]],
    ["a glob: the weights it matches", "image.*", ["image.fc1.weight"]],
    ["a glob that ends in bias: biases", "*.bias", ["image.fc1.bias"]],
  ])("falls on what `on` says, %s", (_name, on, expected) => {
    const entry: Penalty = { norm: "l1", lambda: 0.5, ...(on === undefined ? {} : { on }) };
    expect(place(entry)).toMatchObject({ on: expected });
  });

  test("evaluates λ with the samples, the steps and the elements it falls on", () => {
    expect(place({ norm: "l1", lambda: "m / n + batch / steps", on: "image.*" })).toEqual({
      on: ["image.fc1.weight"],
      labels: [`${100 / 12 + 0.2}·‖w‖₁ on image.*`],
    });
  });

  test("tells what each λ comes to, those of 0 among them, and no limit for a λ", () => {
    const entries: readonly Penalty[] = [
      { norm: "l2", lambda: "0.1 / m", convention: "half_mean" },
      { norm: "max_norm", limit: 2, groups: "outputs", projection: "keras" },
      { norm: "l1", lambda: 0, on: "head.*" },
    ];
    expect(penaltyTerms(entries, parameters, { variables: VARIABLES })).toMatchObject({
      evaluated: [
        { norm: "l2", lambda: 0.001 },
        { norm: "l1", lambda: 0, on: "head.*" },
      ],
    });
  });

  test("adds up terms on one parameter, in order", () => {
    const terms = penaltyTerms(
      [
        { norm: "l1", lambda: 1 },
        { norm: "l2", lambda: 2, convention: "plain", on: "head.*" },
      ],
      parameters,
      { variables: VARIABLES },
    );
    const labels = "problem" in terms ? [] : terms.byParameter.get("head.weight");
    expect(labels?.map((term) => term.label())).toEqual(["1·‖w‖₁", "2·‖w‖²"]);
  });

  test("takes maps of single weights first, then of groups, constraints last", () => {
    const entries: readonly Penalty[] = [
      { norm: "max_norm", limit: 2, groups: "outputs", projection: "keras", on: "head.*" },
      { norm: "group_lasso", lambda: 1, groups: "inputs", on: "head.*" },
      { norm: "l1", lambda: 1, on: "head.*" },
    ];
    const terms = penaltyTerms(entries, parameters, { variables: VARIABLES });
    const found = "problem" in terms ? [] : terms.byParameter.get("head.weight");
    expect(found?.map(({ level }) => level)).toEqual([undefined, "group", "constraint"]);
  });

  test("refuses groups that overlap on one tensor", () => {
    const over = (groups: "inputs" | "outputs", on: string): Penalty => ({
      norm: "group_lasso",
      lambda: 1,
      groups,
      on,
    });
    expect(place(over("inputs", "*"), over("outputs", "head.*"))).toBe(
      "groups over outputs of head.weight overlap those over inputs",
    );
    expect(place(over("inputs", "image.*"), over("outputs", "head.*"))).toHaveProperty("labels");
  });

  test("has no term at all for λ = 0", () => {
    const zero = [
      { norm: "l1", lambda: 0 },
      { norm: "l2", lambda: "0 * m", convention: "half" },
      { norm: "elastic_net", lambda: 0, l1_ratio: 0.5 },
    ] as const;
    expect(place(...zero)).toEqual({ on: [], labels: [] });
  });

  test("says which weights there are when a glob matches none, and what is wrong with a λ", () => {
    expect(place({ norm: "l1", lambda: 1, on: "imag.*" })).toBe("`imag.*` matches no parameter");
    expect(place({ norm: "l1", lambda: "1 - m" })).toContain("λ must be 0 or more");
  });
});
