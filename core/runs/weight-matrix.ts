import { readSafetensorsHeader } from "../formats/read-safetensors-header.ts";
import { decodeTensor } from "../formats/safetensors.ts";
import { columnNorms } from "../measures/column-norms.ts";
import { magnitudeQuantile } from "../measures/magnitude-quantile.ts";
import type { WeightMatrix } from "../protocol/panel/weights.ts";
import { stepFileName } from "../protocol/run-files.ts";
import type { RunFileSystem } from "./run-file-system.ts";

const MAX_VALUES = 4_000_000;
/** The few values beyond it share the strongest colour, so that one of them does not pale the rest. */
const SCALE_QUANTILE = 0.98;

/**
 * The values of one tensor of a weight snapshot, of which only the header and that tensor are read;
 * a text says why there are none.
 */
export async function readWeightMatrix(
  files: RunFileSystem,
  folder: string,
  { step, layer }: { readonly step: number; readonly layer: string },
): Promise<WeightMatrix | string> {
  const name = `weights/${stepFileName(step)}`;
  const file = `${folder}/${name}`;
  const state = await files.stat(file);
  if (state === undefined) return `${name} is missing`;
  const read = (start: number, end: number) => files.read(file, start, end);
  const header = await readSafetensorsHeader({ sizeBytes: state.sizeBytes, read });
  if ("problem" in header) return `${name}: ${header.problem}`;
  const entry = header.entries.find((candidate) => candidate.name === layer);
  if (entry === undefined) return `${name} holds no tensor "${layer}"`;
  const count = entry.shape.reduce((product, side) => product * side, 1);
  if (count > MAX_VALUES)
    return `"${layer}" has ${count} values; more than ${MAX_VALUES} are not drawn`;
  const bytes = await files.read(file, entry.begin, entry.end);
  if (bytes.length < entry.end - entry.begin) return `${name} was cut while it was read`;
  const { data } = decodeTensor(entry, bytes);
  const outputs = entry.shape.at(-1) ?? 0;
  const isReal = data instanceof Float32Array || data instanceof Float64Array;
  if (!isReal || entry.shape.length < 2 || count === 0) {
    return `"${layer}" is no matrix of real numbers`;
  }
  return {
    layer,
    step,
    inputs: count / outputs,
    outputs,
    values: Float32Array.from(data),
    norms: columnNorms({ rows: count / outputs, columns: outputs, data }),
    scale: magnitudeQuantile(data, SCALE_QUANTILE),
  };
}
