// Fetches Dawn, the library behind the WebGPU backend: `npm run setup:webgpu [-- --user]`.
//
// Into `.webgpu/` of this folder; with `--user` into the user's data folder, where an installed
// extension finds it; or into NORMLENS_WEBGPU_DIR. A second run only checks what is there.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { builtFrom, megabytes, noteBuilt, requireSpace, targetFolder } from "./setup/folder.mjs";
import { proveBackend } from "./setup/prove.mjs";
import { SetupError } from "./setup/setup-error.mjs";

const root = path.join(import.meta.dirname, "..");
const PLACE = { name: "webgpu", variable: "NORMLENS_WEBGPU_DIR" };

const VERSION = "0.6.2";
const ARCHIVE = {
  file: `webgpu-${VERSION}.tgz`,
  integrity:
    "sha512-3L4GfmqJLvYUIEWJngEQY+2HQiUlAFkg8+P8NDDj3Xx5hHHIFO/r8JW+ynfqBj7kHN4mbnwO74uB+lrRtLhp4Q==",
  bytes: 51_264_151,
};
/** Of the largest platform. */
const INSTALLED_BYTES = 41_000_000;

/** Folders of the archive, keyed by `process.platform`-`process.arch`. */
const LIBRARIES = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-x64": "darwin-universal",
  "darwin-arm64": "darwin-universal",
  "win32-x64": "win32-x64",
  "win32-arm64": "win32-arm64",
};

main().catch((error) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
});

async function main() {
  const platform = `${process.platform}-${process.arch}`;
  const library = LIBRARIES[platform];
  if (library === undefined) {
    throw new SetupError(
      `There is no WebGPU for ${platform}: NormLens trains there with WebAssembly, and nothing needs to be done.`,
    );
  }
  const folder = targetFolder(root, PLACE);
  mkdirSync(folder, { recursive: true });
  const note = path.join(folder, "webgpu.json");
  const wanted = `${library} ${ARCHIVE.integrity}`;
  if (!existsSync(path.join(folder, "dawn.node")) || builtFrom(note) !== wanted) {
    fetchLibrary(folder, library);
    noteBuilt(note, wanted);
  }
  console.log("Testing the backend");
  const report = await proveBackend({ root, folder, ...PLACE });
  console.log(
    report.works
      ? `WebGPU ${VERSION} is ready on ${report.device}`
      : `WebGPU ${VERSION} is installed. ${report.why}`,
  );
  console.log(`  ${folder}`);
}

function fetchLibrary(folder, library) {
  requireSpace(folder, ARCHIVE.bytes + INSTALLED_BYTES, { what: "WebGPU", ...PLACE });
  const archive = path.join(folder, ARCHIVE.file);
  if (!isPinned(archive)) download(folder, archive);
  console.log(`Unpacking ${library}`);
  const { status, stderr } = spawnSync(
    "tar",
    ["-xzf", ARCHIVE.file, "--strip-components=3", `package/dist/${library}`],
    { cwd: folder, encoding: "utf8" },
  );
  if (status !== 0 || !existsSync(path.join(folder, "dawn.node"))) {
    throw new SetupError(
      `The archive ${archive} could not be unpacked by \`tar\`${stderr ? `: ${stderr.trim()}` : ", which was not found"}.`,
    );
  }
  rmSync(archive);
}

/** By npm, which knows the user's registry, proxy and certificates. */
function download(folder, archive) {
  rmSync(archive, { force: true });
  console.log(`Downloading ${ARCHIVE.file} (${megabytes(ARCHIVE.bytes)} MB)`);
  const { status, error } = spawnSync("npm", ["pack", `webgpu@${VERSION}`, "--silent"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    // npm is a batch file there, which only a shell starts.
    shell: process.platform === "win32",
  });
  if (error !== undefined) {
    throw new SetupError(
      "Fetching WebGPU needs npm, which was not found: install Node.js with npm, then run this again.",
    );
  }
  if (status !== 0) {
    throw new SetupError(
      `npm could not download webgpu ${VERSION}: check the network or npm's registry settings, then run this again.`,
    );
  }
  if (isPinned(archive)) return;
  rmSync(archive, { force: true });
  throw new SetupError(
    "The downloaded archive is not the pinned one. Check which registry npm uses, then run this again.",
  );
}

function isPinned(archive) {
  if (!existsSync(archive)) return false;
  const digest = createHash("sha512").update(readFileSync(archive)).digest("base64");
  return `sha512-${digest}` === ARCHIVE.integrity;
}
