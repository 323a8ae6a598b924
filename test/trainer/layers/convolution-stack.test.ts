import { tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { convolutionStack } from "../../../trainer/src/layers/convolution-stack.ts";
import { createParameterStore } from "../../../trainer/src/layers/parameter-store.ts";
import { useCpuBackend } from "../../support/tensor-values.ts";

beforeAll(useCpuBackend);

const ADVICE = { nextStep: "Take larger ones" };

test("convolutionStack() halves both sides for each number of channels", () => {
  const store = createParameterStore(1);
  const stack = convolutionStack(
    store,
    "image.",
    { name: "image", shape: [5, 8, 3] },
    { ...ADVICE, channels: [4, 6] },
  );
  expect(stack.width).toBe(1 * 2 * 6);
  expect(stack.apply(tensor(new Float32Array(2 * 120), [2, 5, 8, 3])).shape).toEqual([2, 12]);
  expect(store.parameters.map(({ name }) => name)).toEqual([
    "image.conv1.weight",
    "image.conv1.bias",
    "image.conv2.weight",
    "image.conv2.bias",
  ]);
});

test("convolutionStack() reads a spectrogram as one channel, and points around 0", () => {
  const store = createParameterStore(1);
  const shape = [4, 4];
  const stack = convolutionStack(store, "", { name: "audio", shape }, { ...ADVICE, channels: [2] });
  expect(store.parameters[0]?.variable.shape).toEqual([3, 3, 1, 2]);
  // The middle counts as 0, and biases start from 0.
  const grey = tensor(new Float32Array(16).fill(0.5), [1, 4, 4]);
  expect(Array.from(stack.apply(grey).dataSync())).toEqual(Array.from({ length: 8 }, () => 0));
});

test.each([
  [[3, 8, 3], [4, 6], "2 poolings leave nothing of image with 3×8 points"],
  [[8, 1, 3], [4], "1 poolings leave nothing of image with 8×1 points"],
])("convolutionStack() refuses %j for %j", (shape, channels, message) => {
  expect(() =>
    convolutionStack(
      createParameterStore(1),
      "",
      { name: "image", shape },
      { ...ADVICE, channels },
    ),
  ).toThrow(message);
});
