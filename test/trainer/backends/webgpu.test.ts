import {
  add,
  addN,
  fill,
  getBackend,
  getKernelsForBackend,
  ones,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { BackendName } from "../../../trainer/src/backends/backend.ts";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import { UserError } from "../../../trainer/src/user-error.ts";
import { softwareGpu } from "../../support/software-gpu.ts";
import { mlp, smallCnn, type Workload } from "../../support/workloads.ts";

const gpu = softwareGpu();
/** Shaders are compiled by a GPU made of software. */
const TIMEOUT = { timeout: 180_000 };

afterEach(() => {
  vi.unstubAllEnvs();
});

test("webgpu is refused where it is not set up, with the command that sets it up", async () => {
  vi.stubEnv("NORMLENS_WEBGPU_DIR", import.meta.dirname);
  const failure = await selectBackend("webgpu", () => undefined).catch((error) => error);
  expect(failure).toBeInstanceOf(UserError);
  expect(failure).toMatchObject({
    message: expect.stringContaining("WebGPU is not set up"),
    nextStep: expect.stringContaining("npm run setup:webgpu"),
  });
});

/** Kernels of the reference that webgpu lacks; nothing that is trained asks for them. */
const LACKED = [
  "BitwiseAnd",
  "NonMaxSuppressionV4",
  "RaggedGather",
  "RaggedRange",
  "RaggedTensorToTensor",
  "SparseFillEmptyRows",
  "SparseReshape",
  "StaticRegexReplace",
  "StringSplit",
  "StringToHashBucketFast",
  "Unique",
];

test("webgpu has every kernel of the reference but for those that no model asks for", () => {
  const names = (backend: BackendName) =>
    new Set(getKernelsForBackend(backend).map(({ kernelName }) => kernelName));
  const has = names("webgpu");
  expect([...names("cpu")].filter((name) => !has.has(name)).sort()).toEqual(LACKED);
});

async function lossesOn(name: BackendName, workload: Workload): Promise<readonly number[]> {
  await selectBackend(name, () => undefined);
  const training = workload.start();
  const losses: number[] = [];
  for (let step = 0; step < 5; step++) {
    const loss = training.step();
    losses.push((await loss.data())[0] ?? Number.NaN);
    loss.dispose();
  }
  training.dispose();
  return losses;
}

const NEEDS = "(needs npm run setup:webgpu and the packaged browser of the end-to-end tests)";

describe.skipIf(gpu === undefined)(`webgpu on a software adapter ${NEEDS}`, TIMEOUT, () => {
  beforeEach(() => {
    for (const [name, value] of Object.entries(gpu ?? {})) vi.stubEnv(name, value);
  });

  test("is taken when asked for, with a word of caution", async () => {
    const reports: string[] = [];
    const { name, device, reason } = await selectBackend("webgpu", (text) => reports.push(text));
    expect({ name, reason, current: getBackend() }).toEqual({
      name: "webgpu",
      reason: "asked for",
      current: "webgpu",
    });
    expect(device).toMatch(/^SwiftShader .*, software adapter$/);
    expect(reports).toEqual([expect.stringContaining("is a software adapter, slower than wasm")]);
  });

  test("is passed over by auto", async () => {
    vi.stubEnv("NORMLENS_TENSORFLOW_DIR", import.meta.dirname);
    const reports: string[] = [];
    const { name } = await selectBackend("auto", (text) => reports.push(text));
    expect(name).toBe("wasm");
    expect(reports.at(-1)).toMatch(
      /^Backend webgpu is not used: the only adapter is software \(SwiftShader/,
    );
  });

  test.each([mlp, smallCnn])("trains as cpu does: $name", async (workload) => {
    const expected = await lossesOn("cpu", workload);
    const got = await lossesOn("webgpu", workload);
    const differences = expected.map((loss, step) => Math.abs(loss - (got[step] ?? Number.NaN)));
    // Losses start near 3; kernels add in other orders.
    expect(Math.max(...differences)).toBeLessThan(2e-5);
  });

  test.each([1, 7, 8, 13, 40])("adds %i tensors", async (count) => {
    await selectBackend("webgpu", () => undefined);
    const sum = tidy(() => {
      const terms: Tensor[] = [];
      // Sums, so that they lie on the adapter; 1 + 2 + … is exact.
      for (let term = 1; term <= count; term++)
        terms.push(add(fill([40, 50], term - 1), ones([40, 50])));
      return addN(terms);
    });
    expect(new Set(await sum.data())).toEqual(new Set([(count * (count + 1)) / 2]));
    sum.dispose();
  });
});
