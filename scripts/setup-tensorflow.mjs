// Builds the TensorFlow backend: `npm run setup:tensorflow [-- --gpu | --cpu] [--force] [--user]`.
//
// Into `.tensorflow/` of this folder; with `--user` into the user's data folder, where an installed
// extension finds it; or into NORMLENS_TENSORFLOW_DIR. `--gpu` takes the build for NVIDIA GPUs with its
// CUDA libraries, `--force` even where no driver is; without either the build that is there is kept. A
// second run only checks what is there, and a run that was broken off goes on with what it has.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { builtFrom, megabytes, noteBuilt, requireSpace, targetFolder } from "./setup/folder.mjs";
import { proveBackend } from "./setup/prove.mjs";
import { SetupError } from "./setup/setup-error.mjs";
import { BINDING, bindingSources, placeBinding } from "./tensorflow/binding.mjs";
import { downloadWheel } from "./tensorflow/download.mjs";
import { driverObstacle } from "./tensorflow/nvidia-driver.mjs";
import { pipLeavings } from "./tensorflow/pip.mjs";
import { placeOf, tensorflowWheels, VERSION } from "./tensorflow/release.mjs";
import { extractEntry, wheelEntries } from "./tensorflow/wheel.mjs";

const root = path.join(import.meta.dirname, "..");
const PLACE = { name: "tensorflow", variable: "NORMLENS_TENSORFLOW_DIR" };
const say = (text) => console.log(text);

main().catch((error) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
});

async function main() {
  const started = performance.now();
  const platform = `${process.platform}-${process.arch}`;
  if (tensorflowWheels(platform, "cpu") === undefined) {
    throw new SetupError(
      `The TensorFlow backend is not tested on ${platform} yet: NormLens trains there with WebGPU or WebAssembly, and nothing needs to be done.`,
    );
  }
  const folder = targetFolder(root, PLACE);
  mkdirSync(folder, { recursive: true });
  const note = path.join(folder, "libraries.json");
  const wheels = tensorflowWheels(platform, wantedBuild(platform, unpackedWheels(note)));
  await unpackAll(wheels, folder, note);
  const binding = path.join(folder, "binding.json");
  const sources = `${wheels[0].sha256} ${hashOfFolder(bindingSources())}`;
  if (!existsSync(path.join(folder, BINDING)) || builtFrom(binding) !== sources) {
    placeBinding({ folder, platform, say });
    noteBuilt(binding, sources);
  }
  say("Testing the backend");
  const report = await proveBackend({ root, folder, ...PLACE });
  if (!report.works) {
    throw new SetupError(`The TensorFlow backend was built but does not work. ${report.why}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`TensorFlow ${VERSION} is ready on ${report.device} (${seconds} s)`);
  say(`  ${folder}`);
}

/** "cpu" or "gpu". */
function wantedBuild(platform, unpacked) {
  if (process.argv.includes("--gpu")) {
    const obstacle = driverObstacle();
    if (obstacle !== undefined && !process.argv.includes("--force")) {
      throw new SetupError(
        `The TensorFlow build for NVIDIA GPUs would not be used, because ${obstacle}: install a driver, or take it nevertheless with \`--force\`.`,
      );
    }
    return "gpu";
  }
  const hasGpu = tensorflowWheels(platform, "gpu").some(({ sha256 }) => unpacked.includes(sha256));
  return hasGpu && !process.argv.includes("--cpu") ? "gpu" : "cpu";
}

/** Hashes of the wheels whose libraries are in place. */
function unpackedWheels(note) {
  return [builtFrom(note) ?? []].flat();
}

/** Takes out of each wheel what is needed, one wheel at a time, then lets the wheel go. */
async function unpackAll(wheels, folder, note) {
  const unpacked = unpackedWheels(note);
  if (unpacked.some((hash) => wheels.every(({ sha256 }) => sha256 !== hash))) {
    say("Removing the other build");
    rmSync(note);
    rmSync(path.join(folder, "lib"), { recursive: true, force: true });
    unpacked.length = 0;
  }
  const missing = wheels.filter(({ sha256 }) => !unpacked.includes(sha256));
  if (missing.length === 0) return;
  requireSpace(folder, neededBytes(missing), { what: "TensorFlow", ...PLACE });
  const allBytes = missing.reduce((sum, { downloadBytes }) => sum + downloadBytes, 0);
  let before = 0;
  for (const wheel of missing) {
    const onProgress = (bytes) => say(`Progress ${before + bytes} of ${allBytes}`);
    const file = await downloadWheel(wheel, folder, { say, onProgress });
    await unpack(wheel, file, folder);
    rmSync(file);
    unpacked.push(wheel.sha256);
    noteBuilt(note, unpacked);
    before += wheel.downloadBytes;
  }
  rmSync(pipLeavings(folder), { force: true });
}

/** What stays, and the largest wheel beside it. */
function neededBytes(wheels) {
  const stays = wheels.reduce((sum, { installedBytes }) => sum + installedBytes, 0);
  return stays + Math.max(...wheels.map(({ downloadBytes }) => downloadBytes));
}

async function unpack(wheel, file, folder) {
  for (const entry of await wheelEntries(file)) {
    const target = entry.name.endsWith("/") ? undefined : placeOf(wheel, entry.name);
    if (target === undefined) continue;
    if (target.startsWith("lib/")) say(`Unpacking ${target} (${megabytes(entry.bytes)} MB)`);
    await extractEntry(file, entry, path.join(folder, target));
  }
}

function hashOfFolder(folder) {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(path.join(folder, name)));
  return hash.digest("hex");
}
