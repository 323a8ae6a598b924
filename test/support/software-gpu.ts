import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { installedLibrary, WEBGPU_LIBRARY } from "../../trainer/src/backends/installed-library.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** SwiftShader, a Vulkan driver in software, as the end-to-end tests' browser brings it along. */
const ARCHIVE = "scripts/workbench/node_modules/@sparticuz/chromium/bin/swiftshader.tar.br";

/** Variables under which WebGPU finds a software adapter. */
export interface SoftwareGpu {
  readonly NORMLENS_WEBGPU_DIR: string;
  readonly VK_ICD_FILENAMES: string;
}

/** `undefined` where WebGPU is not set up (`npm run setup:webgpu`) or there is no SwiftShader. */
export function softwareGpu(): SoftwareGpu | undefined {
  const library = installedLibrary(WEBGPU_LIBRARY, process.env);
  const archive = path.join(ROOT, ARCHIVE);
  const isHere = process.platform === "linux" && process.arch === "x64" && existsSync(archive);
  if (library === undefined || !isHere) return undefined;
  // A newer library gets a folder of its own.
  const folder = path.join(ROOT, `out/software-gpu-${statSync(library).size}`);
  if (!existsSync(folder)) assemble(folder, archive, library);
  return {
    NORMLENS_WEBGPU_DIR: folder,
    VK_ICD_FILENAMES: path.join(folder, "vk_swiftshader_icd.json"),
  };
}

/** Dawn looks for the Vulkan loader beside itself. Renamed at the end: tests run side by side. */
function assemble(folder: string, archive: string, library: string): void {
  const draft = `${folder}-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const input = brotliDecompressSync(readFileSync(archive));
  const { status, stderr } = spawnSync("tar", ["-xf", "-", "-C", draft], { input });
  if (status !== 0) throw new Error(`Cannot unpack ${archive}: ${String(stderr)}`);
  copyFileSync(library, path.join(draft, "dawn.node"));
  if (existsSync(folder)) rmSync(draft, { recursive: true });
  else renameSync(draft, folder);
}
