import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkExperiment } from "../../../core/experiment/check-experiment.ts";

const REST = {
  name: "a",
  model: { type: "mlp" },
  objective: { loss: "mse" },
  training: { epochs: 1 },
};
const TABLE = { source: "csv", path: "a.csv", task: "regression", target: "y" };
const problemsOf = (value: object) => {
  const checked = checkExperiment({ ...REST, ...value });
  return "problems" in checked
    ? checked.problems.map(({ message, allowed }) => `${message}; ${allowed}`).join("\n")
    : "";
};

describe("data from files", () => {
  const pages = readFileSync("docs/data.md", "utf8").split("```yaml\n").slice(1);
  const examples = pages.map((page) => page.slice(0, page.indexOf("```")));

  test("the manual has examples", () => expect(examples.length).toBeGreaterThan(3));

  test.each(examples)("is as the manual says: %s", (text) => {
    expect(problemsOf(parse(text))).toBe("");
  });

  test("has defaults for every setting that is not required", () => {
    const checked = checkExperiment({ ...REST, data: TABLE });
    expect("experiment" in checked && checked.experiment.data).toEqual({
      ...TABLE,
      categorical: [],
      missing_values: "error",
      decimal: ".",
      standardize: false,
      max_rows: 1_000_000,
      seed: 0,
    });
  });

  test.each([
    [{ ...TABLE, path: undefined }, "`path` is missing"],
    [{ ...TABLE, task: undefined }, "`task` is missing"],
    [{ ...TABLE, source: "parquet", decimal: "," }, "`source: parquet` does not use this key"],
    [{ ...TABLE, samples: 100 }, "`source: csv` does not use this key"],
    [
      { ...TABLE, categorical: { colour: "red" } },
      '`colour` cannot be "red"; allowed is a list, each entry text',
    ],
    [
      { ...TABLE, categorical: 3 },
      "`categorical` cannot be 3; allowed is a list, each entry text, or a mapping, each value a list",
    ],
    [{ ...TABLE, max_rows: 0 }, "`max_rows` cannot be 0"],
    [{ source: "pairs" }, "`modalities` is missing"],
    [{ source: "pairs", modalities: { image: { array: "x" } } }, "`path` is missing"],
    [{ source: "pairs", modalities: { smell: "x.npy" } }, "unknown key `smell`"],
  ])("%j is refused", (data, message) => {
    expect(problemsOf({ data: JSON.parse(JSON.stringify(data)) })).toContain(message);
  });

  test("is split by a group or by an order of its columns, not by both", () => {
    const split = { group: "house", order: "day" };
    expect(problemsOf({ data: TABLE, split })).toContain("rows are split by `group` or by `order`");
    expect(problemsOf({ data: TABLE, split: { order: "day" } })).toBe("");
  });
});
