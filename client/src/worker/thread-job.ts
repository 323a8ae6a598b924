import {
  type Decoded,
  flag,
  listOf,
  naturalNumber,
  number,
  objectOf,
  oneOf,
  text,
} from "../../../core/protocol/decoder.ts";
import {
  PROJECTION_METHODS,
  type ProjectionKind,
} from "../../../core/protocol/panel/embeddings.ts";
import {
  decodeMessage,
  type MessageDecoders,
} from "../../../core/protocol/panel/message-decoders.ts";
import type { SnapshotPlace } from "../../../core/runs/embedding-files.ts";
import type { WantedView } from "../../../core/runs/views-beside.ts";

export interface ProjectionJob {
  readonly type: "projection";
  readonly folder: string;
  readonly kind: ProjectionKind;
}

export interface ViewJob {
  readonly type: "view";
  readonly folder: string;
  readonly wanted: WantedView;
}

/** What a thread for long work is started with. */
export type ThreadJob = ProjectionJob | ViewJob;

const JOBS: MessageDecoders<ThreadJob> = {
  projection: objectOf<ProjectionJob>({
    type: oneOf("projection"),
    folder: text,
    kind: objectOf<ProjectionKind>({
      step: naturalNumber,
      method: oneOf(...PROJECTION_METHODS),
      isGapRemoved: flag,
    }),
  }),
  view: objectOf<ViewJob>({
    type: oneOf("view"),
    folder: text,
    wanted: objectOf<WantedView>({
      run: text,
      steps: listOf(naturalNumber),
      at: objectOf<SnapshotPlace>({ step: naturalNumber, epoch: number, modalities: listOf(text) }),
    }),
  }),
};

export function decodeThreadJob(value: unknown): Decoded<ThreadJob> {
  return decodeMessage(JOBS, value);
}
