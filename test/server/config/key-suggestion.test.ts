import { describe, expect, test } from "vitest";
import { DIALECTS } from "../../../server/src/config/dialects/dialects.generated.ts";
import { keySuggestion } from "../../../server/src/config/key-suggestion.ts";
import { KNOWN_KEYS } from "../../../server/src/config/known-keys.ts";

describe("keySuggestion()", () => {
  test.each([...KNOWN_KEYS.keys()])("%s is right as it is", (key) => {
    expect(keySuggestion([key], undefined)).toBeUndefined();
  });

  test.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))(
    "%s: its own keys are right as they are",
    (_name, dialect) => {
      for (const { at, keys, neighbours } of dialect.sections) {
        for (const key of [...keys.map(({ name }) => name), ...neighbours]) {
          expect(keySuggestion([...at.split(".").filter(Boolean), key], dialect)).toBeUndefined();
        }
      }
    },
  );

  test.each([
    ["weight_deacy", "weight_decay"],
    ["weigth_decay", "weight_decay"],
    ["weightdecay", "weight_decay"],
    ["label_smothing", "label_smoothing"],
    ["lora_dropuot", "lora_dropout"],
    ["l1_raito", "l1_ratio"],
  ])("%s was meant to be %s", (key, meant) => {
    expect(keySuggestion(["a", key], undefined)?.meant).toBe(meant);
  });

  test.each([
    "weight_decays",
    "dropout2",
    "weights",
    "decay",
    "l1",
    "_ratio",
    "lm_dropout",
    "dnn_dropout",
    "alpha",
    "lr",
    "",
  ])("%j is a name of its own", (key) => expect(keySuggestion([key], undefined)).toBeUndefined());
});
