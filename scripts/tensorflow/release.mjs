// The TensorFlow release that the trainer is built against, by platform.

const VERSION = "2.15.1";

/** Keyed by `process.platform`-`process.arch`. Only what was built and tested is listed. */
const WHEELS = {
  "linux-x64": {
    project: "tensorflow-cpu",
    /** What pip is told to look for, whatever Python it runs under. */
    tags: {
      platform: "manylinux_2_17_x86_64",
      pythonVersion: "3.11",
      implementation: "cp",
      abi: "cp311",
    },
    file: "tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    sha256: "54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26",
    downloadBytes: 207_208_420,
    /** What stays on disk: two libraries, the C headers, the binding. */
    installedBytes: 620_000_000,
  },
};

/** The wheel for a platform, or undefined where none was tested. */
export function tensorflowRelease(platform) {
  const wheel = WHEELS[platform];
  return wheel === undefined ? undefined : { version: VERSION, ...wheel };
}

/** Libraries that the binding is linked against, as they are named inside the wheel. */
export const LIBRARIES = [
  "tensorflow/libtensorflow_cc.so.2",
  "tensorflow/libtensorflow_framework.so.2",
];

/** Folders of the wheel that hold the headers that the binding includes, directly or not. */
export const HEADER_FOLDERS = [
  "tensorflow/include/tensorflow/c/",
  "tensorflow/include/tensorflow/core/platform/",
  "tensorflow/include/tensorflow/tsl/",
  "tensorflow/include/tsl/",
];

export const LICENCES = [`tensorflow_cpu-${VERSION}.dist-info/LICENSE`];
