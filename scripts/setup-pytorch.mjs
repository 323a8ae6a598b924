// Adds PyTorch to the Python references, unless it would come with CUDA: those are gigabytes that a
// comparison on the processor has no use for. NORMLENS_TEST_PYTORCH=1 takes them all the same.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { makeEnvironment, PYTHON, references } from "./python/references.mjs";

/** Beginnings of the names of what PyTorch brings for NVIDIA's processors. */
const CUDA = ["nvidia-", "cuda-", "triton"];
const WAIT_MS = 10_000;

/** Names of the CUDA packages in a report of `pip install --dry-run --report`. */
export function cudaPackages({ install }) {
  return install
    .map(({ metadata }) => metadata.name)
    .filter((name) => CUDA.some((start) => name.startsWith(start)));
}

/** What is said instead of installing; `bytes` is undefined where it cannot be found out. */
export function refusal(packages, bytes) {
  const size = bytes === undefined ? "" : `, ${(bytes / 1e9).toFixed(1)} GB in all`;
  return `PyTorch is not set up: pip would bring it with ${packages.length} CUDA packages${size}. NORMLENS_TEST_PYTORCH=1 installs them; so does a pip index with the build for processors alone. Tests against PyTorch are skipped.`;
}

/** Bytes of a wheel, `undefined` where its server does not say. */
async function sizeOf(url) {
  if (url.startsWith("file:")) return statSync(fileURLToPath(url)).size;
  try {
    const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(WAIT_MS) });
    const length = answer.ok ? answer.headers.get("content-length") : null;
    return length === null ? undefined : Number(length);
  } catch (error) {
    console.error(`The size of ${url} is unknown: ${error.message}`);
    return undefined;
  }
}

async function sizeOfAll({ install }) {
  const sizes = await Promise.all(install.map(({ download_info: { url } }) => sizeOf(url)));
  return sizes.includes(undefined) ? undefined : sizes.reduce((sum, size) => sum + size, 0);
}

/** What pip would install, without doing so. Ends the process where pip cannot say. */
function planned(requirements) {
  const plan = ["install", "--dry-run", "--quiet", "--report", "-", "-r", requirements];
  const { status, stdout, stderr, error } = spawnSync(PYTHON, ["-m", "pip", ...plan], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status === 0) return JSON.parse(stdout);
  console.error(`pip cannot tell what PyTorch needs: ${error?.message ?? stderr}`);
  process.exit(1);
}

async function main() {
  const { requirements, isInstalled, install } = references("requirements-pytorch");
  if (isInstalled()) {
    console.log("PyTorch is installed among the Python references.");
    return;
  }
  makeEnvironment();
  if (process.env.NORMLENS_TEST_PYTORCH !== "1") {
    const plan = planned(requirements);
    const packages = cudaPackages(plan);
    if (packages.length > 0) {
      console.log(refusal(packages, await sizeOfAll(plan)));
      return;
    }
  }
  install();
}

const [, script] = process.argv;
if (script !== undefined && import.meta.url === pathToFileURL(script).href) await main();
