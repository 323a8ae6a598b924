// Builds the TensorFlow backend: `npm run setup:tensorflow [-- --user]`.
//
// Into `.tensorflow/` of this folder; with `--user` into the user's data folder, where an installed
// extension finds it; or into NORMLENS_TENSORFLOW_DIR. A second run only checks what is there, and a run that
// was broken off goes on with what it has.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { builtFrom, noteBuilt, targetFolder } from "./setup/folder.mjs";
import { proveBackend } from "./setup/prove.mjs";
import { SetupError } from "./setup/setup-error.mjs";
import { BINDING, bindingSources, placeBinding } from "./tensorflow/binding.mjs";
import { downloadWheel } from "./tensorflow/download.mjs";
import { HEADER_FOLDERS, LIBRARIES, LICENCES, tensorflowRelease } from "./tensorflow/release.mjs";
import { extractEntry, wheelEntries } from "./tensorflow/wheel.mjs";

const root = path.join(import.meta.dirname, "..");
const PLACE = { name: "tensorflow", variable: "NORMLENS_TENSORFLOW_DIR" };

main().catch((error) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
});

async function main() {
  const started = performance.now();
  const platform = `${process.platform}-${process.arch}`;
  const release = tensorflowRelease(platform);
  if (release === undefined) {
    throw new SetupError(
      `The TensorFlow backend is not tested on ${platform} yet: NormLens trains there with WebAssembly, and nothing needs to be done.`,
    );
  }
  const folder = targetFolder(root, PLACE);
  mkdirSync(folder, { recursive: true });
  const libraries = path.join(folder, "libraries.json");
  if (builtFrom(libraries) !== release.sha256) {
    await unpack(release, folder);
    noteBuilt(libraries, release.sha256);
  }
  const binding = path.join(folder, "binding.json");
  const sources = `${release.sha256} ${hashOfFolder(bindingSources())}`;
  if (!existsSync(path.join(folder, BINDING)) || builtFrom(binding) !== sources) {
    placeBinding({ folder, platform, say: console.log });
    noteBuilt(binding, sources);
  }
  console.log("Testing the backend");
  const report = await proveBackend({ root, folder, ...PLACE });
  if (!report.works) {
    throw new SetupError(`The TensorFlow backend was built but does not work. ${report.why}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`TensorFlow ${release.version} is ready on ${report.device} (${seconds} s)`);
  console.log(`  ${folder}`);
}

/** Takes out of the wheel what the binding needs, then lets the wheel go. */
async function unpack(release, folder) {
  const wheel = await downloadWheel(release, folder, console.log);
  const entries = (await wheelEntries(wheel)).filter(({ name }) => !name.endsWith("/"));
  for (const entry of entries) {
    const target = targetOf(entry.name);
    if (target === undefined) continue;
    if (target.startsWith("lib/"))
      console.log(`Unpacking ${target} (${Math.round(entry.bytes / 1e6)} MB)`);
    await extractEntry(wheel, entry, path.join(folder, target));
  }
  rmSync(wheel);
}

function targetOf(name) {
  if (LIBRARIES.includes(name)) return `lib/${path.posix.basename(name)}`;
  if (LICENCES.includes(name)) return "LICENSE";
  const isHeader = HEADER_FOLDERS.some((prefix) => name.startsWith(prefix));
  return isHeader ? name.replace("tensorflow/include/", "include/") : undefined;
}

function hashOfFolder(folder) {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(path.join(folder, name)));
  return hash.digest("hex");
}
