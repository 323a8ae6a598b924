import { describe, expect, test } from "vitest";
import { readExperiment } from "../../../client/src/runs/experiment-as-run.ts";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import { createRunReader } from "../../../core/runs/run-reader.ts";
import type { ReadBeside, ViewMessage, WantedView } from "../../../core/runs/views-beside.ts";
import { type MemoryRunFiles, memoryRunFiles } from "../../support/memory-run-files.ts";
import { noneBeside } from "../../support/none-beside.ts";
import {
  embeddingBytes,
  itemText,
  layerText,
  metricText,
  recordText,
  thumbnailBytes,
} from "../../support/run-files.ts";

const RUN = "20261121-101500-shapes";

function readerOf(
  files: MemoryRunFiles,
  alive: { value: boolean } = { value: true },
  readBeside: ReadBeside = noneBeside,
) {
  const isAlive = () => Promise.resolve(alive.value);
  return createRunReader(
    { files, isAlive, readExperiment, readBeside, now: () => 1500 },
    `w/${RUN}`,
  );
}

async function all(messages: AsyncGenerator<ToPage>): Promise<ToPage[]> {
  const found: ToPage[] = [];
  for await (const message of messages) found.push(message);
  return found;
}

const types = (messages: readonly ToPage[]) => messages.map(({ type }) => type);

function growingRun(): MemoryRunFiles {
  const files = memoryRunFiles({
    [`w/${RUN}/run.json`]: recordText({ status: "running" }),
    [`w/${RUN}/metrics.jsonl`]: metricText(10) + metricText(20),
    [`w/${RUN}/weights/layers.jsonl`]: layerText(10, "a") + layerText(20, "a", 1),
    [`w/${RUN}/embeddings/items.jsonl`]: itemText(0, 0) + itemText(1),
  });
  files.write(`w/${RUN}/embeddings/step-00000010.safetensors`, embeddingBytes(4, 90));
  files.write(`w/${RUN}/embeddings/step-00000020.safetensors`, embeddingBytes(4, 10));
  files.write(`w/${RUN}/embeddings/thumbnails.safetensors`, thumbnailBytes(1));
  return files;
}

describe("createRunReader", () => {
  test("sends header, all metrics, latest weights and latest embeddings at first", async () => {
    const messages = await all(readerOf(growingRun()).update());
    expect(messages).toMatchObject([
      { type: "run/header", run: { id: RUN, status: "running", silentMs: 500 } },
      {
        type: "curves/window",
        run: RUN,
        runs: [
          {
            key: "",
            reset: true,
            reached: { step: 20 },
            curves: [{ name: "train/loss", total: 2, steps: Float64Array.of(10, 20) }],
          },
        ],
      },
      {
        type: "weights/snapshot",
        run: RUN,
        steps: [10, 20],
        step: 20,
        layers: [{ layer: "a", zeros: 1 }],
      },
      {
        type: "embeddings/view",
        run: RUN,
        steps: [10, 20],
        view: {
          step: 20,
          epoch: 2,
          items: {
            labels: ["", "label 0", "label 1"],
            labelOf: Int32Array.of(1, 2, 0, 0),
            thumbnailOf: Int32Array.of(0, -1, -1, -1),
          },
          retrieval: [{ from: "image", to: "text", recall1: 1 }, {}],
          thumbnails: { width: 2, height: 1 },
        },
      },
    ]);
  });

  test("sends only what is new from then on", async () => {
    const files = growingRun();
    const reader = readerOf(files);
    await all(reader.update());
    expect(await all(reader.update())).toEqual([]);

    files.append(`w/${RUN}/metrics.jsonl`, `${metricText(30)}{"step":4`);
    expect(await all(reader.update())).toMatchObject([
      {
        type: "curves/window",
        runs: [{ reset: false, curves: [{ steps: Float64Array.of(10, 20, 30) }] }],
      },
    ]);
    files.append(`w/${RUN}/weights/layers.jsonl`, layerText(30, "a") + layerText(30, "b"));
    expect(await all(reader.update())).toMatchObject([
      { type: "weights/snapshot", step: 30, layers: [{ layer: "a" }, { layer: "b" }] },
    ]);
    files.write(`w/${RUN}/embeddings/step-00000030.safetensors`, embeddingBytes(4, 0));
    expect(await all(reader.update())).toMatchObject([
      { type: "embeddings/view", steps: [10, 20, 30], view: { step: 30, epoch: 3 } },
    ]);
    expect(reader.hasEnded()).toBe(false);
    files.write(`w/${RUN}/run.json`, recordText({ status: "finished", final: { "test/loss": 1 } }));
    expect(await all(reader.update())).toMatchObject([
      { type: "run/header", run: { status: "finished", final: { "test/loss": 1 } } },
    ]);
    expect(reader.hasEnded()).toBe(true);
  });

  test("tells that a run is lost when its process goes", async () => {
    const alive = { value: true };
    const reader = readerOf(growingRun(), alive);
    await all(reader.update());
    alive.value = false;
    expect(await all(reader.update())).toMatchObject([
      { type: "run/header", run: { status: "lost" } },
    ]);
    expect(reader.hasEnded()).toBe(true);
  });

  test("starts the metrics again when their file is replaced", async () => {
    const files = growingRun();
    const reader = readerOf(files);
    await all(reader.update());
    files.write(`w/${RUN}/metrics.jsonl`, metricText(5));
    files.write(`w/${RUN}/weights/layers.jsonl`, layerText(5, "a"));
    expect(await all(reader.update())).toMatchObject([
      { type: "curves/window", runs: [{ reset: true, curves: [{ steps: Float64Array.of(5) }] }] },
      { type: "weights/snapshot", steps: [5], step: 5 },
    ]);
  });

  test("sends no weights and no view of a run that stored none", async () => {
    const reader = readerOf(memoryRunFiles({ [`w/${RUN}/run.json`]: recordText() }));
    expect(types(await all(reader.update()))).toEqual(["run/header", "curves/window"]);
  });

  test("shows the lines of a folder whose record cannot be read", async () => {
    const files = memoryRunFiles({ [`w/${RUN}/metrics.jsonl`]: metricText(10) });
    const reader = readerOf(files);
    expect(await all(reader.update())).toMatchObject([
      { type: "curves/window", run: RUN },
      { type: "run/problem", run: RUN, message: "run.json is missing" },
    ]);
    expect(await all(reader.update())).toEqual([]);
    expect(reader.hasEnded()).toBe(false);
  });

  test("sends the values of one layer, and says where there are none", async () => {
    const files = growingRun();
    const data = Float32Array.of(0, 2);
    files.write(
      `w/${RUN}/weights/step-00000010.safetensors`,
      encodeSafetensors([{ name: "a", dtype: "F32", shape: [1, 2], data }]),
    );
    const reader = readerOf(files);
    await all(reader.update());
    expect(
      await all(reader.answer({ type: "weights/request-matrix", step: 10, layer: "a" })),
    ).toMatchObject([
      { type: "weights/matrix", run: RUN, matrix: { layer: "a", step: 10, values: data } },
    ]);
    expect(
      await all(reader.answer({ type: "weights/request-matrix", step: 20, layer: "a" })),
    ).toEqual([
      {
        type: "weights/no-matrix",
        run: RUN,
        layer: "a",
        reason: "weights/step-00000020.safetensors is missing",
      },
    ]);
  });

  test("answers for earlier steps, and says when there is nothing at a step", async () => {
    const reader = readerOf(growingRun());
    await all(reader.update());
    expect(await all(reader.answer({ type: "weights/request", step: 10 }))).toMatchObject([
      { type: "weights/snapshot", steps: [10, 20], step: 10, layers: [{ zeros: 0 }] },
    ]);
    expect(await all(reader.answer({ type: "embeddings/request", step: 10 }))).toMatchObject([
      { type: "embeddings/view", steps: [10, 20], view: { step: 10, epoch: 1 } },
    ]);
    expect(await all(reader.answer({ type: "weights/request", step: 11 }))).toEqual([
      { type: "run/problem", run: RUN, message: "No weights were stored at step 11" },
    ]);
    expect(await all(reader.answer({ type: "embeddings/request", step: 11 }))).toEqual([
      {
        type: "embeddings/no-view",
        run: RUN,
        step: 11,
        reason: "embeddings/step-00000011.safetensors is missing",
      },
    ]);
  });

  test("has large snapshots read beside, and goes on meanwhile", async () => {
    const files = growingRun();
    const started: WantedView[] = [];
    const open = new Set<number>();
    let tell: (message: ViewMessage) => void = () => undefined;
    const reader = readerOf(files, { value: true }, (wanted, told) => {
      const { step } = wanted.at;
      started.push(wanted);
      open.add(step);
      tell = told;
      return () => open.delete(step);
    });
    const large = new Uint8Array(2 ** 18 + 1);
    files.write(`w/${RUN}/embeddings/step-00000020.safetensors`, large);
    expect((await all(reader.update())).at(-1)).toEqual({
      type: "embeddings/reading",
      run: RUN,
      steps: [10, 20],
      step: 20,
      share: 0,
    });
    expect(started).toMatchObject([
      { run: RUN, steps: [10, 20], at: { step: 20, epoch: 2, modalities: ["image", "text"] } },
    ]);
    files.append(`w/${RUN}/metrics.jsonl`, metricText(30));
    expect(types(await all(reader.update()))).toEqual(["curves/window"]);
    expect(await all(reader.update())).toEqual([]);

    // A small step is shown at once, and the large one is read on.
    const small = await all(reader.answer({ type: "embeddings/request", step: 10 }));
    expect(small).toMatchObject([{ type: "embeddings/view", view: { step: 10 } }]);
    tell({ type: "run/problem", run: RUN, message: "items.jsonl is torn" });
    tell({ type: "embeddings/no-view", run: RUN, step: 20, reason: "too few" });
    expect(await all(reader.update())).toEqual([
      { type: "embeddings/no-view", run: RUN, step: 20, reason: "too few" },
      { type: "run/problem", run: RUN, message: "items.jsonl is torn" },
    ]);

    const asked = await all(reader.answer({ type: "embeddings/request", step: 20 }));
    expect(asked).toMatchObject([{ type: "embeddings/reading", step: 20 }]);
    expect(started).toHaveLength(2);
    const request = { type: "embeddings/request", step: 10, isShown: true } as const;
    expect(types(await all(reader.answer(request)))).toEqual([]);
    expect(open.size).toBe(0);
    await all(reader.answer({ type: "embeddings/request", step: 20 }));
    expect(open.size).toBe(1);
    reader.close();
    expect(open.size).toBe(0);
  });

  test("names every fault of hostile files once and shows the rest", async () => {
    const files = growingRun();
    files.append(`w/${RUN}/metrics.jsonl`, `nonsense\n{"step":-1}\n${metricText(30)}`);
    files.append(`w/${RUN}/weights/layers.jsonl`, "[]\n");
    files.append(`w/${RUN}/embeddings/items.jsonl`, "{}\n");
    files.write(`w/${RUN}/embeddings/thumbnails.safetensors`, "short");
    files.write(`w/${RUN}/embeddings/step-00000030.safetensors`, new Uint8Array(64).fill(255));
    const reader = readerOf(files);
    const messages = await all(reader.update());
    expect(messages.filter(({ type }) => type === "curves/window")).toMatchObject([
      { runs: [{ curves: [{ steps: Float64Array.of(10, 20, 30) }] }] },
    ]);
    const problems = messages.flatMap((message) =>
      message.type === "run/problem" ? [message.message] : [],
    );
    expect(problems).toEqual([
      expect.stringMatching(/^metrics.jsonl line 3: .*JSON/),
      "metrics.jsonl line 4: step should be a whole number from 0, found -1",
      "weights/layers.jsonl line 3: the value should be an object, found []",
    ]);
    expect(messages.filter(({ type }) => type === "embeddings/no-view")).toMatchObject([
      { reason: expect.stringMatching(/^embeddings.step-00000030.safetensors: the header claims/) },
    ]);
    expect(await all(reader.update())).toEqual([]);

    expect(await all(reader.answer({ type: "embeddings/request", step: 20 }))).toMatchObject([
      { type: "embeddings/view", view: { step: 20 } },
      {
        message:
          "embeddings/items.jsonl line 3: row should be a whole number from 0, found nothing",
      },
      { message: expect.stringMatching(/^embeddings.thumbnails.safetensors: truncated/) },
    ]);
  });

  test("tells the first faults of a file full of them", async () => {
    const files = growingRun();
    files.append(`w/${RUN}/metrics.jsonl`, "x\n".repeat(1000));
    const messages = await all(readerOf(files).update());
    expect(messages.filter(({ type }) => type === "run/problem")).toHaveLength(20);
  });

  test("reads an embedding again when its file was replaced", async () => {
    const files = growingRun();
    const name = `w/${RUN}/embeddings/step-00000020.safetensors`;
    files.write(name, embeddingBytes(4, 10).subarray(0, 100));
    const reader = readerOf(files);
    expect(types(await all(reader.update()))).toContain("embeddings/no-view");
    files.write(name, embeddingBytes(4, 10));
    expect(types(await all(reader.update()))).toEqual(["embeddings/view"]);
  });
});
