// The TensorFlow release that the trainer is built against, by platform and build.
import path from "node:path";

export const VERSION = "2.15.1";

/** The oldest NVIDIA driver that the libraries of CUDA 12 run on. */
export const OLDEST_DRIVER = [525, 60, 13];

/** What pip is told to look for, whatever Python it runs under. */
const PYTHON = {
  platforms: ["manylinux_2_17_x86_64"],
  pythonVersion: "3.11",
  implementation: "cp",
  abis: ["cp311"],
};
const ANY_PYTHON = { ...PYTHON, platforms: ["manylinux1_x86_64"], abis: ["none"] };

const cuda = (project, version, rest) => ({
  project: `nvidia-${project}-cu12`,
  version,
  tags: ANY_PYTHON,
  file: `nvidia_${project.replace("-", "_")}_cu12-${version}-py3-none-manylinux1_x86_64.whl`,
  ...rest,
});

/**
 * The companions that TensorFlow 2.15.1 pins in its extra `and-cuda`, without those that nothing here
 * asks for: the profiler (cupti), the compiler (nvcc), several GPUs at once (nccl).
 */
const CUDA_WHEELS = [
  cuda("cuda-runtime", "12.2.140", {
    sha256: "acb9cb7e44594a3512533497ea790d9f0b0e399abcc888584c157d1ffa080e41",
    downloadBytes: 845_802,
    installedBytes: 683_360,
  }),
  cuda("cublas", "12.2.5.6", {
    sha256: "f448d8db463f9a2c7dd9a1e607c0961d3e95f825b86839c5882f7d073d406df0",
    downloadBytes: 417_825_305,
    installedBytes: 632_519_040,
  }),
  cuda("cufft", "11.0.8.103", {
    sha256: "72e961e578f9be9e316ccb4db8652c421dd0b57442624faa71061d452f449a67",
    downloadBytes: 98_570_970,
    installedBytes: 178_387_496,
  }),
  cuda("curand", "10.3.3.141", {
    sha256: "7b6bad6817b5df2a6f5ec221206fb895d9195fdd7d2443f3e86554108c141a0a",
    downloadBytes: 56_463_566,
    installedBytes: 96_853_424,
  }),
  cuda("cusolver", "11.5.2.141", {
    sha256: "5a85c4653ce34339a5688137f494a0f903e0f0532418550998167f00844161da",
    downloadBytes: 124_890_758,
    installedBytes: 115_599_888,
  }),
  cuda("cusparse", "12.1.2.141", {
    sha256: "4e13d6a51d2303dcb2a023ba09546811161f0334fc64e13689397bbd3b1eb126",
    downloadBytes: 195_268_625,
    installedBytes: 263_844_496,
  }),
  cuda("nvjitlink", "12.2.140", {
    sha256: "95635cafbf9f96c38bea5200ab145a2e6aefbb5405e0b04c1e4ba54df2d84ec9",
    downloadBytes: 20_177_273,
    installedBytes: 49_621_536,
  }),
  cuda("cuda-nvrtc", "12.2.140", {
    sha256: "b1cdcae6443cb7cdcfb5d1bf51896a148c9f82f9e65b27db9ab095eaed689aa7",
    downloadBytes: 23_430_053,
    installedBytes: 60_485_840,
  }),
  cuda("cudnn", "8.9.4.25", {
    sha256: "9f882d5b11753c566fd32427839089eb4f8ba7a58c28446ad359e32c40229723",
    downloadBytes: 720_096_787,
    installedBytes: 1_163_573_176,
  }),
];

/**
 * Keyed by `process.platform`-`process.arch`, then by build. Only what was built and tested is listed.
 * `downloadBytes` is the wheel, `installedBytes` what of it stays on disk.
 */
const BUILDS = {
  "linux-x64": {
    cpu: [
      {
        project: "tensorflow-cpu",
        version: VERSION,
        tags: PYTHON,
        file: "tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        sha256: "54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26",
        downloadBytes: 207_208_420,
        installedBytes: 625_000_000,
      },
    ],
    gpu: [
      {
        project: "tensorflow",
        version: VERSION,
        tags: PYTHON,
        file: "tensorflow-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        sha256: "bb0edd69103c154245c5f209f0507355cc68ba7e4de350084bc31edc562478e4",
        downloadBytes: 475_258_663,
        installedBytes: 1_040_000_000,
      },
      ...CUDA_WHEELS,
    ],
  },
};

/** The wheels of a build, the one with TensorFlow itself first; undefined where none was tested. */
export function tensorflowWheels(platform, build) {
  return BUILDS[platform]?.[build];
}

/** Libraries that the binding is linked against, as they are named inside the wheel. */
const LIBRARIES = ["tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"];

/** Folders of the wheel that hold the headers that the binding includes, directly or not. */
const HEADER_FOLDERS = [
  "tensorflow/include/tensorflow/c/",
  "tensorflow/include/tensorflow/core/platform/",
  "tensorflow/include/tensorflow/tsl/",
  "tensorflow/include/tsl/",
];

/** Libraries of NVIDIA's wheels that TensorFlow does not ask for. */
const UNUSED = ["libcufftw.so.11", "libcusolverMg.so.11", "libnvblas.so.12"];

/**
 * Where a file of a wheel goes, relative to the set-up's folder; undefined for those that are left.
 *
 * All libraries lie side by side: every one of them looks for the others in its own folder, so nothing
 * needs LD_LIBRARY_PATH.
 */
export function placeOf(wheel, name) {
  const base = path.posix.basename(name);
  if (LIBRARIES.includes(name)) return `lib/${base}`;
  if (name.startsWith("nvidia/") && name.includes("/lib/lib") && base.includes(".so")) {
    return UNUSED.includes(base) ? undefined : `lib/${base}`;
  }
  if (name.includes(".dist-info/") && ["license", "license.txt"].includes(base.toLowerCase())) {
    return wheel.project.startsWith("tensorflow") ? "LICENSE" : `licences/${wheel.project}.txt`;
  }
  const isHeader = HEADER_FOLDERS.some((prefix) => name.startsWith(prefix));
  return isHeader ? name.replace("tensorflow/include/", "include/") : undefined;
}
