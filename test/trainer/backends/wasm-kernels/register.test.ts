import {
  backend,
  conv2d,
  depthwiseConv2d,
  grads,
  matMul,
  reshape,
  type Tensor,
  type Tensor4D,
  tensor1d,
  tidy,
  unsortedSegmentSum,
} from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { selectBackend } from "../../../../trainer/src/backends/select.ts";
import { sample } from "../agreement.ts";

type Scenario = readonly [name: string, run: () => readonly Tensor[]];

/** Both gradients of a convolution at the given stride. */
function gradients(convolve: typeof conv2d<Tensor4D>, strides: number): readonly Tensor[] {
  return grads((x: Tensor, filter: Tensor) =>
    convolve(reshape(x, [9, 16, 16, 4]), reshape(filter, [3, 3, 4, 4]), strides, "same"),
  )([sample([9, 16, 16, 4], 1), sample([3, 3, 4, 4], 2)]);
}

const SCENARIOS: readonly Scenario[] = [
  ["matMul", () => [matMul(sample([4, 5], 1), sample([6, 4], 2), true, true)]],
  ["conv2d", () => gradients(conv2d, 1)],
  ["conv2d at stride 2", () => gradients(conv2d, 2)],
  ["depthwiseConv2d", () => gradients(depthwiseConv2d, 1)],
  [
    "unsortedSegmentSum",
    () => [unsortedSegmentSum(sample([3, 2], 1), tensor1d([0, 1, 0], "int32"), 2)],
  ],
];

test.each(SCENARIOS)(
  "registerWasmKernels() leaves no scratch memory behind: %s",
  async (_, run) => {
    await selectBackend("wasm", () => undefined);
    const before = backend().numDataIds();
    const results = tidy(() => [...run()]);
    expect(backend().numDataIds()).toBe(before + results.length);
    for (const result of results) result.dispose();
    expect(backend().numDataIds()).toBe(before);
  },
);
