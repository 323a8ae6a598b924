import type { MachineReport } from "../../trainer/src/doctor/examine-backends.ts";

/** Platforms that `npm run setup:tensorflow` has a wheel for. */
const TENSORFLOW_PLATFORMS: readonly string[] = ["linux-x64"];

const NOTHING = "Nothing that NormLens knows of would make it faster on this machine.";
const IN_EDITOR = "*NormLens: Install TensorFlow Backend* in the editor";

/** The one thing that would make training faster. */
export function doctorAdvice(report: MachineReport, platform: string): string {
  const { backends, nvidiaGpus, tensorflow } = report;
  const works = (wanted: string) => backends.some(({ name, works }) => name === wanted && works);
  if (!TENSORFLOW_PLATFORMS.includes(platform)) {
    return works("webgpu")
      ? NOTHING
      : `With a graphics card, run \`npm run setup:webgpu\` or *NormLens: Install WebGPU Backend* in the editor; the TensorFlow backend is not built for ${platform}.`;
  }
  const hasNvidia = nvidiaGpus !== undefined;
  const command = `\`npm run setup:tensorflow${hasNvidia ? " -- --gpu" : ""}\``;
  if (!works("tensorflow")) return `To train faster, run ${command} or ${IN_EDITOR}.`;
  if (!hasNvidia || tensorflow?.usesGpu === true) return NOTHING;
  return tensorflow?.build === "cuda"
    ? "The NVIDIA GPU is not used although the CUDA build is installed: its driver may be older than 525.60. With TF_CPP_MIN_LOG_LEVEL=0, this command prints what TensorFlow says of it."
    : `The NVIDIA GPU is not used, because the CPU build of TensorFlow is installed: run ${command} or ${IN_EDITOR}.`;
}
