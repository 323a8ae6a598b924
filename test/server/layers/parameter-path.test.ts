import { expect, test } from "vitest";
import { parameterPaths } from "../../../server/src/layers/parameter-path.ts";

test.each([
  ["fc1.weight", [["", "fc1.weight"]]],
  [
    "module.encoder.fc1.weight",
    [
      ["", "module.encoder.fc1.weight"],
      ["module.", "encoder.fc1.weight"],
    ],
  ],
  ["_orig_mod.fc1.weight", [["", "fc1.weight"]]],
  ["encoder._orig_mod.fc1.weight", [["", "encoder.fc1.weight"]]],
  [
    "state_dict.model.fc.bias",
    [
      ["", "state_dict.model.fc.bias"],
      ["state_dict.", "model.fc.bias"],
      ["state_dict.model.", "fc.bias"],
    ],
  ],
  ["layers/dense/vars/0", [["", "layers.dense.vars.0"]]],
  ["model", [["", "model"]]],
])("parameterPaths(%s)", (name, expected) => {
  expect(parameterPaths(name).map(({ prefix, steps }) => [prefix, steps.join(".")])).toEqual(
    expected,
  );
});
