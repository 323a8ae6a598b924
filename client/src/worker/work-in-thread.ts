import { Worker } from "node:worker_threads";
import { faultText } from "../../../core/protocol/decoder.ts";
import { decodeToPage, type ToPage } from "../../../core/protocol/webview.ts";
import type { ThreadJob } from "./thread-job.ts";

interface Deps {
  /** The file that the thread runs with a job as its data. */
  readonly script: string;
  send(message: ToPage): void;
  /** Told, once, why a thread that failed will send nothing more. */
  fail(reason: string): void;
}

/** Starts a thread on a job; gives the function that ends it, after which nothing is sent. */
export function workInThread({ script, send, fail }: Deps, job: ThreadJob): () => void {
  const thread = new Worker(script, { workerData: job });
  let isEnded = false;
  const end = () => {
    isEnded = true;
    void thread.terminate();
  };
  const failOnce = (reason: string) => {
    if (isEnded) return;
    end();
    fail(reason);
  };
  thread.on("message", (value: unknown) => {
    if (isEnded) return;
    const message = decodeToPage(value);
    if (message.ok) send(message.value);
    else failOnce(faultText(message));
  });
  thread.on("error", (error) => failOnce(error.message));
  thread.on("exit", (code) => {
    if (code !== 0) failOnce(`its thread ended with code ${code}`);
  });
  return end;
}
