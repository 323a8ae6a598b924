import type { LayerDifference, LayerRow, UnmatchedLayer } from "../protocol/panel/weights.ts";
import type { DifferenceKernels } from "../weights/difference/difference-kernels.ts";
import { tensorDifference } from "../weights/difference/tensor-difference.ts";
import { valueProblem } from "../weights/value-fault.ts";
import type { StoredTensor } from "../weights/weight-file.ts";
import { tensorOf, type WeightSnapshot } from "./weight-snapshot.ts";

/** A page that is closed stops asking for the next layer; one layer is soon read. */
const UNENDING = { throwIfAborted: () => undefined };

/** Layers of two runs, by name and shape. */
export interface MatchedLayers {
  /** Rows of the other run, in this run's order. */
  readonly matched: readonly LayerRow[];
  readonly unmatched: readonly UnmatchedLayer[];
}

export function matchLayers(ours: readonly LayerRow[], theirs: readonly LayerRow[]): MatchedLayers {
  const others = new Map(theirs.map((row) => [row.layer, row]));
  const known = new Set(ours.map(({ layer }) => layer));
  const matched: LayerRow[] = [];
  const unmatched: UnmatchedLayer[] = [];
  for (const { layer, shape } of ours) {
    const other = others.get(layer);
    if (other === undefined) unmatched.push({ layer, reason: "only in this run" });
    else if (other.shape.join() === shape.join()) matched.push(other);
    else unmatched.push({ layer, reason: `${sides(shape)} here, ${sides(other.shape)} there` });
  }
  for (const { layer } of theirs) {
    if (!known.has(layer)) unmatched.push({ layer, reason: "only in the other run" });
  }
  return { matched, unmatched };
}

function sides(shape: readonly number[]): string {
  return shape.length === 0 ? "scalar" : shape.join(" × ");
}

/**
 * Reads the named layers of both snapshots, piece by piece, and tells of each how they differ; a text
 * says why one cannot be compared.
 */
export async function* differencesOf(
  kernels: DifferenceKernels,
  [ours, theirs]: readonly [WeightSnapshot, WeightSnapshot],
  layers: readonly string[],
): AsyncGenerator<LayerDifference | string> {
  for (const layer of layers) {
    const [a, b] = [tensorOf(ours, layer), tensorOf(theirs, layer)];
    if (typeof a === "string") yield a;
    else if (typeof b === "string") yield `Of the other run, ${b}`;
    else if (a.shape.join() !== b.shape.join()) {
      yield `"${layer}" has two shapes, ${sides(a.shape)} and ${sides(b.shape)}`;
    } else yield await differenceOf(kernels, [a, b]);
  }
}

async function differenceOf(
  kernels: DifferenceKernels,
  pair: readonly [StoredTensor, StoredTensor],
): Promise<LayerDifference | string> {
  const layer = pair[0].name;
  try {
    const { distance, maxAbs, zerosGained, zerosLost, nonFinite } = await tensorDifference(
      kernels,
      pair,
      { signal: UNENDING },
    );
    return { layer, distance, maxAbs, zerosGained, zerosLost, nonFinite };
  } catch (error) {
    return `"${layer}": ${valueProblem(error)}`;
  }
}
