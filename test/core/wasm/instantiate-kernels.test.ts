import { expect, test } from "vitest";
import { instantiateKernels } from "../../../core/wasm/instantiate-kernels.ts";
import { KERNELS_BASE64 } from "../../../core/weights/scan/kernels.generated.ts";

test("instances share their code and nothing else", () => {
  const [first, second] = [1, 2].map(() => instantiateKernels(KERNELS_BASE64, ["heapStart"]));
  expect(first?.kernels.heapStart()).toBe(second?.kernels.heapStart());
  expect(first?.memory).not.toBe(second?.memory);
});

test("a kernel that is not there is named", () => {
  expect(() => instantiateKernels(KERNELS_BASE64, ["nothing"])).toThrow(
    "The kernels export no nothing",
  );
});
