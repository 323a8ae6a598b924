import { Worker } from "node:worker_threads";
import {
  type FromRunWorker,
  isFromRunWorker,
  type ToRunWorker,
} from "../../../core/protocol/run-worker.ts";
import type { PanelRequest, ToPage } from "../../../core/protocol/webview.ts";

type RunList = Extract<FromRunWorker, { type: "list" }>;

/** The extension host's end of the worker that reads run folders. */
export interface RunWorkerHost {
  list(roots: readonly string[]): Promise<RunList>;
  /** Follows a run; `onMessage` gets what its page is to be sent. One listener a folder. */
  open(folder: string, onMessage: (message: ToPage) => void): void;
  /** Reads a weight file, again if it is open; `onMessage` gets what its page is to be sent. */
  openFile(file: string, onMessage: (message: ToPage) => void): void;
  /** Passes on what the page of an open run or file asked for. */
  request(folder: string, request: PanelRequest): void;
  /** Shows other runs over an open one. */
  showOthers(folder: string, others: readonly string[]): void;
  /** Ends what was opened, run or file. */
  close(folder: string): void;
  dispose(): void;
}

/** Starts the worker; `onFailure` is told when it ends by itself or does not understand a message. */
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
    if (message.type === "fault") {
      onFailure(message.message);
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
    openFile(file, onMessage) {
      pages.set(file, onMessage);
      post({ type: "open-file", folder: file });
    },
    request: (folder, request) => post({ type: "request", folder, request }),
    showOthers: (folder, others) => post({ type: "others", folder, others }),
    close(folder) {
      pages.delete(folder);
      post({ type: "close", folder });
    },
    dispose() {
      isDisposed = true;
      void worker.terminate();
    },
  };
}
