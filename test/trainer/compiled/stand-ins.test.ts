import { scalar, tensor1d } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import { currentTensorflow, tensorflow } from "../../../trainer/src/backends/tensorflow.ts";
import { createStandIns } from "../../../trainer/src/compiled/stand-ins.ts";

const withTensorflow = test.skipIf(!tensorflow.detect().available);

async function library() {
  await selectBackend("tensorflow", () => undefined);
  const backend = currentTensorflow();
  if (backend === undefined) throw new Error("TensorFlow is not the current backend");
  const { binding } = backend;
  const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
  const standIns = createStandIns(binding);
  return {
    binding,
    standIns,
    add: (a: number, b: number, dtype: number) =>
      standIns.execute("AddV2", [type("T", dtype)], [a, b], 1)[0],
    cast: (a: number, from: number, to: number) =>
      standIns.execute("Cast", [type("SrcT", from), type("DstT", to)], [a], 1)[0],
    numberOf: (values: number[], dtype: "float32" | "int32") =>
      backend.getInputTensorIds([
        values.length === 1 ? scalar(values[0] ?? 0, dtype) : tensor1d(values, dtype),
      ])[0] ?? Number.NaN,
  };
}

withTensorflow("stand-ins of one type and shape are one tensor of the library", async () => {
  const { binding, standIns, add, numberOf } = await library();
  const row = numberOf([1, 2, 3], "float32");
  const one = numberOf([1], "float32");
  const before = binding.getNumOfTensors();
  const sums = Array.from({ length: 10 }, () => add(row, one, binding.TF_FLOAT));
  expect(sums.map((sum) => sum?.shape)).toEqual(Array.from({ length: 10 }, () => [3]));
  expect(new Set(sums.map((sum) => sum?.id)).size).toBe(10);
  expect(new Set(sums.map((sum) => standIns.tensorOf(sum?.id ?? 0))).size).toBe(1);
  expect(binding.getNumOfTensors()).toBe(before + 1);
  const sumOfSums = add(sums[0]?.id ?? 0, sums[9]?.id ?? 0, binding.TF_FLOAT);
  expect(sumOfSums?.shape).toEqual([3]);
  standIns.dispose();
  expect(binding.getNumOfTensors()).toBe(before);
});

withTensorflow("whole numbers are exact unless they are made of a stand-in", async () => {
  const { binding, standIns, add, cast, numberOf } = await library();
  const places = numberOf([4, 5], "int32");
  const two = numberOf([2], "int32");
  const exact = add(places, two, binding.TF_INT32);
  expect(Array.from(binding.tensorDataSync(exact?.id ?? 0))).toEqual([6, 7]);
  const numbers = add(numberOf([40, 50], "float32"), numberOf([1], "float32"), binding.TF_FLOAT);
  const made = cast(numbers?.id ?? 0, binding.TF_FLOAT, binding.TF_INT32);
  expect(made?.dtype).toBe(binding.TF_INT32);
  expect(Array.from(binding.tensorDataSync(standIns.tensorOf(made?.id ?? 0)))).toEqual([0, 0]);
  standIns.dispose();
});
