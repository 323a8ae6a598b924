import { sliceOf } from "../formats/byte-source.ts";
import { readSafetensorsHeader } from "../formats/read-safetensors-header.ts";
import { stepFileName } from "../protocol/run-files.ts";
import type { StoredTensor } from "../weights/weight-file.ts";
import type { RunFileSystem } from "./run-file-system.ts";

/** Types that a trainer stores weights in. */
const REAL = { F32: "float32", F64: "float64" } as const;

/** The weights of a run at one step, of which only the header has been read. */
export interface WeightSnapshot {
  /** In the run folder, for messages. */
  readonly name: string;
  /** By name; a text says why one cannot be read. */
  readonly tensors: ReadonlyMap<string, StoredTensor | string>;
}

/** A text says why there is none. */
export async function openWeightSnapshot(
  files: RunFileSystem,
  folder: string,
  step: number,
): Promise<WeightSnapshot | string> {
  const name = `weights/${stepFileName(step)}`;
  const file = `${folder}/${name}`;
  const state = await files.stat(file);
  if (state === undefined) return `${name} is missing`;
  const read = (start: number, end: number) => files.read(file, start, end);
  const bytes = { sizeBytes: state.sizeBytes, read };
  const header = await readSafetensorsHeader(bytes);
  if ("problem" in header) return `${name}: ${header.problem}`;
  const tensors = new Map<string, StoredTensor | string>();
  for (const entry of header.entries) {
    const { dtype, shape, begin, end } = entry;
    const isReal = dtype === "F32" || dtype === "F64";
    tensors.set(
      entry.name,
      isReal
        ? { name: entry.name, dtype: REAL[dtype], shape, bytes: sliceOf(bytes, begin, end) }
        : `"${entry.name}" holds ${dtype}, no real numbers`,
    );
  }
  return { name, tensors };
}

/** A tensor of a snapshot; a text says why it cannot be read. */
export function tensorOf({ name, tensors }: WeightSnapshot, layer: string): StoredTensor | string {
  return tensors.get(layer) ?? `${name} holds no tensor "${layer}"`;
}
