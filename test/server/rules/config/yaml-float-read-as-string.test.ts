import { describe, expect, test } from "vitest";
import type { ProjectFacts, YamlLoader } from "../../../../server/src/project/project-facts.ts";
import { yamlFloatReadAsString } from "../../../../server/src/rules/config/yaml-float-read-as-string.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const loadedBy = (loader: YamlLoader | undefined): ProjectFacts => ({ loaderOf: () => loader });
const PYYAML = { project: loadedBy("pyyaml") };

const AXOLOTL = "base_model: x\nmicro_batch_size: 1\nadapter: lora\n";
const LLAMA_FACTORY = "stage: sft\nfinetuning_type: lora\ntemplate: x\n";
const TORCHTUNE = "optimizer:\n  _component_: a\n  lr: 1e-2\nloss:\n  _component_: b\n";
const LIGHTNING = "seed_everything: 1\ntrainer:\n  max_epochs: 1\nlr: 1e-3\n";
const TIMM = "opt: adamw\nsched: cosine\nlr: 1e-3\n";
const LUDWIG = "input_features: []\noutput_features: []\ntrainer:\n  learning_rate: 1e-3\n";
const NEMO = "model:\n  optim:\n    name: adamw\n    lr: 1e-3\nexp_manager:\n";

describe("yaml-float-read-as-string", () => {
  test.each([
    ["weight_decay: «1e-2»", "weight_decay: 1.0e-2"],
    ["weight_decay: «1E-2» # tail", "weight_decay: 1.0E-2 # tail"],
    ["lr: «1e5»", "lr: 1.0e+5"],
    ["lr: «1.0e5»", "lr: 1.0e+5"],
    ["momentum: «-.5»", "momentum: -0.5"],
    ["optimizer: {name: sgd, lr: «1e-1», nesterov: true}", undefined],
    ["betas: [0.9, «999e-3»]", "betas: [0.9, 999.0e-3]"],
    ["a:\n  - lr: «3e-4»\n", "a:\n  - lr: 3.0e-4\n"],
    ["lr: «1e-3»\r\nwarmup_lr: «1e-6»\r\n", "lr: 1.0e-3\r\nwarmup_lr: 1.0e-6\r\n"],
  ])("marks and rewrites %j", (marked, fixed) => {
    checkRule(yamlFloatReadAsString, marked, fixed, PYYAML);
  });

  test.each([
    ["pyyaml", "error"],
    ["unknown", "warning"],
    [undefined, "warning"],
    ["omegaconf", undefined],
    ["ruamel", undefined],
    ["pydantic", undefined],
    ["pyyaml-patched", undefined],
  ] as const)("loader %s gives severity %s", (loader, severity) => {
    const findings = findingsOf(yamlFloatReadAsString, "lr: 1e-2", { project: loadedBy(loader) });
    expect(findings.map((finding) => finding.severity)).toEqual(severity ? [severity] : []);
  });

  test("names the value and what is missing in it", () => {
    const [finding] = findingsOf(yamlFloatReadAsString, "lr: 1e5", PYYAML);
    expect(finding?.message).toContain("`lr: 1e5`");
    expect(finding?.message).toContain("no dot and the exponent has no sign");
  });

  test("checks what a typed tool passes on as it was loaded", () => {
    checkRule(
      yamlFloatReadAsString,
      `${AXOLOTL}weight_decay: 1e-2\noptim_args:\n  eps: «1e-8»\n`,
      `${AXOLOTL}weight_decay: 1e-2\noptim_args:\n  eps: 1.0e-8\n`,
    );
  });

  test("code that opens the file outweighs the tool it looks like", () => {
    checkRule(yamlFloatReadAsString, `${LLAMA_FACTORY}lr: «1e-2»\n`, undefined, PYYAML);
  });

  test.each([
    ["a float for every loader", "lr: 1.0e-2"],
    ["quoted text, meant as text", 'lr: "1e-2"'],
    ["single quotes", "lr: '1e-2'"],
    ["an explicit tag", "lr: !!float 1e-2"],
    ["an interpolation", "lr: $base_lr"],
    ["a key that is no quantity", "commit: 12e5"],
    ["an integer", "weight: 5"],
    ["a plain word", "lr: auto"],
    ["an empty value", "lr:"],
    ["an alias", "a: &x 1.0e-2\nlr: *x"],
    ["a block scalar", "lr: |\n  1e-2\n"],
  ])("stays silent: %s", (_why, code) => checkRule(yamlFloatReadAsString, code, undefined, PYYAML));

  test.each([
    ["typed by Axolotl", `${AXOLOTL}learning_rate: 1e-2\n`],
    ["OmegaConf in LLaMA-Factory", `${LLAMA_FACTORY}learning_rate: 1e-4\n`],
    ["OmegaConf in torchtune", TORCHTUNE],
    ["jsonargparse in Lightning CLI", LIGHTNING],
    ["argparse types in timm", TIMM],
    ["typed by Ludwig", LUDWIG],
    ["OmegaConf in NeMo", NEMO],
    ["OmegaConf in Hydra", "defaults:\n  - a\n_target_: x\nlr: 1e-2\n"],
  ])("stays silent: %s", (_why, code) => checkRule(yamlFloatReadAsString, code));

  test("stays silent where code casts the value", () => {
    const project: ProjectFacts = { ...PYYAML.project, castsKey: (key) => key === "lr" };
    checkRule(yamlFloatReadAsString, "lr: 1e-2\neps: «1e-8»", undefined, { project });
  });

  test("stays silent in JSON and in NormLens's own experiment files", () => {
    checkRule(yamlFloatReadAsString, '{"lr": 1e-2}', undefined, { language: "json", ...PYYAML });
    checkRule(yamlFloatReadAsString, "training: {learning_rate: 1e-2}", undefined, {
      path: "a/shapes.normlens.yaml",
      ...PYYAML,
    });
  });
});
