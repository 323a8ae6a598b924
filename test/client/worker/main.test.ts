import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import type { EmbeddingProjection } from "../../../core/protocol/panel/embeddings.ts";
import {
  type FromRunWorker,
  isFromRunWorker,
  type ToRunWorker,
} from "../../../core/protocol/run-worker.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import { gaussian } from "../../support/gaussian.ts";
import { nodeBundle } from "../../support/node-bundle.ts";
import { embeddingBytes, layerText, metricText, recordText } from "../../support/run-files.ts";

let root = "";
let worker: Worker;
const received: FromRunWorker[] = [];
let arrived: () => void = () => undefined;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "normlens-worker-"));
  const script = path.join(root, "run-worker.js");
  await nodeBundle("client/src/worker/main.ts", script);
  worker = new Worker(script);
  worker.on("message", (value: unknown) => {
    if (!isFromRunWorker(value)) throw new TypeError(`Got ${JSON.stringify(value)}`);
    received.push(value);
    arrived();
  });
});
afterAll(async () => {
  await worker.terminate();
  rmSync(root, { recursive: true, force: true });
});

const post = (message: ToRunWorker) => worker.postMessage(message);

/** Waits for a message to arrive, or takes one that has, and forgets it and all before it. */
async function next<T>(pick: (message: FromRunWorker) => T | undefined): Promise<T> {
  for (;;) {
    for (const [index, message] of received.entries()) {
      const picked = pick(message);
      if (picked === undefined) continue;
      received.splice(0, index + 1);
      return picked;
    }
    await new Promise<void>((resolve) => {
      arrived = resolve;
    });
  }
}

const last = (message: FromRunWorker) =>
  message.type === "list" && message.isLast ? message : undefined;

const page =
  <Type extends ToPage["type"]>(folder: string, type: Type) =>
  (message: FromRunWorker) =>
    message.type === "page" && message.folder === folder && hasType(message.message, type)
      ? message.message
      : undefined;

function hasType<Type extends ToPage["type"]>(
  message: ToPage,
  type: Type,
): message is Extract<ToPage, { type: Type }> {
  return message.type === type;
}

function makeRun(name: string, record: Parameters<typeof recordText>[0]): string {
  const folder = path.join(root, ".normlens/runs", name);
  mkdirSync(path.join(folder, "weights"), { recursive: true });
  mkdirSync(path.join(folder, "embeddings"));
  writeFileSync(path.join(folder, "run.json"), recordText({ id: name, ...record }));
  writeFileSync(path.join(folder, "metrics.jsonl"), metricText(10));
  return folder;
}

/** Two modalities of random vectors. */
function largeEmbeddingBytes(rows: number, columns: number): Uint8Array {
  const tensor = (name: string, seed: number) => ({
    name,
    dtype: "F32" as const,
    shape: [rows, columns],
    data: Float32Array.from(gaussian(rows, columns, seed).data),
  });
  return encodeSafetensors([tensor("image", 1), tensor("text", 2)]);
}

const living = {
  status: "running",
  pid: process.pid,
  host: hostname(),
  started: "2099-01-01",
} as const;

describe("run worker", () => {
  test("lists runs, resolves lost ones and names folders that are none", async () => {
    const workspace = mkdtempSync(path.join(root, "list-"));
    const runs = path.join(workspace, ".normlens/runs");
    for (const [name, pid] of [
      ["alive", process.pid],
      ["gone", 2 ** 22 + 1],
    ] as const) {
      mkdirSync(path.join(runs, name), { recursive: true });
      writeFileSync(path.join(runs, name, "run.json"), recordText({ ...living, id: name, pid }));
    }
    mkdirSync(path.join(runs, "empty"));
    post({ type: "list", id: 5, roots: [workspace, workspace, path.join(root, "none")] });
    const list = await next((message) => (message.type === "list" ? message : undefined));
    expect(list).toMatchObject({
      id: 5,
      isLast: false,
      gone: [],
      changed: [
        { run: { id: "gone", status: "lost" } },
        { folder: path.join(runs, "empty"), problem: "run.json is missing" },
        { run: { id: "alive", status: "running" } },
      ],
    });
    expect(await next(last)).toMatchObject({ id: 5, changed: [] });
    appendFileSync(path.join(runs, "alive/metrics.jsonl"), metricText(7));
    post({ type: "list-running", id: 6 });
    expect(await next((message) => (message.type === "list" ? message : undefined))).toMatchObject({
      id: 6,
      changed: [{ run: { id: "alive", step: 7 } }],
    });
    post({ type: "detail", id: 9, folder: path.join(runs, "alive") });
    expect(
      await next((message) => (message.type === "detail" ? message : undefined)),
    ).toMatchObject({
      id: 9,
      detail: { record: { id: "alive", seed: 7 }, values: { "train/loss": 1 / 7 } },
    });
  });

  test("writes metrics to a file, whole or not at all", async () => {
    const folder = makeRun("20261121-101500-exported", {});
    const file = path.join(root, "metrics.csv");
    const runs = [{ folder, name: "R" }];
    const exported = (message: FromRunWorker) =>
      message.type === "exported" ? message : undefined;
    post({ type: "export-metrics", id: 11, runs, file });
    expect(await next(exported)).toEqual({ type: "exported", id: 11, outcome: { file } });
    expect(readFileSync(file, "utf8")).toBe("step,epoch,time,train/loss\r\n10,1,10,0.1\r\n");
    post({ type: "export-metrics", id: 12, runs, file: path.join(root, "none/metrics.csv") });
    expect((await next(exported)).outcome).toContain("ENOENT");
    expect(readdirSync(root).filter((name) => name.includes("metrics.csv"))).toEqual([
      "metrics.csv",
    ]);
  });

  test("follows a growing run to its end, and replays the same to a page that comes later", async () => {
    const folder = makeRun("20261121-101500-live", living);
    post({ type: "open", folder });
    expect((await next(page(folder, "run/header"))).run).toMatchObject({ status: "running" });
    const first = await next(page(folder, "curves/window"));
    expect(first).toMatchObject({
      runs: [{ key: "", reset: true, curves: [{ steps: Float64Array.of(10) }] }],
    });

    const torn = metricText(20);
    appendFileSync(path.join(folder, "metrics.jsonl"), torn.slice(0, 9));
    writeFileSync(path.join(folder, "weights/layers.jsonl"), layerText(20, "image.0.weight"));
    expect(await next(page(folder, "weights/snapshot"))).toMatchObject({ step: 20, steps: [20] });
    appendFileSync(path.join(folder, "metrics.jsonl"), torn.slice(9));
    const grown = await next(page(folder, "curves/window"));
    expect(grown).toMatchObject({
      runs: [{ reset: false, curves: [{ steps: Float64Array.of(10, 20) }] }],
    });

    writeFileSync(path.join(folder, "embeddings/new"), embeddingBytes(8, 5));
    renameSync(
      path.join(folder, "embeddings/new"),
      path.join(folder, "embeddings/step-00000020.safetensors"),
    );
    const { view } = await next(page(folder, "embeddings/view"));
    expect(view).toMatchObject({ step: 20, epoch: 2, retrieval: [{ recall1: 1, n: 8 }, {}] });

    writeFileSync(
      path.join(folder, "run.json"),
      recordText({ ...living, id: "20261121-101500-live", status: "finished" }),
    );
    expect((await next(page(folder, "run/header"))).run.status).toBe("finished");

    post({ type: "open", folder });
    expect((await next(page(folder, "run/header"))).run.status).toBe("finished");
    expect(await next(page(folder, "curves/window"))).toMatchObject({
      runs: [{ reset: true, curves: [{ steps: Float64Array.of(10, 20) }] }],
    });
    expect(await next(page(folder, "weights/snapshot"))).toMatchObject({ step: 20 });
    expect((await next(page(folder, "embeddings/view"))).view).toEqual(view);
    post({ type: "request", folder, request: { type: "weights/request", step: 20 } });
    expect(await next(page(folder, "weights/snapshot"))).toMatchObject({ step: 20 });
    post({ type: "request", folder, request: { type: "embeddings/request", step: 7 } });
    expect(await next(page(folder, "embeddings/no-view"))).toMatchObject({
      step: 7,
      reason: "embeddings/step-00000007.safetensors is missing",
    });
    post({ type: "close", folder });
  });

  test("projects in a thread of its own while it follows the run", async () => {
    const folder = makeRun("20261121-101600-projected", living);
    writeFileSync(
      path.join(folder, "embeddings/step-00000020.safetensors"),
      embeddingBytes(900, 5),
    );
    post({ type: "open", folder });
    await next(page(folder, "embeddings/view"));
    const wanted = { type: "embeddings/project", step: 20, isGapRemoved: true } as const;
    // The first is ended by the second, of which alone the picture comes.
    post({ type: "request", folder, request: { ...wanted, isGapRemoved: false, method: "umap" } });
    post({ type: "request", folder, request: { ...wanted, method: "umap" } });
    const first = await next(page(folder, "embeddings/projection"));
    expect(first).toMatchObject({
      run: "20261121-101600-projected",
      projection: { step: 20, method: "umap", isGapRemoved: true, share: 0 },
    });
    writeFileSync(path.join(folder, "weights/layers.jsonl"), layerText(20, "image.0.weight"));
    const followed = page(folder, "weights/snapshot");
    const finished = (message: FromRunWorker) => {
      const { projection } = page(folder, "embeddings/projection")(message) ?? {};
      expect(projection?.isGapRemoved ?? true).toBe(true);
      return projection?.share === 1 ? projection : undefined;
    };
    // Which of the two comes first depends on the machine.
    let projection: EmbeddingProjection | undefined;
    let step: number | undefined;
    while (projection === undefined || step === undefined) {
      const news = await next((message) => followed(message) ?? finished(message));
      if ("layers" in news) step = news.step;
      else projection = news;
    }
    expect(step).toBe(20);
    expect(projection.clouds.map(({ modality, xy }) => [modality, xy.length])).toEqual([
      ["image", 1800],
      ["text", 1800],
    ]);

    post({ type: "request", folder, request: { ...wanted, method: "pca", step: 7 } });
    expect(await next(page(folder, "embeddings/no-projection"))).toMatchObject({
      kind: { step: 7, method: "pca", isGapRemoved: true },
      reason: "embeddings/step-00000007.safetensors is missing",
    });
    post({ type: "close", folder });
  });

  test("reads a large snapshot in a thread of its own while it follows the run", async () => {
    const folder = makeRun("20261121-101700-large", living);
    const fileOf = (step: number) => path.join(folder, `embeddings/step-000000${step}.safetensors`);
    for (const step of [20, 30, 40]) writeFileSync(fileOf(step), largeEmbeddingBytes(2000, 96));
    writeFileSync(fileOf(50), new Uint8Array(2 ** 21));
    post({ type: "open", folder });
    expect(await next(page(folder, "embeddings/reading"))).toEqual({
      type: "embeddings/reading",
      run: "20261121-101700-large",
      steps: [20, 30, 40, 50],
      step: 50,
      share: 0,
    });
    expect(await next(page(folder, "embeddings/no-view"))).toMatchObject({
      step: 50,
      reason: "embeddings/step-00000050.safetensors: the header does not start with `{`",
    });

    // Each ends the one before it; of the last alone the view comes.
    for (const step of [20, 30, 40]) {
      post({ type: "request", folder, request: { type: "embeddings/request", step } });
      expect(await next(page(folder, "embeddings/reading"))).toMatchObject({ step });
    }
    appendFileSync(path.join(folder, "metrics.jsonl"), metricText(20));
    // Which of the two comes first depends on the machine.
    const found: string[] = [];
    while (found.length < 2) {
      const news = await next(
        (message) =>
          page(folder, "curves/window")(message) ?? page(folder, "embeddings/view")(message),
      );
      found.push(news.type);
      if (news.type !== "embeddings/view") continue;
      expect(news.view).toMatchObject({ step: 40, dimension: 96, retrieval: [{ n: 2000 }, {}] });
    }
    expect(found.toSorted()).toEqual(["curves/window", "embeddings/view"]);
    post({ type: "close", folder });
  });

  test("says what is wrong with a folder that is no run and lives on", async () => {
    const folder = path.join(root, "nowhere");
    post({ type: "open", folder });
    expect(await next(page(folder, "run/problem"))).toMatchObject({
      message: "run.json is missing",
    });
    worker.postMessage({ type: "open" });
    worker.postMessage("nonsense");
    const fault = (message: FromRunWorker) =>
      message.type === "fault" ? message.message : undefined;
    expect(await next(fault)).toMatch(/folder should be text, found nothing/);
    expect(await next(fault)).toMatch(/found "nonsense"/);
    post({ type: "close", folder });
    post({ type: "list", id: 7, roots: [] });
    expect((await next(last)).id).toBe(7);
  });
});
