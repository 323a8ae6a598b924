import { describe, expect, test } from "vitest";
import { stepFiles } from "../../../core/weights/step-files.ts";

describe("stepFiles()", () => {
  test.each<[string, string, readonly string[], string, readonly (readonly [number, string])[]]>([
    [
      "snapshots of a run",
      "step-00000120.safetensors",
      ["step-00000240.safetensors", "layers.jsonl", "step-00000120.safetensors", "step-1.json"],
      "step",
      [
        [120, "step-00000120.safetensors"],
        [240, "step-00000240.safetensors"],
      ],
    ],
    [
      "the last number that tells all apart",
      "epoch=3-step=420.ckpt",
      ["epoch=3-step=500.ckpt", "epoch=4-step=560.ckpt", "last.ckpt"],
      "step",
      [
        [420, "epoch=3-step=420.ckpt"],
        [500, "epoch=3-step=500.ckpt"],
        [560, "epoch=4-step=560.ckpt"],
      ],
    ],
    [
      "an earlier number where the last is a measure or the same",
      "epoch_02_val0.31.pt",
      ["epoch_10_val0.29.pt", "epoch_01_val0.31.pt"],
      "epoch",
      [
        [1, "epoch_01_val0.31.pt"],
        [2, "epoch_02_val0.31.pt"],
        [10, "epoch_10_val0.29.pt"],
      ],
    ],
    [
      "folders of checkpoints",
      "checkpoint-500",
      ["checkpoint-1000", "checkpoint-best", "runs"],
      "checkpoint",
      [
        [500, "checkpoint-500"],
        [1000, "checkpoint-1000"],
      ],
    ],
  ])("goes by %s", (_, name, names, word, steps) => {
    const found = stepFiles(name, names);
    expect(found?.word).toBe(word);
    expect(found?.steps.map(({ step, name }) => [step, name])).toEqual(steps);
  });

  test.each([
    ["it is alone", "step-1.pt", ["step-1.pt", "step-2.npz"]],
    [
      "the number counts parts",
      "model-00001-of-00002.safetensors",
      ["model-00002-of-00002.safetensors"],
    ],
    ["the number counts layers", "layer1.npy", ["layer2.npy"]],
    ["there is no number", "model.pt", ["model.pth"]],
    ["two are of one step", "step-1.pt", ["step-01.pt"]],
    ["the number is beyond all measure", "step-1.pt", ["step-99999999999999999999.pt"]],
  ])("finds none where %s", (_, name, names) => expect(stepFiles(name, names)).toBeUndefined());
});
