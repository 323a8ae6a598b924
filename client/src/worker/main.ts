/**
 * The run worker: reads runs and weight files for the extension host, which must never wait for a disk.
 * Started with a job it does that instead: the worker starts itself so for what takes long.
 */
import fsNow from "node:fs";
import fs from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { createInflateRaw } from "node:zlib";
import { nodeInflate } from "../../../core/formats/node-inflate.ts";
import { faultText } from "../../../core/protocol/decoder.ts";
import {
  decodeToRunWorker,
  type FromRunWorker,
  type NamedRun,
  type ToRunWorker,
} from "../../../core/protocol/run-worker.ts";
import { assertNever, type ToPage } from "../../../core/protocol/webview.ts";
import { readLatestLayers } from "../../../core/runs/latest-layers.ts";
import { createRunLister } from "../../../core/runs/list-runs.ts";
import { metricsCsv } from "../../../core/runs/metrics-csv.ts";
import { nodeRunFileSystem } from "../../../core/runs/node-run-file-system.ts";
import { nodeRunListFiles } from "../../../core/runs/node-run-list-files.ts";
import { processLiveness } from "../../../core/runs/process-liveness.ts";
import { readRunDetail } from "../../../core/runs/run-detail.ts";
import { runsFolderOf } from "../../../core/runs/run-file-system.ts";
import { createRunReader } from "../../../core/runs/run-reader.ts";
import { createDifferenceKernels } from "../../../core/weights/difference/difference-kernels.ts";
import { findStepFiles } from "../../../core/weights/find-step-files.ts";
import { withWeightFile } from "../../../core/weights/node-weight-files.ts";
import { createScanKernels } from "../../../core/weights/scan/kernels.ts";
import { readExperiment } from "../runs/experiment-as-run.ts";
import { followFile } from "./follow-file.ts";
import { followRun } from "./follow-run.ts";
import type { Followed } from "./followed.ts";
import { createRunListing } from "./run-listing.ts";
import { runProjection } from "./run-projection.ts";
import { runView } from "./run-view.ts";
import { decodeThreadJob, type ThreadJob } from "./thread-job.ts";
import { transferables } from "./transferables.ts";
import { viewBeside } from "./view-beside.ts";
import { watchFolder } from "./watch-folder.ts";
import { workInThread } from "./work-in-thread.ts";

const files = nodeRunFileSystem(fs);
const isAlive = processLiveness({
  host: hostname(),
  kill: (pid, signal) => process.kill(pid, signal),
  readText: (file) => fs.readFile(file, "utf8"),
});
const listFiles = nodeRunListFiles(fsNow);
const listing = createRunListing(createRunLister(listFiles, isAlive), post, setImmediate);
const opened = new Map<string, Followed>();
const platform = {
  open: fs.open,
  path,
  inflate: nodeInflate({ pipeline, createInflateRaw, readable: Readable.from }),
};
const folders = { readdir: (folder: string) => fs.readdir(folder), stat: fs.stat, path };

function post(message: FromRunWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function openRun(folder: string): Followed {
  let lastFault = "";
  let wake: () => void = () => undefined;
  const script = import.meta.filename;
  const send = (message: ToPage) => {
    post({ type: "page", folder, message }, transferables(message));
  };
  return followRun({
    reader: createRunReader(
      {
        files,
        isAlive,
        readExperiment,
        readBeside: viewBeside({ script, folder, onNews: () => wake() }),
        now: Date.now,
      },
      folder,
    ),
    watch(onChange) {
      wake = onChange;
      return watchFolder(folder, onChange);
    },
    project(kind) {
      const run = path.basename(folder);
      const fail = (reason: string) =>
        send({ type: "embeddings/no-projection", run, kind, reason });
      return workInThread({ script, send, fail }, { type: "projection", folder, kind });
    },
    send,
    fail(message) {
      if (message === lastFault) return;
      lastFault = message;
      send({ type: "run/problem", run: path.basename(folder), message });
    },
  });
}

function openFile(file: string, against: string | undefined): Followed {
  return followFile({
    file,
    ...(against === undefined ? {} : { against }),
    findSteps: () => findStepFiles(folders, file),
    partsOf: (name) => [path.basename(path.dirname(name)), path.basename(name)],
    withFile: (name, use) => withWeightFile(platform, name, use),
    createKernels: createScanKernels,
    createDifferenceKernels,
    send: (message) => post({ type: "page", folder: file, message }, transferables(message)),
  });
}

async function tellDetail(id: number, folder: string): Promise<void> {
  const detail = await readRunDetail({ files, listFiles, isAlive }, folder).catch(messageOf);
  post({ type: "detail", id, detail });
}

/** The file takes its name when it is whole. */
async function exportMetrics(id: number, runs: readonly NamedRun[], file: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await fs.writeFile(temporary, metricsCsv(files, runs));
    await fs.rename(temporary, file);
    post({ type: "exported", id, outcome: { file } });
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    post({ type: "exported", id, outcome: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function tellLayers(id: number, folder: string): Promise<void> {
  post({ type: "layers", id, layers: await readLatestLayers(files, folder).catch(messageOf) });
}

async function tellNames(id: number, file: string): Promise<void> {
  const names = await withWeightFile(platform, file, async (weights) =>
    "problem" in weights ? weights.problem : weights.tensors.map(({ name }) => name),
  ).catch(messageOf);
  post({ type: "names", id, names });
}

function replace(folder: string, open: (folder: string) => Followed): void {
  opened.get(folder)?.close();
  opened.set(folder, open(folder));
}

function handle(message: ToRunWorker): void {
  switch (message.type) {
    case "list":
      listing.list(message.id, message.roots.map(runsFolderOf));
      return;
    case "list-running":
      listing.listRunning(message.id);
      return;
    case "detail":
      void tellDetail(message.id, message.folder);
      return;
    case "export-metrics":
      void exportMetrics(message.id, message.runs, message.file);
      return;
    case "open":
      replace(message.folder, openRun);
      return;
    case "open-file":
      replace(message.folder, (file) => openFile(file, message.against));
      return;
    case "request":
      opened.get(message.folder)?.request(message.request);
      return;
    case "others":
      opened.get(message.folder)?.showOthers(message.others);
      return;
    case "layers":
      void tellLayers(message.id, message.folder);
      return;
    case "names":
      void tellNames(message.id, message.folder);
      return;
    case "close":
      opened.get(message.folder)?.close();
      opened.delete(message.folder);
      return;
    default:
      assertNever(message);
  }
}

function serve(): void {
  parentPort?.on("message", (value: unknown) => {
    const message = decodeToRunWorker(value);
    if (message.ok) handle(message.value);
    else
      post({
        type: "fault",
        message: `The run reader was sent what it does not know: ${faultText(message)}`,
      });
  });
}

async function work(job: ThreadJob): Promise<void> {
  const deps = {
    files,
    now: () => performance.now(),
    send: (message: ToPage) => parentPort?.postMessage(message, transferables(message)),
  };
  if (job.type === "view") await runView(job, deps);
  else await runProjection(job, deps);
}

const job = decodeThreadJob(workerData);
if (job.ok) void work(job.value);
else serve();
