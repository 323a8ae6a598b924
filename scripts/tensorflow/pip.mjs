// Finds pip, and one that takes up a download where it broke off.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { SetupError } from "../setup/setup-error.mjs";

/** Ways to call pip, in the order in which they are tried. */
const PIPS = [["python3", "-m", "pip"], ["python", "-m", "pip"], ["pip3"], ["pip"]];

/** Lines "Progress 1 of 2", for whoever started this set-up; bars are for terminals. */
const RAW_PROGRESS_SINCE = 24.1;
/** A download that breaks off is taken up where it was. */
const RESUMES_SINCE = 25.1;

/** Runs from its wheel, under Python 3.9 and later, without being installed. */
const NEWER = {
  requirement: "pip==25.3",
  file: "pip-25.3-py3-none-any.whl",
  sha256: "9655943313a94722b7774661c21049070f6bbb0a1516bf02f7c8d5d9201514cd",
};

/**
 * `{ call, version }` of a pip; an older one first fetches a newer one into `folder`, for this set-up
 * alone. Where that fails the older one has to do.
 */
export function findPip(folder, say) {
  const found = firstThatAnswers();
  if (found === undefined) {
    throw new SetupError(
      "Fetching TensorFlow needs Python with pip, which was not found: install Python 3 with pip (on Debian or Ubuntu `sudo apt install python3-pip`), then run this again.",
    );
  }
  if (isSince(found.version, RESUMES_SINCE)) return found;
  return newerPip(found, folder) ?? refuseToResume(found, say);
}

function firstThatAnswers() {
  for (const call of PIPS) {
    const version = versionOf(call);
    if (version !== undefined) return { call, version };
  }
  return undefined;
}

/** "25.1" of "pip 25.1.1 from …", undefined where nothing answers. */
function versionOf([command, ...rest]) {
  const { status, stdout } = spawnSync(command, [...rest, "--version"], { encoding: "utf8" });
  return status === 0 ? (stdout.split(" ")[1] ?? "0").split(".", 2).join(".") : undefined;
}

function isSince(version, first) {
  return Number(version) >= first;
}

function newerPip({ call: [command, ...rest] }, folder) {
  const wheel = path.join(folder, NEWER.file);
  if (!isPinned(wheel)) {
    const options = ["--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"];
    spawnSync(command, [...rest, "download", ...options, `--dest=${folder}`, NEWER.requirement]);
  }
  if (!isPinned(wheel)) return undefined;
  const python = rest.length > 0 ? command : "python3";
  const call = [python, path.join(wheel, "pip")];
  const version = versionOf(call);
  return version === undefined ? undefined : { call, version };
}

function isPinned(wheel) {
  if (!existsSync(wheel)) return false;
  return createHash("sha256").update(readFileSync(wheel)).digest("hex") === NEWER.sha256;
}

function refuseToResume(found, say) {
  say(
    `pip ${found.version} starts a download that breaks off anew; pip ${RESUMES_SINCE} resumes it`,
  );
  return found;
}

/** The file in `folder` that a run of {@link findPip} may leave there. */
export function pipLeavings(folder) {
  return path.join(folder, NEWER.file);
}

/**
 * Downloads one wheel into `folder`; resolves with pip's exit status. `onProgress` gets the bytes that
 * are there, where nobody watches a bar on a terminal.
 */
export async function pipDownload(
  { call: [command, ...rest], version },
  wheel,
  folder,
  onProgress,
) {
  const isTerminal = process.stdout.isTTY === true;
  const quiet = isSince(version, RAW_PROGRESS_SINCE) ? "raw" : "off";
  const { platforms, pythonVersion, implementation, abis } = wheel.tags;
  const child = spawn(
    command,
    [
      ...rest,
      "download",
      "--no-deps",
      "--only-binary=:all:",
      "--disable-pip-version-check",
      `--progress-bar=${isTerminal ? "on" : quiet}`,
      ...(isSince(version, RESUMES_SINCE) ? ["--resume-retries=20"] : []),
      ...platforms.map((platform) => `--platform=${platform}`),
      `--python-version=${pythonVersion}`,
      `--implementation=${implementation}`,
      ...abis.map((abi) => `--abi=${abi}`),
      `--dest=${folder}`,
      `${wheel.project}==${wheel.version}`,
    ],
    { stdio: ["ignore", isTerminal ? "inherit" : "pipe", "inherit"] },
  );
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [word, done] = line.split(" ");
      if (word === "Progress") onProgress(Number(done));
    });
  }
  // Who stops the set-up stops its download too.
  const stop = () => child.kill();
  process.once("SIGTERM", stop);
  const status = await new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", resolve);
  });
  process.off("SIGTERM", stop);
  return status;
}
