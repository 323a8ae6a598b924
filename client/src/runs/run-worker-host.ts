import { Worker } from "node:worker_threads";
import type { RunLayers } from "../../../core/protocol/run-layers.ts";
import {
  isFromRunWorker,
  type NamedRun,
  type RunDetail,
  type ToRunWorker,
  type WrittenFile,
} from "../../../core/protocol/run-worker.ts";
import type { PanelRequest, ToPage } from "../../../core/protocol/webview.ts";
import type { RunList } from "../../../core/runs/run-list.ts";
import { createListedRuns } from "./listed-runs.ts";
import { questions } from "./questions.ts";

/** The extension host's end of the worker that reads run folders. */
export interface RunWorkerHost {
  /** Looks at all runs below these folders. */
  list(roots: readonly string[]): Promise<RunList>;
  /** Looks at the runs in progress. */
  listRunning(): Promise<RunList>;
  /** What a list leaves out of a run; rejects where it cannot be read. */
  detail(folder: string): Promise<RunDetail>;
  /** What a run last counted of its layers; rejects where it cannot be read. */
  layers(folder: string): Promise<RunLayers>;
  /** Names of the tensors in a weight file; rejects where it cannot be read. */
  names(file: string): Promise<readonly string[]>;
  /** Writes all metrics of runs to a CSV file; rejects where it cannot be written. */
  exportMetrics(runs: readonly NamedRun[], file: string): Promise<void>;
  /** Follows a run; `onMessage` gets what its page is to be sent. One listener a folder. */
  open(folder: string, onMessage: (message: ToPage) => void): void;
  /** Reads a weight file, again if it is open; `onMessage` gets what its page is to be sent. */
  openFile(file: string, onMessage: (message: ToPage) => void, against?: string): void;
  /** Passes on what the page of an open run or file asked for. */
  request(folder: string, request: PanelRequest): void;
  /** Shows other runs over an open one. */
  showOthers(folder: string, others: readonly string[]): void;
  /** Ends what was opened, run or file. */
  close(folder: string): void;
  dispose(): void;
}

interface Listeners {
  /** Told of the list of runs when it has changed. */
  onList(list: RunList): void;
  /** Told when the worker ends by itself or does not understand a message. */
  onFailure(reason: string): void;
}

/** Starts the worker. */
export function startRunWorker(script: string, { onList, onFailure }: Listeners): RunWorkerHost {
  const worker = new Worker(script);
  const post = (message: ToRunWorker) => worker.postMessage(message);
  const listed = createListedRuns({
    request: post,
    onChange: onList,
    now: () => performance.now(),
  });
  const details = questions<RunDetail>();
  const layers = questions<RunLayers>();
  const names = questions<readonly string[]>();
  const exports = questions<WrittenFile>();
  const pages = new Map<string, (message: ToPage) => void>();
  let isDisposed = false;
  worker.on("message", (message: unknown) => {
    if (!isFromRunWorker(message)) return;
    switch (message.type) {
      case "list":
        listed.take(message);
        return;
      case "detail":
        details.answer(message.id, message.detail);
        return;
      case "layers":
        layers.answer(message.id, message.layers);
        return;
      case "names":
        names.answer(message.id, message.names);
        return;
      case "exported":
        exports.answer(message.id, message.outcome);
        return;
      case "page":
        pages.get(message.folder)?.(message.message);
        return;
      case "fault":
        onFailure(message.message);
        return;
    }
  });
  worker.on("error", (error) => onFailure(error.stack ?? error.message));
  worker.on("exit", (code) => {
    const reason = `The run reader ended with code ${code}.`;
    if (!isDisposed) onFailure(reason);
    listed.giveUp();
    for (const asked of [details, layers, names, exports]) asked.giveUp(reason);
  });
  return {
    list: listed.refresh,
    listRunning: listed.refreshRunning,
    detail: (folder) => details.ask((id) => post({ type: "detail", id, folder })),
    layers: (folder) => layers.ask((id) => post({ type: "layers", id, folder })),
    names: (file) => names.ask((id) => post({ type: "names", id, folder: file })),
    async exportMetrics(runs, file) {
      await exports.ask((id) => post({ type: "export-metrics", id, runs, file }));
    },
    open(folder, onMessage) {
      pages.set(folder, onMessage);
      post({ type: "open", folder });
    },
    openFile(file, onMessage, against) {
      pages.set(file, onMessage);
      const other = against === undefined ? {} : { against };
      post({ type: "open-file", folder: file, ...other });
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
