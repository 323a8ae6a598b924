import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const DRIVER = "/proc/driver/nvidia";

/** Under Windows' Linux the driver is Windows' own, and only its library is there. */
const WINDOWS_LIBRARY = "/usr/lib/wsl/lib/libcuda.so.1";

/**
 * Names of the NVIDIA GPUs that a driver of this machine serves, for example "NVIDIA H100 PCIe".
 * Empty where the driver does not name them, undefined where there is no driver.
 */
export function nvidiaGpus(
  driver = DRIVER,
  windowsLibrary = WINDOWS_LIBRARY,
): readonly string[] | undefined {
  if (!existsSync(path.join(driver, "version"))) return existsSync(windowsLibrary) ? [] : undefined;
  const folder = path.join(driver, "gpus");
  const gpus = existsSync(folder) ? readdirSync(folder).sort() : [];
  return gpus.flatMap((gpu) => modelIn(path.join(folder, gpu, "information")));
}

/** The value of the line "Model:   NVIDIA H100 PCIe". */
function modelIn(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines
    .filter((line) => line.startsWith("Model:"))
    .map((line) => line.slice("Model:".length).trim());
}
