import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";

const { placeOf, tensorflowWheels } = await import(
  pathToFileURL(path.resolve(import.meta.dirname, "../../../scripts/tensorflow/release.mjs")).href
);

interface Wheel {
  readonly project: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
  readonly downloadBytes: number;
}

const gpu: readonly Wheel[] = tensorflowWheels("linux-x64", "gpu");

describe("tensorflowWheels()", () => {
  test("has nothing for a platform that was not tested", () => {
    expect(tensorflowWheels("sunos-sparc", "cpu")).toBeUndefined();
  });

  test("begins with TensorFlow itself and pins every wheel once", () => {
    expect(gpu[0]?.project).toBe("tensorflow");
    expect(new Set(gpu.map(({ sha256 }) => sha256)).size).toBe(gpu.length);
    for (const { file, version, sha256, downloadBytes } of gpu) {
      expect(file).toContain(`-${version}-`);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(downloadBytes).toBeGreaterThan(1e5);
    }
  });
});

describe("placeOf()", () => {
  test.each([
    ["tensorflow", "tensorflow/libtensorflow_cc.so.2", "lib/libtensorflow_cc.so.2"],
    ["tensorflow", "tensorflow/python/_pywrap_tfe.so", undefined],
    ["tensorflow", "tensorflow/include/tensorflow/c/c_api.h", "include/tensorflow/c/c_api.h"],
    ["tensorflow", "tensorflow-2.15.1.dist-info/LICENSE", "LICENSE"],
    ["tensorflow", "tensorflow/include/external/png/LICENSE", undefined],
    ["nvidia-cudnn-cu12", "nvidia/cudnn/lib/libcudnn.so.8", "lib/libcudnn.so.8"],
    ["nvidia-cublas-cu12", "nvidia/cublas/lib/libnvblas.so.12", undefined],
    ["nvidia-cudnn-cu12", "nvidia/cudnn/include/cudnn.h", undefined],
    [
      "nvidia-cudnn-cu12",
      "nvidia_cudnn_cu12-8.9.4.25.dist-info/License.txt",
      "licences/nvidia-cudnn-cu12.txt",
    ],
  ])("of %s: %s", (project, name, expected) => {
    expect(placeOf({ project }, name)).toBe(expected);
  });
});
