import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { LintDocument } from "../../../server/src/engine/document.ts";
import { lint } from "../../../server/src/engine/lint.ts";
import { parse } from "../../../server/src/engine/parse.ts";
import { type ConfigEntryFact, configEntryFacts } from "../../../server/src/facts/config-entry.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { unknownRegularizationKey } from "../../../server/src/rules/config/unknown-regularization-key.ts";
import { valueOutOfRange } from "../../../server/src/rules/config/value-out-of-range.ts";
import { yamlFloatReadAsString } from "../../../server/src/rules/config/yaml-float-read-as-string.ts";

const FIXTURES = path.join(import.meta.dirname, "../../fixtures/config");
const RULES = [yamlFloatReadAsString, unknownRegularizationKey, valueOutOfRange];

function documentOf(file: string, text: string): LintDocument {
  const language = file.endsWith(".json") ? "json" : "yaml";
  return { path: file, language, text, project: NO_PROJECT };
}

function factsOf(text: string, file = "a.yaml"): readonly ConfigEntryFact[] {
  const document = documentOf(file, text);
  return configEntryFacts.extract(parse(document), document);
}

describe("configEntryFacts", () => {
  test("yields keys and list values in source order, with their place", () => {
    const facts = factsOf("a:\n  b: 1\n  c: [2, {d: 3}]\ne:\n");
    expect(facts.map((fact) => [fact.path.join("."), fact.key, fact.isItem])).toEqual([
      ["a", "a", false],
      ["a.b", "b", false],
      ["a.c", "c", false],
      ["a.c.0", "c", true],
      ["a.c.1", "c", true],
      ["a.c.1.d", "d", false],
      ["e", "e", false],
    ]);
    expect(facts[1]?.siblings).toEqual(["b", "c"]);
  });

  test.each([
    ["Axolotl's own keys are typed", "lr: 1", true],
    ["what it passes on is not", "optim_args: {eps: 1}", false],
  ])("%s", (_what, line, isTyped) => {
    const facts = factsOf(`base_model: x\nmicro_batch_size: 1\n${line}\n`);
    expect(facts.at(-1)?.isTyped).toBe(isTyped);
  });

  test("yields nothing for experiment files, which have a schema", () => {
    expect(factsOf("penalty: [{lambda: 1}]", "x/a.normlens.yaml")).toEqual([]);
  });
});

describe("the three config rules together", () => {
  test.each([
    ["axolotl/qlora.yml", ["error NLC01 1e-8", "error NLC03 5"]],
    ["deepspeed/ds_zero2.json", ["error NLC02 wieght_decay"]],
    ["hf-training-arguments/args.json", ["error NLC03 -0.01"]],
    [
      "hf-training-arguments/train.yaml",
      ["warning NLC01 2e-5", "error NLC02 weight_decy", "error NLC03 1.5"],
    ],
    ["hydra/config.yaml", []],
    ["lightning-cli/fit.yaml", ["error NLC02 gradient_clip_vall", "error NLC02 weight_deacy"]],
    ["llama-factory/sft.yaml", ["error NLC02 lora_droput"]],
    ["ludwig/model.yaml", ["error NLC02 regularisation_lambda"]],
    ["nemo/asr.yaml", ["error NLC03 1.98", "error NLC02 weight_decya"]],
    ["none/compose.yaml", []],
    ["none/mine.yaml", ["warning NLC01 1e-3"]],
    ["none/package.json", []],
    ["timm/args.yaml", ["error NLC03 1.5", "error NLC02 weight_deacy"]],
    ["torchtune/recipe.yaml", ["error NLC02 lora_dropuot", "error NLC02 weight_deacy"]],
    [
      "ultralytics/hyp.custom.yaml",
      ["warning NLC01 1e-2", "error NLC03 -0.0005", "error NLC02 label_smothing"],
    ],
  ])("%s", (file, expected) => {
    const text = readFileSync(path.join(FIXTURES, file), "utf8");
    const document = documentOf(file, text);
    const found = lint(document, parse(document), RULES).map(
      ({ severity, code, span }) => `${severity} ${code} ${text.slice(span.start, span.end)}`,
    );
    expect(found).toEqual(expected);
  });
});
