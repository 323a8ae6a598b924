import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readExperimentFile } from "../../trainer/src/experiment-file.ts";
import { ExperimentRefused } from "../../trainer/src/experiment-refused.ts";
import { SMALL_EXPERIMENT, smallWorkspace } from "../support/small-experiment.ts";

function refusal(text: string, set: readonly string[] = []): string {
  const { folder, spec } = smallWorkspace(text);
  try {
    readExperimentFile(spec, folder, set);
  } catch (error) {
    if (error instanceof ExperimentRefused) return error.message;
    throw error;
  }
  return "";
}

describe("readExperimentFile", () => {
  test("gives the experiment, the text as it is, its hash and its name in the workspace", () => {
    const { folder, spec } = smallWorkspace();
    const file = readExperimentFile(spec, folder, []);
    expect(file.experiment).toMatchObject({ name: "Small shapes", training: { epochs: 2 } });
    expect(file.text).toBe(SMALL_EXPERIMENT);
    expect(file.hash).toBe(createHash("sha256").update(SMALL_EXPERIMENT).digest("hex"));
    expect(file.name).toBe("small.normlens.yaml");
  });

  test("replaces values, new keys and list entries included, and reads them as YAML", () => {
    const { folder, spec } = smallWorkspace();
    const { experiment } = readExperimentFile(spec, folder, [
      "training.epochs=7",
      "penalty.0.lambda=1e-2",
      "penalty.1.lambda=0.5 / m",
      "training.learning_rate=0.5",
      "data.missing={ text: 0.5 }",
      "training.epochs=9",
    ]);
    expect(experiment.training).toMatchObject({ epochs: 9, learning_rate: 0.5 });
    expect(experiment.penalty).toMatchObject([{ lambda: 0.01 }, { lambda: "0.5 / m" }]);
    expect(experiment.data).toMatchObject({ missing: { image: 0, text: 0.5, audio: 0 } });
  });

  const at = (place: string) => new RegExp(`^small\\.normlens\\.yaml:${place}: \\S.*`);
  test.each([
    ["a value", SMALL_EXPERIMENT.replace("lambda: 5e-3", "lambda: -1"), "7:25"],
    ["a key", SMALL_EXPERIMENT.replace("batch_size", "batchsize"), "9:51"],
    ["a nested value", SMALL_EXPERIMENT.replace("source: trio", "source: sql"), "2:17"],
    [
      "a value on the second line of a list",
      SMALL_EXPERIMENT.replace('"0.1 / m"', '"0.1 / q"'),
      "8:25",
    ],
    [
      "a missing section, at the file's start",
      SMALL_EXPERIMENT.replace(/^objective.*\n/m, ""),
      "1:1",
    ],
    ["YAML that does not parse", `${SMALL_EXPERIMENT}name: [`, "\\d+:\\d+"],
    ["a key that is there twice", `${SMALL_EXPERIMENT}name: again\n`, "10:1"],
    ["a second document", `${SMALL_EXPERIMENT}---\nname: b\n`, "10:1"],
    ["an alias without an anchor", SMALL_EXPERIMENT.replace("epochs: 2", "epochs: *n"), "9:75"],
    [
      "a number without a finite value",
      SMALL_EXPERIMENT.replace("samples: 60", "samples: 1e999"),
      "2:32",
    ],
    ["tabs in the place of blanks", "name: a\ndata:\n\tsource: trio\n\tseed: 3\n", "3:1"],
    ["a constant λ that is infinite", SMALL_EXPERIMENT.replace('"0.1 / m"', '"1e999"'), "8:25"],
    ["a call that no function takes", SMALL_EXPERIMENT.replace('"0.1 / m"', '"max()"'), "8:25"],
  ])("names file, line and column of %s", (_name, text, place) => {
    expect(refusal(text)).toMatch(at(place));
    expect(refusal(text)).not.toContain("\n");
  });

  test("says what is allowed", () => {
    expect(refusal(SMALL_EXPERIMENT.replace("epochs: 2", "epochs: 0"))).toContain("allowed");
  });

  test("tells every fault, one a line", () => {
    const text = SMALL_EXPERIMENT.replace("samples: 60", "samples: 2").replace(
      "epochs: 2",
      "epochs: 0",
    );
    expect(refusal(text).split("\n")).toHaveLength(2);
  });

  test.each([
    ["training.epochs=none", "--set training.epochs=none: "],
    ["training.epochs", "--set training.epochs: expected key=value"],
    ["name.first=x", "--set name.first=x: "],
    ["training.epochs=[", "--set training.epochs=[: "],
    ["training.epochs.deep=1", "`training.epochs` is a single value and has no `deep`"],
    ["penalty.7.lambda=1", "`penalty` is a list of 2, take a number from 0 to 2"],
    ["penalty.x.lambda=1", "`penalty` is a list of 2, take a number from 0 to 2"],
    ["training.nope=1", "--set training.nope=1: unknown key `nope`"],
  ])("blames `--set %s` and not the file", (set, start) => {
    expect(refusal(SMALL_EXPERIMENT, [set])).toContain(start);
    expect(refusal(SMALL_EXPERIMENT, [set])).not.toContain("small.normlens.yaml");
  });

  test.each([
    ["CRLF at the ends of lines", SMALL_EXPERIMENT.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${SMALL_EXPERIMENT}`],
    [
      "anchors and aliases",
      SMALL_EXPERIMENT.replace("epochs: 2", "epochs: &two 2").replace("seed: 2", "seed: *two"),
    ],
  ])("reads %s", (_name, text) => {
    expect(refusal(text)).toBe("");
  });

  test.each(["- 1\n- 2\n", "text\n", "42\n"])(
    "says that %j is no mapping, replaced values or not",
    (text) => {
      expect(refusal(text)).toMatch(/^small\.normlens\.yaml:1:1: the file cannot be/);
      expect(refusal(text, ["training.epochs=3"])).toBe(refusal(text));
    },
  );

  test("names no place outside an empty file", () => {
    expect(refusal("")).toMatch(at("1:1"));
  });

  test("refuses a folder", () => {
    const { folder } = smallWorkspace();
    expect(() => readExperimentFile(folder, folder, [])).toThrow(/: it is a folder$/);
  });

  test("stops at aliases that multiply without end", () => {
    const levels = Array.from(
      { length: 10 },
      (_, k) => `b${k}: &b${k} [${Array(9).fill(k === 0 ? "x" : `*b${k - 1}`)}]`,
    );
    expect(refusal(levels.join("\n"))).toMatch(/^small\.normlens\.yaml:\d+:\d+: /);
  });

  test("refuses a file that is not there", () => {
    expect(() => readExperimentFile("/nowhere/x.normlens.yaml", "/nowhere", [])).toThrow(
      /^Cannot read x\.normlens\.yaml: it does not exist$/,
    );
  });
});
