import path from "node:path";
import { Worker } from "node:worker_threads";
import { faultText } from "../../../core/protocol/decoder.ts";
import type { ProjectionKind } from "../../../core/protocol/panel/embeddings.ts";
import { decodeToPage, type ToPage } from "../../../core/protocol/webview.ts";
import type { ProjectionJob } from "./projection-job.ts";

interface Deps {
  /** The file that the thread runs with a job as its data. */
  readonly script: string;
  readonly folder: string;
  send(message: ToPage): void;
}

/**
 * Starts a thread that projects; gives the function that ends it, after which nothing is sent.
 *
 * A thread that fails is told to the page as a projection that cannot be had.
 */
export function projectInThread({ script, folder, send }: Deps, kind: ProjectionKind): () => void {
  const job: ProjectionJob = { type: "projection", folder, kind };
  const thread = new Worker(script, { workerData: job });
  let isEnded = false;
  const fail = (reason: string) => {
    if (isEnded) return;
    isEnded = true;
    send({ type: "embeddings/no-projection", run: path.basename(folder), kind, reason });
  };
  thread.on("message", (value: unknown) => {
    if (isEnded) return;
    const message = decodeToPage(value);
    if (message.ok) send(message.value);
    else fail(faultText(message));
  });
  thread.on("error", (error) => fail(error.message));
  thread.on("exit", (code) => {
    if (code !== 0) fail(`its thread ended with code ${code}`);
  });
  return () => {
    isEnded = true;
    void thread.terminate();
  };
}
