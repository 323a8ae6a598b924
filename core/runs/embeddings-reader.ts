import type { EmbeddingsRequest } from "../protocol/panel/embeddings.ts";
import { RUN_FILES, stepFileName } from "../protocol/run-files.ts";
import { embeddingSteps, readEmbeddingView, type SnapshotPlace } from "./embedding-files.ts";
import type { RunSource } from "./run-source.ts";
import {
  createViewsBeside,
  type ReadBeside,
  type ViewMessage,
  type WantedView,
} from "./views-beside.ts";

/** What the run's other files say about a snapshot. */
export type SnapshotContext = Pick<SnapshotPlace, "modalities"> & {
  /** The name that the page knows the run by. */
  readonly run: string;
  epochAt(step: number): number;
};

type StepRequest = Extract<EmbeddingsRequest, { readonly type: "embeddings/request" }>;

export interface EmbeddingsReader {
  /** The latest snapshot if it is new or its files have changed, and what came of those in work. */
  update(context: SnapshotContext): AsyncGenerator<ViewMessage>;
  /** A step that the reader asked for; one that takes long comes with an update. */
  answer(request: StepRequest, context: SnapshotContext): AsyncGenerator<ViewMessage>;
  /** Ends what is in work. */
  close(): void;
}

/** A view of so many bytes takes some 100 ms; starting a thread for it would add 50. */
const MOST_BYTES_IN_PLACE = 256 * 1024;

/** Follows the folder `embeddings`; views of large snapshots are made by `readBeside`. */
export function createEmbeddingsReader(
  { files, folder, report }: RunSource,
  readBeside: ReadBeside,
): EmbeddingsReader {
  const beside = createViewsBeside(readBeside);
  let shown = "";

  const stateOf = (name: string) => files.stat(`${folder}/${name}`);
  const snapshotOf = (step: number) => stateOf(`embeddings/${stepFileName(step)}`);

  async function signatureOf(step: number): Promise<string> {
    const [items, thumbnails] = [stateOf(RUN_FILES.items), stateOf(RUN_FILES.thumbnails)];
    return JSON.stringify([step, await snapshotOf(step), await items, await thumbnails]);
  }

  function wantedView(
    step: number,
    { run, modalities, epochAt }: SnapshotContext,
    steps: readonly number[],
  ): WantedView {
    return { run, steps, at: { step, epoch: epochAt(step), modalities } };
  }

  async function isLarge({ at }: WantedView): Promise<boolean> {
    return ((await snapshotOf(at.step))?.sizeBytes ?? 0) > MOST_BYTES_IN_PLACE;
  }

  async function inPlace({ run, steps, at }: WantedView): Promise<ViewMessage> {
    const { view, problems } = await readEmbeddingView({ files, folder }, at);
    for (const problem of problems) report(problem);
    return typeof view === "string"
      ? { type: "embeddings/no-view", run, step: at.step, reason: view }
      : { type: "embeddings/view", run, steps, view };
  }

  /** A file may hold any number of problems, of which `report` takes the first ones. */
  function* messages(): Generator<ViewMessage> {
    for (const message of beside.messages()) {
      if (message.type === "run/problem") report(message.message);
      else yield message;
    }
  }

  return {
    async *update(context) {
      const steps = await embeddingSteps(files, folder);
      const latest = steps.at(-1);
      const signature = latest === undefined ? "" : await signatureOf(latest);
      if (latest !== undefined && signature !== shown) {
        shown = signature;
        const wanted = wantedView(latest, context, steps);
        if (await isLarge(wanted)) beside.follow(wanted);
        else yield await inPlace(wanted);
      }
      yield* messages();
    },
    async *answer({ step, isShown = false }, context) {
      if (isShown) {
        beside.endAsked();
        yield* messages();
        return;
      }
      const wanted = wantedView(step, context, await embeddingSteps(files, folder));
      if (await isLarge(wanted)) beside.ask(wanted);
      else yield await inPlace(wanted);
      yield* messages();
    },
    close: beside.close,
  };
}
