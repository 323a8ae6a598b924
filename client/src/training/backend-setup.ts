/** Computes on the processor, or on an NVIDIA GPU where there is one. */
export type TensorflowBuild = "cpu" | "gpu";

/** A set-up that a command may start. */
export type BackendSetup =
  | { readonly backend: "tensorflow"; readonly build: TensorflowBuild }
  | { readonly backend: "webgpu" };

/** How the editor names it and what its script in `dist/` is told. */
export function setupLaunch(setup: BackendSetup): {
  readonly title: string;
  readonly script: string;
  readonly args: readonly string[];
} {
  return setup.backend === "webgpu"
    ? { title: "Installing the WebGPU backend", script: "setup-webgpu.js", args: [] }
    : {
        title: "Installing the TensorFlow backend",
        script: "setup-tensorflow.js",
        args: [`--${setup.build}`],
      };
}
