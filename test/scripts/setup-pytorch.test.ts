import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";

const { cudaPackages, refusal } = await import(
  pathToFileURL(path.resolve(import.meta.dirname, "../../scripts/setup-pytorch.mjs")).href
);

const reportOf = (names: readonly string[]) => ({
  install: names.map((name) => ({ metadata: { name } })),
});

describe("setup-pytorch", () => {
  test.each([
    [
      "PyPI on Linux",
      ["torch", "sympy", "nvidia-cudnn-cu13", "nvidia-nccl-cu13", "cuda-toolkit", "triton"],
      4,
    ],
    ["a build for processors alone", ["torch", "sympy", "networkx", "setuptools"], 0],
    ["nothing to be done", [], 0],
  ])("counts what comes for CUDA: %s", (_name, names, count) => {
    expect(cudaPackages(reportOf(names))).toHaveLength(count);
  });

  test("says what it would cost and how to have it all the same", () => {
    const said = refusal(["nvidia-nccl-cu13", "triton"], 3.14e9);
    expect(said).toContain("with 2 CUDA packages, 3.1 GB in all");
    expect(said).toContain("NORMLENS_TEST_PYTORCH=1");
    expect(refusal(["triton"], undefined)).toContain("with 1 CUDA packages. ");
  });
});
