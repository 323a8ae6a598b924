import { tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, test } from "vitest";
import type { Matrix } from "../../core/measures/matrix.ts";
import { differenceLoss, reconstructionLoss } from "../../trainer/src/separation-loss.ts";
import { expectWithin } from "../support/expect-within.ts";
import { gaussian } from "../support/gaussian.ts";
import { useCpuBackend, valuesOf } from "../support/tensor-values.ts";
import { describeWithPython, runPython } from "./run-python.ts";

interface Losses {
  readonly difference: number;
  readonly reconstruction: number;
}

const ROWS = 40;
const asTensor = ({ rows, columns, data }: Matrix) =>
  tensor2d(Float32Array.from(data), [rows, columns]);
const asRows = ({ rows, columns, data }: Matrix) =>
  Array.from({ length: rows }, (_, row) =>
    Array.from(Float32Array.from(data).subarray(row * columns, (row + 1) * columns)),
  );

beforeAll(useCpuBackend);

describeWithPython("private and shared parts against NumPy", () => {
  const cases = [0, 1, 2].map((seed) => ({
    present: Array.from({ length: ROWS }, (_, row) => Number(seed === 0 || row % (seed + 1) !== 0)),
    shared: gaussian(ROWS, 6, 3 * seed + 1),
    private: gaussian(ROWS, 6, 3 * seed + 2),
    features: gaussian(ROWS, 9, 3 * seed + 3),
    reconstruction: gaussian(ROWS, 9, 3 * seed + 4),
  }));

  test("difference and reconstruction, with and without missing rows", () => {
    const wanted = runPython(
      "separation.py",
      cases.map(({ present, ...parts }) => ({
        present,
        ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, asRows(part)])),
      })),
    ) as readonly Losses[];
    const errors = { difference: 0, reconstruction: 0 };
    for (const [index, one] of cases.entries()) {
      const present = tensor1d(one.present);
      const parts = {
        shared: asTensor(one.shared),
        private: asTensor(one.private),
        reconstruction: asTensor(one.reconstruction),
      };
      const found: Losses = {
        difference: valuesOf(() => differenceLoss(parts, present))[0] ?? Number.NaN,
        reconstruction:
          valuesOf(() => reconstructionLoss(asTensor(one.features), parts, present))[0] ??
          Number.NaN,
      };
      for (const name of ["difference", "reconstruction"] as const) {
        const error = Math.abs(found[name] / (wanted[index]?.[name] ?? Number.NaN) - 1);
        errors[name] = Math.max(errors[name], error);
      }
    }
    expectWithin(errors.difference, {
      section: "Multimodal",
      quantity: "difference of shared and private parts, relative",
      formula: "‖HₛᵀHₚ‖²_F/n², rows centred and normalised",
      reference: "NumPy in binary64",
      tolerance: 2e-6,
    });
    expectWithin(errors.reconstruction, {
      section: "Multimodal",
      quantity: "reconstruction of features, relative",
      formula: "mean ‖u − û‖²/d",
      reference: "NumPy in binary64",
      tolerance: 1e-6,
    });
  });
});
