import { describe, expect, test } from "vitest";
import { experimentValues } from "../../../core/experiment/experiment-values.ts";

const FILE = {
  name: "Line",
  data: { source: "csv", path: "a.csv", target: ["y1", "y2"] },
  model: { type: "mlp", hidden: [8, 4] },
  penalty: [
    { norm: "l1", lambda: 1e-4 },
    { norm: "l2", lambda: "0.1 / m", on: "fc1.*" },
  ],
  training: { epochs: 3 },
};

const values = experimentValues(FILE);
const find = (key: string) => values.find((value) => value.key === key);

describe("experimentValues()", () => {
  test("names the values of the file in their order", () => {
    expect(values.filter(({ value }) => value !== undefined).map(({ key }) => key)).toEqual([
      "name",
      "data.source",
      "data.path",
      "data.target",
      "model.type",
      "model.hidden",
      "penalty.0.norm",
      "penalty.0.lambda",
      "penalty.1.norm",
      "penalty.1.lambda",
      "penalty.1.on",
      "training.epochs",
    ]);
    expect(find("data.target")?.value).toEqual(["y1", "y2"]);
    expect(find("penalty.1.lambda")?.value).toBe("0.1 / m");
  });

  test("adds what the file leaves to its default, where it holds", () => {
    expect(find("training.optimizer")).toMatchObject({ value: undefined });
    expect(find("training.optimizer")?.options).toContain("adamw");
    expect(find("penalty.0.on")?.value).toBeUndefined();
    expect(find("data.standardize")?.options).toEqual(["true", "false"]);
    // A key of another model, and a section that is no value.
    expect(find("model.clusters")).toBeUndefined();
    expect(find("split")).toBeUndefined();
    expect(new Set(values.map(({ key }) => key)).size).toBe(values.length);
  });

  test("says what is allowed", () => {
    expect(find("training.epochs")?.allowed).toMatch(/^a whole number at least/);
    for (const { allowed } of values) expect(allowed).not.toBe("");
  });

  test.each([null, 3, [], { unknown: 1 }, { penalty: 3 }])("is total: %j", (file) => {
    expect(Array.isArray(experimentValues(file))).toBe(true);
  });
});
