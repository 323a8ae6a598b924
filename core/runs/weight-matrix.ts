import { decodeTensor } from "../formats/safetensors.ts";
import { parseSafetensorsHeader } from "../formats/safetensors-header.ts";
import { columnNorms } from "../measures/column-norms.ts";
import { magnitudeQuantile } from "../measures/magnitude-quantile.ts";
import type { WeightMatrix } from "../protocol/panel/weights.ts";
import { stepFileName } from "../protocol/run-files.ts";
import type { RunFileSystem } from "./run-file-system.ts";

/** A header of a snapshot is a few kilobytes; a larger one is read in a second step. */
const FIRST_BYTES = 64 * 1024;
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
  const header = parseSafetensorsHeader(await headerBytes(files, file), state.sizeBytes);
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

async function headerBytes(files: RunFileSystem, file: string): Promise<Uint8Array> {
  const first = await files.read(file, 0, FIRST_BYTES);
  if (first.length < 8) return first;
  const length = new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true);
  const end = Number(length) + 8;
  // A length beyond all reason is left to the header's own check.
  const isRead = end <= first.length || end > MAX_VALUES;
  return isRead ? first : files.read(file, 0, end);
}
