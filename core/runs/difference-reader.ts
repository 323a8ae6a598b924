import type { LayerDifference, WeightsDifference } from "../protocol/panel/weights.ts";
import {
  createDifferenceKernels,
  type DifferenceKernels,
} from "../weights/difference/difference-kernels.ts";
import { createLayersReader, type LayersReader, type LayersSnapshot } from "./layers-reader.ts";
import type { RunSource } from "./run-source.ts";
import { differencesOf, matchLayers } from "./weight-difference.ts";
import { openWeightSnapshot } from "./weight-snapshot.ts";

/** Layers whose values are compared between two messages. */
const LAYERS_A_MESSAGE = 64;

export interface DifferenceRequest {
  readonly step: number;
  /** Folder of the other run. */
  readonly other: string;
  readonly otherStep?: number;
}

export interface DifferenceReader {
  /** At first what the layers' lines tell, then the same with what the values tell; a text says why not. */
  read(
    request: DifferenceRequest,
    ours: LayersSnapshot,
  ): AsyncGenerator<WeightsDifference | string>;
  /** Forgets runs that are no longer shown. */
  keep(folders: readonly string[]): void;
}

/** Compares the weights of a run with those of others. */
export function createDifferenceReader({ files, folder, report }: RunSource): DifferenceReader {
  let kernels: DifferenceKernels | undefined;
  const readers = new Map<string, LayersReader>();

  function readerOf(other: string): LayersReader {
    const known = readers.get(other);
    if (known !== undefined) return known;
    const tell = (problem: string) => report(`${other}: ${problem}`);
    const made = createLayersReader({ files, folder: other, report: tell });
    readers.set(other, made);
    return made;
  }

  async function* values(
    difference: WeightsDifference,
    layers: readonly string[],
  ): AsyncGenerator<WeightsDifference | string> {
    const { step, other, otherStep } = difference;
    const ours = await openWeightSnapshot(files, folder, step);
    const theirs = await openWeightSnapshot(files, other, otherStep);
    if (typeof ours === "string" || typeof theirs === "string") {
      const reason = typeof ours === "string" ? ours : `Of the other run, ${theirs}`;
      yield { ...difference, unread: [`The values cannot be compared: ${reason}`], isWhole: true };
      return;
    }
    kernels ??= createDifferenceKernels();
    const found: LayerDifference[] = [];
    const unread: string[] = [];
    let seen = 0;
    for await (const result of differencesOf(kernels, [ours, theirs], layers)) {
      if (typeof result === "string") unread.push(result);
      else found.push(result);
      seen += 1;
      if (seen % LAYERS_A_MESSAGE !== 0 || seen === layers.length) continue;
      yield { ...difference, values: [...found], unread: [...unread] };
    }
    yield { ...difference, values: found, unread, isWhole: true };
  }

  return {
    async *read({ step, other, otherStep }, ours) {
      const reader = readerOf(other);
      await reader.update();
      const wanted = otherStep ?? matchingStep(ours, reader.steps());
      const theirs = wanted === undefined ? undefined : await reader.at(wanted);
      if (theirs === undefined) {
        yield wanted === undefined
          ? "The other run has stored no weights"
          : `The other run has stored no weights at step ${wanted}`;
        return;
      }
      const { matched, unmatched } = matchLayers(ours.layers, theirs.layers);
      const difference: WeightsDifference = {
        step,
        other,
        otherStep: theirs.step,
        otherSteps: theirs.steps,
        layers: matched,
        unmatched,
        values: [],
        unread: [],
        isWhole: false,
      };
      yield difference;
      yield* values(
        difference,
        matched.map(({ layer }) => layer),
      );
    },
    keep(folders) {
      for (const other of readers.keys()) if (!folders.includes(other)) readers.delete(other);
    },
  };
}

/**
 * The step of another run to compare with: its last one beside our last one, so that two trainings of
 * different lengths are compared at their ends; else the nearest that it has stored.
 */
function matchingStep(
  { step, steps }: LayersSnapshot,
  others: readonly number[],
): number | undefined {
  if (step === steps.at(-1)) return others.at(-1);
  return others.reduce<number | undefined>(
    (best, other) =>
      best === undefined || Math.abs(other - step) < Math.abs(best - step) ? other : best,
    undefined,
  );
}
