import { Worker } from "node:worker_threads";
import {
  type FromRunWorker,
  isFromRunWorker,
  type ToRunWorker,
} from "../../../core/protocol/run-worker.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";

type RunList = Extract<FromRunWorker, { type: "list" }>;

/** The extension host's end of the worker that reads run folders. */
export interface RunWorkerHost {
  list(roots: readonly string[]): Promise<RunList>;
  /** Follows a run; `onMessage` gets what its page is to be sent. One listener a folder. */
  open(folder: string, onMessage: (message: ToPage) => void): void;
  requestWeights(folder: string, step: number): void;
  requestMatrix(folder: string, step: number, layer: string): void;
  requestEmbeddings(folder: string, step: number): void;
  close(folder: string): void;
  /** Reads a weight file, again if it is open; `onMessage` gets what its page is to be sent. */
  openFile(file: string, onMessage: (message: ToPage) => void): void;
  requestFileMatrix(file: string, layer: string): void;
  closeFile(file: string): void;
  dispose(): void;
}

/** Starts the worker; `onFailure` is told when it ends by itself. */
export function startRunWorker(script: string, onFailure: (reason: string) => void): RunWorkerHost {
  const worker = new Worker(script);
  const lists = new Map<number, (list: RunList) => void>();
  const pages = new Map<string, (message: ToPage) => void>();
  let lastId = 0;
  let isDisposed = false;
  const post = (message: ToRunWorker) => worker.postMessage(message);
  worker.on("message", (message: unknown) => {
    if (!isFromRunWorker(message)) return;
    if (message.type === "page") {
      pages.get(message.folder)?.(message.message);
      return;
    }
    lists.get(message.id)?.(message);
    lists.delete(message.id);
  });
  worker.on("error", (error) => onFailure(error.stack ?? error.message));
  worker.on("exit", (code) => {
    if (!isDisposed) onFailure(`The run reader ended with code ${code}.`);
    for (const [id, resolve] of lists) resolve({ type: "list", id, runs: [], problems: [] });
  });
  return {
    list(roots) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        lists.set(id, resolve);
        post({ type: "list", id, roots });
      });
    },
    open(folder, onMessage) {
      pages.set(folder, onMessage);
      post({ type: "open", folder });
    },
    requestWeights: (folder, step) => post({ type: "weights", folder, step }),
    requestMatrix: (folder, step, layer) => post({ type: "matrix", folder, step, layer }),
    requestEmbeddings: (folder, step) => post({ type: "embeddings", folder, step }),
    close(folder) {
      pages.delete(folder);
      post({ type: "close", folder });
    },
    openFile(file, onMessage) {
      pages.set(file, onMessage);
      post({ type: "open-file", folder: file });
    },
    requestFileMatrix: (file, layer) => post({ type: "file-matrix", folder: file, layer }),
    closeFile(file) {
      pages.delete(file);
      post({ type: "close-file", folder: file });
    },
    dispose() {
      isDisposed = true;
      void worker.terminate();
    },
  };
}
