import { describe, expect, test } from "vitest";
import type { YamlLoader } from "../../../../server/src/project/project-facts.ts";
import { duplicateKey } from "../../../../server/src/rules/config/duplicate-key.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

describe("duplicate-key", () => {
  test.each([
    [
      "block mappings",
      "opt:\n  «weight_decay»: 0.1 # old\n  lr: 0.1\n  weight_decay: 0.2\n",
      "opt:\n  lr: 0.1\n  weight_decay: 0.2\n",
    ],
    ["flow mappings", "{«dropout»: 0.1, dropout: 0.2}\n", "{dropout: 0.2}\n"],
    ["quoted keys", "'«weight_decay»': 0.1\nweight_decay: 0.2\n", "weight_decay: 0.2\n"],
    ["other quantities", "«warmup_lr»: 1\nx: 2\nwarmup_lr: 3\n", "x: 2\nwarmup_lr: 3\n"],
  ])("removes the earlier one in %s", (_where, marked, fixed) => {
    checkRule(duplicateKey, marked, fixed);
  });

  test("reads a vocabulary in time linear in it", () => {
    const words = Array.from({ length: 50_000 }, (_, at) => `"w${at}": ${at}`);
    checkRule(duplicateKey, `{${words.join(", ")}}`, undefined, { language: "json" });
  });

  test("reads JSON", () => {
    checkRule(
      duplicateKey,
      '{\n  "«weight_decay»": 0.1,\n  "lr": 1,\n  "weight_decay": 0\n}\n',
      '{\n  "lr": 1,\n  "weight_decay": 0\n}\n',
      { language: "json" },
    );
  });

  test.each<[YamlLoader, string]>([
    ["pyyaml", "PyYAML keeps the last one without a word."],
    ["omegaconf", "OmegaConf refuses the file."],
    ["ruamel", "The loader, ruamel.yaml, refuses the file."],
    ["unknown", "PyYAML would keep the last one without a word."],
  ])("says what %s does", (loader, fate) => {
    const [finding] = findingsOf(duplicateKey, "lr: 1\nlr:\n  a: 2\nlr: 3\n", {
      project: { loaderOf: () => loader },
    });
    expect(finding?.message).toBe(`\`lr\` is given twice here, 1 and then 3. ${fate}`);
  });

  test.each([
    ["a merge", "base: &b {weight_decay: 0.1}\na:\n  <<: *b\n  weight_decay: 0.2\n", "yaml"],
    ["other mappings", "a: {weight_decay: 1}\nb: {weight_decay: 1}\n", "yaml"],
    ["items of a list", "- weight_decay: 1\n- weight_decay: 2\n", "yaml"],
    ["documents of a stream", "weight_decay: 1\n---\nweight_decay: 2\n", "yaml"],
    ["keys that are no quantity", "name: a\nname: b\nrate: {a: 1}\n", "yaml"],
    ["TOML", "weight_decay = 1\n", "toml"],
    ["Python", "_base_ = []\noptim_wrapper = dict()\nlr = 1\nlr = 2\n", "python"],
    ["half-typed", "weight_decay: 1\nweight_dec", "yaml"],
  ] as const)("is silent: %s", (_why, code, language) =>
    checkRule(duplicateKey, code, undefined, { language }),
  );
});
