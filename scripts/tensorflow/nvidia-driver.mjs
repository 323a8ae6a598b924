// Whether this machine's NVIDIA driver can run the CUDA build.
import { existsSync, readFileSync } from "node:fs";
import { OLDEST_DRIVER } from "./release.mjs";
import { compare } from "./symbol-floors.mjs";

const VERSION_FILE = "/proc/driver/nvidia/version";
/** Under Windows the driver is Windows' own, and only its library is there. */
const WINDOWS_LIBRARY = "/usr/lib/wsl/lib/libcuda.so.1";

/** Why the CUDA build would find no GPU, as a clause; undefined where nothing speaks against it. */
export function driverObstacle(versionFile = VERSION_FILE, windowsLibrary = WINDOWS_LIBRARY) {
  if (!existsSync(versionFile)) {
    return existsSync(windowsLibrary) ? undefined : "this machine has no NVIDIA driver";
  }
  const version = driverVersion(readFileSync(versionFile, "utf8"));
  if (version === undefined || compare(version, OLDEST_DRIVER) >= 0) return undefined;
  return `the NVIDIA driver is ${version.join(".")} and CUDA 12 needs ${OLDEST_DRIVER.join(".")}`;
}

/** [535, 104, 5] of "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 …". */
function driverVersion(text) {
  return text
    .split(/\s+/)
    .map((word) => word.split(".").map(Number))
    .find((numbers) => numbers.length >= 2 && numbers.every(Number.isInteger));
}
