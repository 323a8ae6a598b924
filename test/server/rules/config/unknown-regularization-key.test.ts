import { describe, expect, test } from "vitest";
import type { ProjectFacts } from "../../../../server/src/project/project-facts.ts";
import { unknownRegularizationKey } from "../../../../server/src/rules/config/unknown-regularization-key.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const HF = "output_dir: out\nnum_train_epochs: 3\n";
const TORCHTUNE = "model:\n  _component_: m\noptimizer:\n  _component_: o\n";
const HYDRA = "defaults:\n  - a\n_target_: x\n";

describe("unknown-regularization-key", () => {
  test.each([
    ["«weight_decy»: 0.01", "weight_decay: 0.01"],
    ["opt:\n  «wieght_decay»: 1e-2\n", "opt:\n  weight_decay: 1e-2\n"],
    ["'«label_smothing»': 0.1", "'label_smoothing': 0.1"],
    [`${HF}«weigth_decay»: 0.01\n`, `${HF}weight_decay: 0.01\n`],
    [`${HF}«adam_bta1»: 0.9\n`, undefined],
    [`${TORCHTUNE}  «weight_deacy»: 0.01\n`, `${TORCHTUNE}  weight_decay: 0.01\n`],
  ])("marks and renames %j", (marked, fixed) => {
    checkRule(unknownRegularizationKey, marked, fixed);
  });

  test("reads JSON", () => {
    const before = '{"zero_optimization": {}, "train_batch_size": 1, "optimizer": {"params": {';
    checkRule(
      unknownRegularizationKey,
      `${before}"«wieght_decay»": 0.01}}}`,
      `${before}"weight_decay": 0.01}}}`,
      { language: "json" },
    );
  });

  test.each([
    ["a tool that refuses it", `${HF}weight_decy: 0.1`, "error", "refuses"],
    ["a tool that drops it", "opt: a\nsched: b\nweight_decy: 0.1", "error", "ignores it silently"],
    ["a file of unknown origin", "weight_decy: 0.1", "warning", "No known library"],
  ])("%s", (_what, code, severity, text) => {
    const [finding] = findingsOf(unknownRegularizationKey, code);
    expect(finding?.severity).toBe(severity);
    expect(finding?.message).toContain(text);
    expect(finding?.message).toContain("`weight_decay`");
  });

  test("says so where code of the workspace opens the file and leaves the key alone", () => {
    const project: ProjectFacts = { loaderOf: () => "pyyaml", readsKey: () => false };
    const [finding] = findingsOf(unknownRegularizationKey, `${HF}weight_decy: 0.1`, { project });
    expect(finding?.severity).toBe("error");
    expect(finding?.message).toContain("no code of the workspace reads it");
  });

  test("offers no rename where the right key is there as well", () => {
    const findings = findingsOf(
      unknownRegularizationKey,
      `${HF}weight_decy: 0.1\nweight_decay: 0.1\n`,
    );
    expect(findings.map(({ fixes }) => fixes)).toEqual([[]]);
  });

  test.each([
    ["the right key", "weight_decay: 0.01"],
    ["a key of another name", "my_decay: 0.01"],
    ["keys of Hydra are the user's own", `${HYDRA}weight_decy: 0.01`],
    ["another section of the tool", `${TORCHTUNE}mine:\n  weight_decy: 0.01\n`],
    ["a neighbour that is right", "opt: a\nsched: b\ndecay_rate: 0.1\ndrop: 0.1\n"],
    ["a numbered sibling", "dropout_rate2: 0.1"],
    ["a plural", "weight_decays: 0.1"],
    ["a mapping of an unknown file", "weight_decy:\n  value: 1\n"],
    ["text of an unknown file", "weight_decy: off-ish"],
    ["an unknown file that has the right key too", "weight_decy: 1\nweight_decay: 1"],
    ["an experiment of NormLens", "training: {weight_decy: 1}", "a.normlens.yaml"],
  ])("stays silent: %s", (_why, code, path = "a.yaml") => {
    checkRule(unknownRegularizationKey, code, undefined, { path });
  });

  test("stays silent where code reads the key", () => {
    const project: ProjectFacts = {
      loaderOf: () => undefined,
      readsKey: (key) => key === "weight_decy",
    };
    checkRule(unknownRegularizationKey, "weight_decy: 0.01", undefined, { project });
  });
});
