import type { EmbeddingsToPage } from "../../../core/protocol/panel/embeddings.ts";
import { readModalityVectors } from "../../../core/runs/embedding-files.ts";
import { projectEmbeddings } from "../../../core/runs/embedding-projection.ts";
import type { RunFileSystem } from "../../../core/runs/run-file-system.ts";
import { readStoredRecord } from "../../../core/runs/run-record.ts";
import type { ProjectionJob } from "./thread-job.ts";

/** Pictures that are still being refined go to the page so far apart. */
const MESSAGE_MS = 200;

interface Deps {
  readonly files: RunFileSystem;
  /** Milliseconds from a fixed moment on. */
  now(): number;
  send(message: EmbeddingsToPage): void;
}

/**
 * Projects the vectors of a step and sends the pictures: where the work starts, while it goes on, and
 * how it ends. Apart from reading the files it does not give way, so it needs a thread of its own.
 */
export async function runProjection(
  { folder, kind }: ProjectionJob,
  { files, now, send }: Deps,
): Promise<void> {
  const record = await readStoredRecord(files, folder);
  const name = folder.slice(Math.max(folder.lastIndexOf("/"), folder.lastIndexOf("\\")) + 1);
  const { id: run, modalities: order = [] } = typeof record === "string" ? { id: name } : record;
  const vectors = await readModalityVectors(files, folder, { step: kind.step, order });
  if (typeof vectors === "string") {
    send({ type: "embeddings/no-projection", run, kind, reason: vectors });
    return;
  }

  const work = projectEmbeddings(vectors, kind);
  const sendPicture = () => {
    send({ type: "embeddings/projection", run, projection: work.projection() });
  };
  if (kind.method === "umap") sendPicture();
  let last = now();
  while (!work.step()) {
    if (now() - last < MESSAGE_MS) continue;
    sendPicture();
    last = now();
  }
  sendPicture();
}
