import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { experimentAsRun, valueText } from "../../../client/src/runs/experiment-as-run.ts";
import { readExperimentFile } from "../../../trainer/src/experiment-file.ts";

const EXAMPLES = path.join(import.meta.dirname, "../../../examples");

describe("experimentAsRun()", () => {
  test("is what the trainer reads with the same values set", () => {
    const file = path.join(EXAMPLES, "shapes.normlens.yaml");
    const set = ["penalty.0.lambda=3e-5", "training.epochs=2"];
    const home = mkdtempSync(path.join(tmpdir(), "normlens-as-run-"));
    const copy = path.join(home, "copy.normlens.yaml");
    writeFileSync(copy, experimentAsRun(readFileSync(file, "utf8"), { set }));
    const wanted = readExperimentFile(file, EXAMPLES, set).experiment;
    expect(readExperimentFile(copy, home, []).experiment).toEqual(wanted);
    expect(wanted.training?.epochs).toBe(2);
  });

  test("keeps comments and everything else as it is written", () => {
    const text = "# Why\nname: A # so\npenalty: [{ norm: l1, lambda: 1e-4 }]\n";
    expect(experimentAsRun(text, { set: ["penalty.0.lambda=0.01", "training.seed=3"] })).toBe(
      "# Why\nname: A # so\npenalty: [ { norm: l1, lambda: 0.01 } ]\ntraining:\n  seed: 3\n",
    );
    expect(experimentAsRun(text, {})).toBe(text);
  });

  test("makes one training of a trial of a sweep", () => {
    const text = "name: A\nsweep:\n  search: grid\n";
    expect(experimentAsRun(text, { set: ["name=B"], parent: "s" })).toBe("name: B\n");
  });

  test.each([
    ["no YAML", "a: [", ["b=1"]],
    ["a single value in the way", "a: 1\n", ["a.b=1"]],
  ])("throws where the text is %s", (_name, text, set) => {
    expect(() => experimentAsRun(text, { set })).toThrow(Error);
  });
});

test.each([
  [1e-4, "0.0001"],
  ["0.1 / m", "0.1 / m"],
  ["true", '"true"'],
  [[64, 32], "[ 64, 32 ]"],
  [{ image: [8] }, "{ image: [ 8 ] }"],
  ["", '""'],
])("valueText(%j) is %s", (value, text) => expect(valueText(value)).toBe(text));
