/** The run worker: reads runs and weight files for the extension host, which must never wait for a disk. */
import fs from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { parentPort } from "node:worker_threads";
import { createInflateRaw } from "node:zlib";
import { nodeInflate } from "../../../core/formats/node-inflate.ts";
import {
  type FromRunWorker,
  parseToRunWorker,
  type ToRunWorker,
} from "../../../core/protocol/run-worker.ts";
import { assertNever, type ToPage } from "../../../core/protocol/webview.ts";
import { createRunLister, joinRunLists } from "../../../core/runs/list-runs.ts";
import { nodeRunFileSystem } from "../../../core/runs/node-run-file-system.ts";
import { processLiveness } from "../../../core/runs/process-liveness.ts";
import { runsFolderOf } from "../../../core/runs/run-file-system.ts";
import { createRunReader } from "../../../core/runs/run-reader.ts";
import { withWeightFile } from "../../../core/weights/node-weight-files.ts";
import { createScanKernels } from "../../../core/weights/scan/kernels.ts";
import { type FollowedFile, followFile } from "./follow-file.ts";
import { type FollowedRun, followRun } from "./follow-run.ts";
import { transferables } from "./transferables.ts";
import { watchFolder } from "./watch-folder.ts";

const files = nodeRunFileSystem(fs);
const isAlive = processLiveness({
  host: hostname(),
  kill: (pid, signal) => process.kill(pid, signal),
  readText: (file) => fs.readFile(file, "utf8"),
});
const lister = createRunLister(files, isAlive);
const openRuns = new Map<string, FollowedRun>();
const openFiles = new Map<string, FollowedFile>();
const platform = {
  open: fs.open,
  path,
  inflate: nodeInflate({ pipeline, createInflateRaw, readable: Readable.from }),
};

function post(message: FromRunWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function open(folder: string): FollowedRun {
  let lastFault = "";
  const send = (message: ToPage) => {
    post({ type: "page", folder, message }, transferables(message));
  };
  return followRun({
    reader: createRunReader({ files, isAlive, now: Date.now }, folder),
    watch: (onChange) => watchFolder(folder, onChange),
    send,
    fail(message) {
      if (message === lastFault) return;
      lastFault = message;
      send({ type: "run/problem", run: path.basename(folder), message });
    },
  });
}

function openFile(file: string): FollowedFile {
  return followFile({
    file: { path: file, name: path.basename(file) },
    withFile: (use) => withWeightFile(platform, file, use),
    createKernels: createScanKernels,
    send: (message) => post({ type: "page", folder: file, message }, transferables(message)),
  });
}

async function list(id: number, roots: readonly string[]): Promise<void> {
  const folders = [...new Set(roots.map(runsFolderOf))];
  const lists = await Promise.all(
    folders.map(async (folder) => {
      try {
        return await lister.list(folder);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return { runs: [], problems: [{ folder, message }] };
      }
    }),
  );
  post({ type: "list", id, ...joinRunLists(lists) });
}

function handle(message: ToRunWorker): void {
  switch (message.type) {
    case "list":
      void list(message.id, message.roots);
      return;
    case "open":
      openRuns.get(message.folder)?.close();
      openRuns.set(message.folder, open(message.folder));
      return;
    case "weights":
      openRuns.get(message.folder)?.requestWeights(message.step);
      return;
    case "matrix":
      openRuns.get(message.folder)?.requestMatrix(message.step, message.layer);
      return;
    case "embeddings":
      openRuns.get(message.folder)?.requestEmbeddings(message.step);
      return;
    case "close":
      openRuns.get(message.folder)?.close();
      openRuns.delete(message.folder);
      return;
    case "open-file":
      openFiles.get(message.folder)?.close();
      openFiles.set(message.folder, openFile(message.folder));
      return;
    case "file-matrix":
      openFiles.get(message.folder)?.requestMatrix(message.layer);
      return;
    case "close-file":
      openFiles.get(message.folder)?.close();
      openFiles.delete(message.folder);
      return;
    default:
      assertNever(message);
  }
}

parentPort?.on("message", (value: unknown) => {
  const message = parseToRunWorker(value);
  if (message !== undefined) handle(message);
});
