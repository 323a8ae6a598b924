import { describe, test } from "vitest";
import { emptyValueMeansNull } from "../../../../server/src/rules/config/empty-value-means-null.ts";
import { checkRule } from "../../../support/check-rule.ts";

const HF = "output_dir: o\nnum_train_epochs: 1\n";

describe("empty-value-means-null", () => {
  test.each([
    ["alone", "«weight_decay»:\n", "weight_decay: 0.0\n"],
    ["before a comment", "a:\n  «l1_ratio»: # ?\n  b: 1\n", "a:\n  l1_ratio: 0.0 # ?\n  b: 1\n"],
    ["in quotes", '"«weight_decay»" :\n', '"weight_decay" : 0.0\n'],
    ["with the tool's default", `${HF}«adam_beta1»:\n`, `${HF}adam_beta1: 0.9\n`],
    ["in a tool's section", `${HF}«weight_decay»:\n`, `${HF}weight_decay: 0.0\n`],
    [
      "a document marker behind it",
      "«weight_decay»:\n---\na: 1\n",
      "weight_decay: 0.0\n---\na: 1\n",
    ],
  ])("a number is needed: %s", (_where, marked, fixed) => {
    checkRule(emptyValueMeansNull, marked, fixed);
  });

  test.each([
    ["a written null", "weight_decay: null\n"],
    ["a tilde", "weight_decay: ~\n"],
    ["a tool that gives null a meaning", `${HF}neftune_noise_alpha:\n`],
    ["a tool where all is optional", "base_model: b\nmicro_batch_size: 1\nlora_dropout:\n"],
    ["a tool without the key", "input_features: []\noutput_features: []\nweight_decay:\n"],
    ["a template", "weight_decay:\nlr:\n"],
    ["a mapping", "weight_decay:\n  a: 1\n"],
    ["keys that may be null", "classifier_dropout:\n"],
    ["an ambiguous name", "C:\n"],
    ["lists", "betas:\n"],
    ["a name that regularizes nothing", "name:\n"],
  ])("is silent: %s", (_why, code) => checkRule(emptyValueMeansNull, code));

  test("is silent in JSON that stops too early", () => {
    checkRule(emptyValueMeansNull, '{"weight_decay":', undefined, { language: "json" });
  });
});
