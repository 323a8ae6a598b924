import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import { env } from "@tensorflow/tfjs-core";
import type { Backend } from "./backend.ts";
import { makeCurrent } from "./make-current.ts";
import { processor } from "./processor.ts";
import { registerWasmKernels } from "./wasm-kernels/register.ts";

const SIMD_BINARY = "tfjs-backend-wasm-simd.wasm";

/**
 * WebAssembly on one thread, with SIMD where the processor has it.
 *
 * One thread: a second doubles the processor time of a step of the usual sizes (docs/decisions/0008).
 */
export const wasm: Backend = {
  name: "wasm",

  detect() {
    return binaryFolder() === undefined
      ? {
          available: false,
          why: `${SIMD_BINARY} is not where NormLens was installed`,
          nextStep: "Install NormLens again, or run `npm ci && npm run build` in its source folder",
        }
      : { available: true };
  },

  async activate() {
    const folder = binaryFolder();
    if (folder === undefined) throw new Error(`Cannot find ${SIMD_BINARY}`);
    setWasmPaths(`${folder}${path.sep}`);
    await makeCurrent("wasm");
    registerWasmKernels();
    const hasSimd = await env().getAsync("WASM_HAS_SIMD_SUPPORT");
    return {
      available: true,
      device: `${processor()}, WebAssembly${hasSimd === true ? " SIMD" : ""}, 1 thread`,
      versions: { "@tensorflow/tfjs-backend-wasm": version_wasm },
    };
  },
};

/** Beside the bundle when bundled, in the npm package when run from sources. */
function binaryFolder(): string | undefined {
  if (existsSync(path.join(__dirname, SIMD_BINARY))) return __dirname;
  try {
    const entry = createRequire(__filename).resolve("@tensorflow/tfjs-backend-wasm");
    const folder = path.dirname(entry);
    return existsSync(path.join(folder, SIMD_BINARY)) ? folder : undefined;
  } catch {
    // The package is not installed beside a bundle that lost its binaries.
    return undefined;
  }
}
