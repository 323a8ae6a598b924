import { expect, test } from "vitest";
import type { BackendName } from "../../../trainer/src/backends/backend.ts";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import { tensorflow } from "../../../trainer/src/backends/tensorflow.ts";
import { mlp, smallCnn, type Workload } from "../../support/workloads.ts";

const STEPS = 25;

/** Largest accepted |loss − loss on cpu|; losses start near 3 and kernels add in other orders. */
const TOLERANCE = 2e-5;

async function lossesOn(name: BackendName, workload: Workload): Promise<readonly number[]> {
  await selectBackend(name, () => undefined);
  const training = workload.start();
  const values: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const loss = training.step();
    values.push((await loss.data())[0] ?? Number.NaN);
    loss.dispose();
  }
  training.dispose();
  return values;
}

/** cpu is slow, and every backend is compared with it. */
const reference = new Map<Workload, readonly number[]>();

async function referenceLosses(workload: Workload): Promise<readonly number[]> {
  const losses = reference.get(workload) ?? (await lossesOn("cpu", workload));
  reference.set(workload, losses);
  return losses;
}

async function compareWithCpu(name: BackendName, workload: Workload): Promise<void> {
  const expected = await referenceLosses(workload);
  expect(expected.at(-1)).toBeLessThan((expected[0] ?? 0) * 0.8);
  const got = await lossesOn(name, workload);
  const differences = expected.map((loss, step) => Math.abs(loss - (got[step] ?? Number.NaN)));
  expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
}

test.each([mlp, smallCnn])("wasm trains as cpu does: $name", (workload) =>
  compareWithCpu("wasm", workload),
);

test.skipIf(!tensorflow.detect().available).each([mlp, smallCnn])(
  "tensorflow trains as cpu does (needs npm run setup:tensorflow): $name",
  (workload) => compareWithCpu("tensorflow", workload),
);
