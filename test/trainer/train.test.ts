import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { parseJsonLines } from "../../core/formats/json-lines.ts";
import { decodeSafetensors } from "../../core/formats/safetensors.ts";
import { decodeTfEvents } from "../../core/formats/tfevents.ts";
import {
  parseItemLine,
  parseLayerLine,
  parseMetricLine,
  parseRunRecord,
} from "../../core/protocol/parse-run-files.ts";
import type { TrainerEvent, TrainRequest } from "../../core/protocol/trainer.ts";
import { train } from "../../trainer/src/train.ts";
import { SMALL_EXPERIMENT, smallWorkspace } from "../support/small-experiment.ts";

interface Options {
  readonly text?: string;
  readonly request?: Partial<TrainRequest>;
  /** Aborts the training when it is true of an event. */
  readonly cancelAt?: (event: TrainerEvent) => boolean;
}

async function run({ text = SMALL_EXPERIMENT, request = {}, cancelAt }: Options = {}) {
  const { folder, spec } = smallWorkspace(text);
  const cancel = new AbortController();
  const events: TrainerEvent[] = [];
  const result = await train(
    { spec, workspace: folder, ...request },
    {
      signal: cancel.signal,
      emit: (event) => {
        events.push(event);
        if (cancelAt?.(event) === true) cancel.abort();
      },
    },
  );
  return { folder, events, result };
}

const read = (...parts: readonly string[]) => readFileSync(path.join(...parts));

/** Values of all lines of a file, none of them refused by `parse`. */
function lines<Line extends object>(
  file: Buffer,
  parse: (value: unknown) => Line | string,
): Line[] {
  const { values, problems, consumedBytes } = parseJsonLines(file);
  expect(problems).toEqual([]);
  expect(consumedBytes).toBe(file.length);
  return values.map(({ value }) => {
    const line = parse(value);
    if (typeof line === "string") throw new TypeError(line);
    return line;
  });
}

function recordOf(folder: string) {
  const record = parseRunRecord(JSON.parse(read(folder, "run.json").toString()));
  if (typeof record === "string") throw new TypeError(record);
  return record;
}

function tensorsOf(folder: string, file: string) {
  const contents = decodeSafetensors(read(folder, file));
  if (!("tensors" in contents)) throw new TypeError(JSON.stringify(contents));
  return contents.tensors;
}

describe("train()", () => {
  test("writes a run folder that says and holds all that was trained", async () => {
    const { folder, events, result } = await run();
    expect(result).toMatchObject({ status: "finished", isRefused: false });
    expect(path.relative(folder, result.run)).toMatch(
      /^\.normlens\/runs\/\d{8}-\d{6}-small-shapes$/,
    );
    expect(read(folder, ".normlens", ".gitignore").toString()).toBe("*\n");
    expect(read(result.run, "spec.yaml").toString()).toBe(SMALL_EXPERIMENT);
    expect(existsSync(path.join(result.run, "log.txt"))).toBe(true);

    const record = recordOf(result.run);
    expect(record).toMatchObject({
      id: path.basename(result.run),
      name: "Small shapes",
      status: "finished",
      pid: process.pid,
      spec: "small.normlens.yaml",
      seed: 2,
      backend: "wasm",
      backend_reason: "asked for",
      steps_total: 6,
      epochs_total: 2,
      samples: { train: 36, validation: 12, test: 12 },
      modalities: ["image", "text", "audio"],
      objective: `mean cross_entropy + 0.5·info_nce(τ = 0.2) + 0.005·‖w‖₁ on image.* + ${0.1 / 36}/2·‖w‖² on shared.*`,
    });
    expect(record.final).toEqual(result.final);
    expect(events.map(({ type }) => type).filter((type) => type !== "message")[0]).toBe("started");
    expect(events.at(-1)).toMatchObject({ type: "finished", run: result.run, status: "finished" });
    expect(events.filter(({ type }) => type === "evaluated")).toHaveLength(3);
    expect(events.filter(({ type }) => type === "progress").at(-1)).toMatchObject({
      step: 6,
      steps_total: 6,
      epoch: 2,
    });
  });

  test("logs steps and epochs, and the same scalars for TensorBoard", async () => {
    const { result } = await run();
    const metrics = lines(read(result.run, "metrics.jsonl"), parseMetricLine);
    expect(metrics.map(({ step, epoch }) => [step, epoch])).toEqual([
      [0, 0],
      [2, 1],
      [3, 1],
      [4, 2],
      [6, 2],
    ]);
    for (const { values } of metrics) {
      const { "train/loss": loss, "train/data_loss": data, "train/penalty": penalty } = values;
      expect(Number(loss)).toBeCloseTo(Number(data) + Number(penalty), 6);
    }
    const last = metrics.at(-1)!.values;
    for (const part of ["train", "validation", "test"]) {
      for (const name of [
        "loss",
        "accuracy",
        "recall@1/image_to_text",
        "recall@5/text_to_audio",
        "recall@10/audio_to_image",
        "median_rank/image_to_text",
        "modality_gap",
        "alignment",
        "uniformity",
      ]) {
        expect(last, `${part}/${name}`).toHaveProperty([`${part}/${name}`]);
      }
    }
    for (const name of ["l1", "l2", "zero_fraction", "gradient_norm"]) {
      expect(last).toHaveProperty([`weights/image.fc1.weight/${name}`]);
    }
    expect(metrics.filter(({ values }) => "test/loss" in values)).toHaveLength(1);

    const name = readdirSync(result.run).find((file) => file.startsWith("events.out.tfevents."))!;
    const { events, restBytes } = decodeTfEvents(read(result.run, name));
    expect(restBytes).toBe(0);
    expect(events[0]?.fileVersion).toBe("brain.Event:2");
    expect(events.slice(1).map(({ step }) => step)).toEqual(metrics.map(({ step }) => step));
    const scalars = new Map(events.at(-1)!.scalars.map(({ tag, value }) => [tag, value]));
    for (const [tag, value] of Object.entries(last)) {
      expect(scalars.get(tag), tag).toBe(Math.fround(Number(value)));
    }
  });

  test("snapshots weights that the layer lines describe, with exact zeros where L1 falls", async () => {
    const { result } = await run();
    const layers = lines(read(result.run, "weights", "layers.jsonl"), parseLayerLine);
    expect([...new Set(layers.map(({ step }) => step))]).toEqual([0, 3, 6]);
    for (const step of [0, 3, 6]) {
      const tensors = tensorsOf(result.run, `weights/step-0000000${step}.safetensors`);
      const described = layers.filter((layer) => layer.step === step);
      expect(described.map(({ layer }) => layer).toSorted()).toEqual(
        tensors.map(({ name }) => name).toSorted(),
      );
      for (const tensor of tensors) {
        const layer = described.find((one) => one.layer === tensor.name)!;
        const zeros = Array.from(tensor.data, Number).filter((value) => value === 0).length;
        expect([layer.shape, layer.zeros]).toEqual([tensor.shape, zeros]);
      }
    }
    const fc1 = layers.findLast(({ layer }) => layer === "image.fc1.weight")!;
    expect(fc1.penalty).toBe("0.005·‖w‖₁");
    expect(fc1.zeros).toBeGreaterThan(0);
    expect(layers.findLast(({ layer }) => layer === "text.fc1.weight")).toMatchObject({
      penalty: "",
      zeros: 0,
    });
  });

  test("snapshots the validation part's embeddings, NaN where a modality is missing", async () => {
    const { result } = await run();
    const items = lines(read(result.run, "embeddings", "items.jsonl"), parseItemLine);
    expect(items.map(({ row }) => row)).toEqual(Array.from({ length: 12 }, (_, row) => row));
    const missing = items.filter((item) => item.missing.includes("audio")).map(({ row }) => row);
    expect(missing.length).toBeGreaterThan(0);
    const tensors = tensorsOf(result.run, "embeddings/step-00000006.safetensors");
    expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ["audio", [12, 4]],
      ["image", [12, 4]],
      ["text", [12, 4]],
    ]);
    for (const { name, data } of tensors) {
      for (let row = 0; row < 12; row++) {
        const values = Array.from(data, Number).slice(row * 4, row * 4 + 4);
        const isMissing = name === "audio" && missing.includes(row);
        if (isMissing) expect(values.every(Number.isNaN)).toBe(true);
        else expect(Math.hypot(...values)).toBeCloseTo(1, 3);
      }
    }
    const [thumbnails] = tensorsOf(result.run, "embeddings/thumbnails.safetensors");
    expect(thumbnails).toMatchObject({ name: "image", dtype: "U8", shape: [12, 8, 8, 3] });
  });

  test("gives the same numbers for the same seed, and others for another", async () => {
    const metricsOf = async (set: readonly string[]) => {
      const { result } = await run({ request: { set } });
      return lines(read(result.run, "metrics.jsonl"), parseMetricLine).map(
        ({ step, epoch, values }) => ({ step, epoch, values }),
      );
    };
    const first = await metricsOf([]);
    expect(await metricsOf([])).toEqual(first);
    expect(await metricsOf(["training.seed=3"])).not.toEqual(first);
  });

  test("trains bit for bit alike with λ = 0 and without a penalty", async () => {
    const weightsOf = async (penalty: string) => {
      const { result } = await run({ request: { set: [`penalty=${penalty}`] } });
      return tensorsOf(result.run, "weights/step-00000006.safetensors");
    };
    const none = await weightsOf("[]");
    expect(
      await weightsOf(
        "[{norm: l1, lambda: 0}, {norm: l2, lambda: 0}, {norm: elastic_net, lambda: 0}]",
      ),
    ).toEqual(none);
    expect(await weightsOf("[{norm: l1, lambda: 1e-6}]")).not.toEqual(none);
  });

  test.each(["sgd", "momentum", "nesterov", "adamw"])("trains with %s", async (optimizer) => {
    const { result } = await run({ request: { set: [`training.optimizer=${optimizer}`] } });
    expect(result.status).toBe("finished");
  });

  test("trains one modality without alignment, on all rows", async () => {
    const text = SMALL_EXPERIMENT.replace(/private: {[^}]*}/, "private: { image: [8] }")
      .replace(/, alignment: {[^}]*}/, "")
      .replace(/split: .*/, "split: { validation: 0, test: 0 }");
    const { result } = await run({ text });
    expect(result.status).toBe("finished");
    expect(recordOf(result.run).samples).toEqual({ train: 60, validation: 0, test: 0 });
    expect(Object.keys(result.final).filter((name) => name.startsWith("validation/"))).toEqual([]);
    expect(result.final).toHaveProperty(["train/accuracy"]);
  });

  test("gives all tensors back, however it ends", async () => {
    await run();
    const before = memory().numTensors;
    await run();
    await run({ request: { set: ["training.learning_rate=100", "training.optimizer=sgd"] } });
    await run({ request: { set: ["penalty.0.on=nothing.*"] } });
    await run({ cancelAt: (event) => event.type === "progress" });
    expect(memory().numTensors).toBe(before);
  });

  test("completes the folder as cancelled", async () => {
    const { result, events } = await run({
      cancelAt: (event) => event.type === "evaluated" && event.epoch === 1,
    });
    expect(result).toMatchObject({ status: "cancelled", isRefused: false });
    expect(recordOf(result.run)).toMatchObject({ status: "cancelled" });
    expect(recordOf(result.run).ended).toBeDefined();
    expect(result.final).toHaveProperty(["validation/accuracy"]);
    expect(lines(read(result.run, "metrics.jsonl"), parseMetricLine).at(-1)?.step).toBe(3);
    expect(tensorsOf(result.run, "weights/step-00000003.safetensors").length).toBeGreaterThan(0);
    expect(events.at(-1)).toMatchObject({ type: "finished", status: "cancelled" });
  });

  test("names the layer and the step when the loss leaves the finite numbers", async () => {
    const { result } = await run({
      request: {
        set: ["training.learning_rate=100", "training.optimizer=sgd", "training.epochs=20"],
      },
    });
    expect(result.status).toBe("failed");
    const record = recordOf(result.run);
    expect(record.error?.message).toMatch(/^Loss is (NaN|-?Infinity): /);
    expect(record.error?.where).toMatch(/^\S+\.(weight|bias), step \d+, epoch \d+$/);
    expect(record.final["train/loss"]).toMatch(/NaN|Infinity/);
    const last = lines(read(result.run, "metrics.jsonl"), parseMetricLine).at(-1)!;
    expect(last.values["train/loss"]).toMatch(/NaN|Infinity/);
    expect(read(result.run, "log.txt").toString()).toContain("failed at ");
  });

  test.each([
    ["a refused value", ["training.epochs=0"], "--set training.epochs=0: "],
    ["a penalty on nothing", ["penalty.0.on=nothing.*"], "`nothing.*` matches no parameter"],
  ])("makes no folder for %s", async (_name, set, message) => {
    const { folder, events, result } = await run({ request: { set } });
    expect(result).toMatchObject({ status: "failed", run: "", isRefused: true });
    expect(result.error).toContain(message);
    expect(existsSync(path.join(folder, ".normlens"))).toBe(false);
    expect(events.at(-1)).toMatchObject({ type: "finished", run: "", error: result.error });
  });

  test("records what was replaced, the findings at launch, and uses the given folder", async () => {
    const finding = { code: "NL101", name: "n", path: "a.py", line: 3, message: "m" };
    const { folder, result } = await run({
      request: { set: ["training.epochs=1"], findings: [finding] },
    });
    expect(recordOf(result.run)).toMatchObject({ set: ["training.epochs=1"], findings: [finding] });
    const other = await run({ request: { out: path.join(folder, "elsewhere") } });
    expect(path.dirname(other.result.run)).toBe(path.join(folder, "elsewhere"));
    expect(existsSync(path.join(other.folder, ".normlens"))).toBe(false);
  });
});
