import { describe, expect, test } from "vitest";
import { doctorAdvice } from "../../cli/src/doctor-advice.ts";
import type { MachineReport } from "../../trainer/src/doctor/examine-backends.ts";

const WORKS = { works: true, device: "a device", samplesPerSecond: 1 } as const;
const BROKEN = { works: false, why: "It is not set up. Set it up." } as const;

/** A machine on which wasm works, and what else is said. */
function machine(change: Partial<MachineReport>): MachineReport {
  const backends = [{ name: "wasm", ...WORKS } as const];
  const none = { nvidiaGpus: undefined, tensorflow: undefined, chosen: undefined, model: "small" };
  return { backends, ...none, ...change };
}

const withTensorflow: MachineReport["backends"] = [{ name: "tensorflow", ...WORKS }];
const withWebgpu: MachineReport["backends"] = [
  { name: "tensorflow", ...BROKEN },
  { name: "webgpu", ...WORKS },
];

describe("doctorAdvice()", () => {
  test.each<[string, string, Partial<MachineReport>, string]>([
    ["no TensorFlow", "linux-x64", {}, "run `npm run setup:tensorflow` or"],
    [
      "no TensorFlow, but an NVIDIA GPU",
      "linux-x64",
      { nvidiaGpus: ["NVIDIA L4"] },
      "run `npm run setup:tensorflow -- --gpu` or",
    ],
    [
      "the CPU build beside an NVIDIA GPU",
      "linux-x64",
      {
        backends: withTensorflow,
        nvidiaGpus: [],
        tensorflow: { build: "cpu", usesGpu: false },
      },
      "because the CPU build of TensorFlow is installed: run `npm run setup:tensorflow -- --gpu`",
    ],
    [
      "a CUDA build that finds no GPU",
      "linux-x64",
      {
        backends: withTensorflow,
        nvidiaGpus: [],
        tensorflow: { build: "cuda", usesGpu: false },
      },
      "its driver may be older than 525.60",
    ],
    [
      "a CUDA build that computes on the GPU",
      "linux-x64",
      { backends: withTensorflow, nvidiaGpus: [], tensorflow: { build: "cuda", usesGpu: true } },
      "Nothing that NormLens knows of",
    ],
    ["a Mac without WebGPU", "darwin-arm64", {}, "run `npm run setup:webgpu` or"],
    [
      "a Mac with WebGPU",
      "darwin-arm64",
      { backends: withWebgpu },
      "Nothing that NormLens knows of",
    ],
  ])("of %s", (_name, platform, change, expected) => {
    expect(doctorAdvice(machine(change), platform)).toContain(expected);
  });
});
