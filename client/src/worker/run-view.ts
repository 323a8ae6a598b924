import { readEmbeddingView } from "../../../core/runs/embedding-files.ts";
import type { RunFileSystem } from "../../../core/runs/run-file-system.ts";
import type { ViewMessage } from "../../../core/runs/views-beside.ts";
import type { ViewJob } from "./thread-job.ts";

/** How far the work has come is told so far apart. */
const MESSAGE_MS = 200;
/** Of the faults of a file the first ones are told, and no more than a reader takes. */
const MAX_PROBLEMS = 20;

interface Deps {
  readonly files: RunFileSystem;
  /** Milliseconds from a fixed moment on. */
  now(): number;
  send(message: ViewMessage): void;
}

/**
 * Makes the view of a snapshot and sends how far it has come, then the view or why there is none.
 * Apart from reading the files it does not give way, so it needs a thread of its own.
 */
export async function runView(
  { folder, wanted: { run, steps, at } }: ViewJob,
  { files, now, send }: Deps,
): Promise<void> {
  const { step } = at;
  let last = now();
  const tell = (share: number) => {
    if (now() - last < MESSAGE_MS) return;
    send({ type: "embeddings/reading", run, steps, step, share });
    last = now();
  };
  const { view, problems } = await readEmbeddingView({ files, folder, tell }, at);
  for (const message of problems.slice(0, MAX_PROBLEMS))
    send({ type: "run/problem", run, message });
  if (typeof view === "string") send({ type: "embeddings/no-view", run, step, reason: view });
  else send({ type: "embeddings/view", run, steps, view });
}
