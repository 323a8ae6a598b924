// Fetches the pinned wheel with pip and proves that it is that wheel.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, rmSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { megabytes, requireSpace } from "../setup/folder.mjs";
import { SetupError } from "../setup/setup-error.mjs";

/** Ways to call pip, in the order in which they are tried. */
const PIPS = [["python3", "-m", "pip"], ["python", "-m", "pip"], ["pip3"], ["pip"]];

/** The wheel's path; downloads only what is not there yet. */
export async function downloadWheel(release, folder, say) {
  const file = path.join(folder, release.file);
  if (existsSync(file) && (await sha256(file)) === release.sha256) {
    say(`Using the wheel that is already here: ${file}`);
    return file;
  }
  requireSpace(folder, release.downloadBytes + release.installedBytes, {
    what: "TensorFlow",
    variable: "NORMLENS_TENSORFLOW_DIR",
  });
  const pip = findPip();
  rmSync(file, { force: true });
  say(`Downloading ${release.file} (${megabytes(release.downloadBytes)} MB)`);
  runPip(pip, release, folder);
  const digest = existsSync(file) ? await sha256(file) : "no file";
  if (digest !== release.sha256) {
    rmSync(file, { force: true });
    throw new SetupError(
      `The downloaded wheel is not the pinned one (SHA-256 ${digest}). Check which package index pip uses, then run this again.`,
    );
  }
  return file;
}

/** `{ call, version }` of the first pip that answers. */
function findPip() {
  for (const call of PIPS) {
    const [command, ...rest] = call;
    const { status, stdout } = spawnSync(command, [...rest, "--version"], { encoding: "utf8" });
    if (status === 0)
      return { call, version: Number(stdout.split(" ")[1]?.split(".", 2).join(".")) };
  }
  throw new SetupError(
    "Fetching TensorFlow needs Python with pip, which was not found: install Python 3 with pip (on Debian or Ubuntu `sudo apt install python3-pip`), then run this again.",
  );
}

/** Lines "Progress 1 of 2", for whoever started this set-up; bars are for terminals. */
const RAW_PROGRESS_SINCE = 24.1;
/** A download that breaks off is taken up where it was. */
const RESUMES_SINCE = 25.1;

function progressBar(version) {
  if (process.stdout.isTTY === true) return "on";
  return version >= RAW_PROGRESS_SINCE ? "raw" : "off";
}

function runPip({ call: [command, ...rest], version }, release, folder) {
  const { platform, pythonVersion, implementation, abi } = release.tags;
  const bar = progressBar(version);
  const { status } = spawnSync(
    command,
    [
      ...rest,
      "download",
      "--no-deps",
      "--only-binary=:all:",
      "--disable-pip-version-check",
      `--progress-bar=${bar}`,
      ...(version >= RESUMES_SINCE ? ["--resume-retries=20"] : []),
      `--platform=${platform}`,
      `--python-version=${pythonVersion}`,
      `--implementation=${implementation}`,
      `--abi=${abi}`,
      `--dest=${folder}`,
      `${release.project}==${release.version}`,
    ],
    { stdio: ["ignore", bar === "off" ? "ignore" : "inherit", "inherit"] },
  );
  if (status !== 0) {
    throw new SetupError(
      `pip could not download ${release.project} ${release.version}: its message is above. Check the network or pip's index settings, then run this again.`,
    );
  }
}

async function sha256(file) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
