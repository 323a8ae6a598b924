import { describe, expect, test } from "vitest";
import { type CheckedRun, findingEffects } from "../../../client/src/findings/finding-effect.ts";
import type { RunRecord } from "../../../core/protocol/run-files.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const FINDING = { code: "NL501", name: "n", path: "train.py", line: 3, message: "m" };

function run(
  loss: number | undefined,
  findings: CheckedRun["findings"],
  changes: Partial<RunRecord> & { readonly latest?: Record<string, number> } = {},
): CheckedRun {
  const { latest, ...record } = changes;
  const values = latest ?? (loss === undefined ? {} : { "validation/data_loss": loss });
  return { run: runListEntry({ latest: values }, record), findings };
}

describe("findingEffects", () => {
  test("compares the runs of one experiment with the finding to those without", () => {
    const runs = [run(0.4, [FINDING]), run(0.5, [FINDING]), run(0.3, [])];
    expect(findingEffects(FINDING, runs)).toEqual([
      {
        spec: "shapes.normlens.yaml",
        metric: "data_loss",
        goal: "minimize",
        with: [0.4, 0.5],
        without: [0.3],
        differsOtherwise: false,
      },
    ]);
  });

  test.each([
    ["all runs had it", [run(0.4, [FINDING]), run(0.3, [FINDING])]],
    ["no run had it", [run(0.4, []), run(0.3, [])]],
    [
      "another experiment had none",
      [run(0.4, [FINDING]), run(0.3, [], { spec: "b.normlens.yaml" })],
    ],
    ["nobody looked at the other run", [run(0.4, [FINDING]), run(0.3, undefined)]],
    ["the other run has no metric", [run(0.4, [FINDING]), run(undefined, [])]],
    ["the other run is a trial", [run(0.4, [FINDING]), run(0.3, [], { parent: "sweep" })]],
    ["the other run failed", [run(0.4, [FINDING]), run(0.3, [], { status: "failed" })]],
    [
      "the other run has another metric",
      [run(0.4, [FINDING]), run(undefined, [], { latest: { "validation/accuracy": 0.9 } })],
    ],
  ])("is silent where %s", (_case, runs) => expect(findingEffects(FINDING, runs)).toEqual([]));

  test.each([
    ["the rule", { ...FINDING, code: "NL502" }],
    ["the file", { ...FINDING, path: "other.py" }],
  ])("tells findings apart by %s", (_case, other) => {
    const [effect] = findingEffects(FINDING, [run(0.4, [FINDING]), run(0.3, [other])]);
    expect(effect).toMatchObject({ with: [0.4], without: [0.3] });
  });

  test("does not mind the line, which moves", () => {
    const runs = [run(0.4, [{ ...FINDING, line: 90 }]), run(0.3, [])];
    expect(findingEffects(FINDING, runs)[0]?.with).toEqual([0.4]);
  });

  test.each([
    ["hash", { spec_hash: "1".repeat(64) }],
    ["values set", { set: ["training.seed=3"] }],
  ])("says that the runs differ in their %s as well", (_case, record) => {
    const [effect] = findingEffects(FINDING, [run(0.4, [FINDING]), run(0.3, [], record)]);
    expect(effect?.differsOtherwise).toBe(true);
  });
});
