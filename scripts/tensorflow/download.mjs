// Fetches a pinned wheel with pip and proves that it is that wheel.
import { createHash } from "node:crypto";
import { createReadStream, existsSync, rmSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { megabytes } from "../setup/folder.mjs";
import { SetupError } from "../setup/setup-error.mjs";
import { findPip, pipDownload } from "./pip.mjs";

/** The wheel's path; downloads only what is not there yet. */
export async function downloadWheel(wheel, folder, { say, onProgress }) {
  const file = path.join(folder, wheel.file);
  if (existsSync(file) && (await sha256(file)) === wheel.sha256) {
    say(`Using the wheel that is already here: ${file}`);
    return file;
  }
  const pip = findPip(folder, say);
  rmSync(file, { force: true });
  say(`Downloading ${wheel.file} (${megabytes(wheel.downloadBytes)} MB)`);
  const status = await pipDownload(pip, wheel, folder, onProgress);
  if (status !== 0) {
    throw new SetupError(
      `pip could not download ${wheel.project} ${wheel.version}: its message is above. Check the network or pip's index settings, then run this again.`,
    );
  }
  const digest = existsSync(file) ? await sha256(file) : "no file";
  if (digest !== wheel.sha256) {
    rmSync(file, { force: true });
    throw new SetupError(
      `The downloaded wheel is not the pinned one (SHA-256 ${digest}). Check which package index pip uses, then run this again.`,
    );
  }
  return file;
}

async function sha256(file) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
