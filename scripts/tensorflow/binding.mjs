// Compiles the N-API binding of @tensorflow/tfjs-node against the libraries of the wheel.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { SetupError } from "../setup/setup-error.mjs";

const require = createRequire(import.meta.filename);
/** Where a bundle of this script has the sources beside it; see scripts/build.mjs. */
const BESIDE = path.join(import.meta.dirname, "tensorflow-binding");
const COMPILERS = ["g++", "c++", "clang++"];

/** The C++ sources' folder. */
export function bindingSources() {
  if (existsSync(BESIDE)) return path.join(BESIDE, "sources");
  try {
    return path.join(
      path.dirname(require.resolve("@tensorflow/tfjs-node/package.json")),
      "binding",
    );
  } catch {
    throw new SetupError(
      "The npm package @tensorflow/tfjs-node is not installed: run `npm install --include=optional --ignore-scripts`, then run this again.",
    );
  }
}

/** Builds `<folder>/tfjs_binding.node`, which finds its libraries in `lib/` beside itself. */
export function compileBinding(folder) {
  const sources = bindingSources();
  const compiler = COMPILERS.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (compiler === undefined) {
    throw new SetupError(
      "Building the TensorFlow binding needs a C++ compiler, and none was found: install one (on Debian or Ubuntu `sudo apt install g++`), then run this again.",
    );
  }
  const output = path.join(folder, "tfjs_binding.node");
  const { status, stderr } = spawnSync(
    compiler,
    [
      "-std=c++17",
      "-O2",
      "-fPIC",
      "-shared",
      "-DNAPI_VERSION=8",
      `-I${nodeHeaders()}`,
      `-I${path.join(folder, "include")}`,
      path.join(sources, "tfjs_backend.cc"),
      path.join(sources, "tfjs_binding.cc"),
      path.join(folder, "lib/libtensorflow_cc.so.2"),
      path.join(folder, "lib/libtensorflow_framework.so.2"),
      "-Wl,-rpath,$ORIGIN/lib",
      "-o",
      output,
    ],
    { encoding: "utf8" },
  );
  if (status !== 0 || !existsSync(output)) {
    throw new SetupError(`${compiler} could not build the TensorFlow binding:\n${stderr}`);
  }
}

function nodeHeaders() {
  return existsSync(BESIDE)
    ? path.join(BESIDE, "include")
    : require("node-api-headers").include_dir;
}
