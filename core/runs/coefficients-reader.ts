import { decodeSafetensors } from "../formats/safetensors.ts";
import type { CoefficientPaths } from "../protocol/panel/path.ts";
import { RUN_FILES } from "../protocol/run-files.ts";
import { coefficientPaths } from "./coefficient-paths.ts";
import { readWhole } from "./run-file-system.ts";
import type { RunSource } from "./run-source.ts";

const MAX_BYTES = 256 * 1024 * 1024;

export interface CoefficientsReader {
  /** `undefined` while the file is missing, cannot be read, or is the one of the last call. */
  update(): Promise<CoefficientPaths | undefined>;
}

export function createCoefficientsReader({ files, folder, report }: RunSource): CoefficientsReader {
  const name = RUN_FILES.path;
  let known = "";
  return {
    async update() {
      const state = await files.stat(`${folder}/${name}`);
      const version = state === undefined ? "" : `${state.identity} ${state.sizeBytes}`;
      if (version === known) return undefined;
      known = version;
      const bytes = await readWhole(files, `${folder}/${name}`, MAX_BYTES);
      if (bytes === undefined) return undefined;
      const paths = typeof bytes === "string" ? `it has ${bytes}` : decode(bytes);
      if (typeof paths !== "string") return paths;
      report(`${name}: ${paths}`);
      return undefined;
    },
  };
}

function decode(bytes: Uint8Array): CoefficientPaths | string {
  const decoded = decodeSafetensors(bytes);
  return "problem" in decoded ? decoded.problem : coefficientPaths(decoded);
}
