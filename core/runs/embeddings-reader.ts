import type { EmbeddingView } from "../protocol/panel/embeddings.ts";
import { RUN_FILES, stepFileName } from "../protocol/run-files.ts";
import { embeddingSteps, readEmbeddingView } from "./embedding-files.ts";
import type { EmbeddingSnapshot } from "./embedding-view.ts";
import type { RunSource } from "./run-source.ts";

/** Embeddings at one step. */
export interface EmbeddingsSnapshot {
  /** Every step that was stored, ascending. */
  readonly steps: readonly number[];
  readonly view: EmbeddingView;
}

/** What the run's other files say about a snapshot. */
export type SnapshotContext = Pick<EmbeddingSnapshot, "modalities"> & {
  epochAt(step: number): number;
};

export interface EmbeddingsReader {
  /** The latest snapshot if it is newer than the last one given, or its files have changed. */
  update(context: SnapshotContext): Promise<EmbeddingsSnapshot | undefined>;
  /** `undefined` where it cannot be shown, which is then reported. */
  at(step: number, context: SnapshotContext): Promise<EmbeddingsSnapshot | undefined>;
}

/** Follows the folder `embeddings`. */
export function createEmbeddingsReader(source: RunSource): EmbeddingsReader {
  const { files, folder, report } = source;
  let shown = "";

  async function stateOf(step: number): Promise<string> {
    const names = [`embeddings/${stepFileName(step)}`, RUN_FILES.items, RUN_FILES.thumbnails];
    const states = await Promise.all(names.map((name) => files.stat(`${folder}/${name}`)));
    return JSON.stringify([step, states]);
  }

  async function at(step: number, context: SnapshotContext, steps: readonly number[]) {
    const { view, problems } = await readEmbeddingView(files, folder, {
      step,
      epoch: context.epochAt(step),
      modalities: context.modalities,
    });
    for (const problem of problems) report(problem);
    if (typeof view === "object") return { steps, view };
    report(view);
    return undefined;
  }

  return {
    async update(context) {
      const steps = await embeddingSteps(files, folder);
      const latest = steps.at(-1);
      if (latest === undefined) return undefined;
      const state = await stateOf(latest);
      if (state === shown) return undefined;
      shown = state;
      return at(latest, context, steps);
    },
    async at(step, context) {
      return at(step, context, await embeddingSteps(files, folder));
    },
  };
}
