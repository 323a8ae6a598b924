import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type ExperimentRun, runExperiment } from "../support/run-experiment.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/multimodal");

const trained = new Map<string, Promise<ExperimentRun>>();

/** Trains an example, once for each set of replaced values. */
async function run(name: string, set: readonly string[] = []): Promise<ExperimentRun> {
  const key = JSON.stringify([name, set]);
  const running =
    trained.get(key) ?? runExperiment({ file: path.join(FOLDER, `${name}.normlens.yaml`) }, set);
  trained.set(key, running);
  const found = await running;
  expect(found.result.error).toBeUndefined();
  expect(found.result.status).toBe("finished");
  return found;
}

/** Chance is a recall@1 of 1 in so many pairs, and a median rank of half of them. */
const WELL_ABOVE_CHANCE = 10;

describe("examples of modality alignment", () => {
  test.each([
    ["modality-learned", "text", "image", 160],
    ["modality-contrastive", "text", "image", 180],
    ["modality-structural", "image", "text", 42],
    ["modality-few-pairs", "image", "text", 42],
    ["modality-sequences", "audio", "text", 45],
  ])("%s finds partners %s ↔ %s ten times as often as chance", async (name, a, b, pairs) => {
    const { metric } = await run(name);
    for (const direction of [`${a}_to_${b}`, `${b}_to_${a}`]) {
      expect(metric(`test/recall@1/${direction}`)).toBeGreaterThan(WELL_ABOVE_CHANCE / pairs);
      expect(metric(`test/median_rank/${direction}`)).toBeLessThan(pairs / 8);
    }
    const [first = "", second = ""] = [a, b].toSorted();
    const found = [
      metric(`test/pairs/${first}_${second}`),
      metric(`test/pairs/${second}_${first}`),
    ];
    expect(found.filter((value) => !Number.isNaN(value))).toEqual([pairs]);
  });

  test("modality-by-hand explains most of what pictures show", async () => {
    const { metric } = await run("modality-by-hand");
    // Pictures have noise of 0.15 a number, and only 18 captions differ.
    expect(metric("test/r2")).toBeGreaterThan(0.85);
    expect(metric("test/rmse")).toBeLessThan(0.18);
    expect(metric("test/median_rank/text_to_image")).toBeLessThan(5);
  });

  test("modality-learned tells what was missing and mis-paired", async () => {
    const { metric, log } = await run("modality-learned");
    expect(metric("data/missing/text")).toBeCloseTo(0.1, 2);
    expect(Math.abs(metric("data/mispaired/text_image") - 0.1)).toBeLessThan(0.06);
    expect(log).toMatch(/\d+ of 840 training rows are left out for it/);
  });

  test("modality-private-shared keeps what pictures share apart from what they do not", async () => {
    const parted = await run("modality-private-shared");
    const alone = await run("modality-private-shared", [
      "objective.separation.difference=0",
      "objective.separation.reconstruction=0",
    ]);

    expect(parted.metric("test/difference")).toBeLessThan(0.3 * alone.metric("test/difference"));
    expect(parted.metric("test/reconstruction")).toBeLessThan(
      0.5 * alone.metric("test/reconstruction"),
    );
    expect(parted.metric("test/recall@10/text_to_image")).toBeGreaterThan(
      (3 * 10) / parted.metric("test/pairs/image_text"),
    );
  });

  test("modality-sequences warps time: without a band less is found", async () => {
    const warped = (await run("modality-sequences")).metric("map/dtw_distance_pairs");
    const straight = (await run("modality-sequences", ["model.radius=0"])).metric(
      "map/dtw_distance_pairs",
    );
    expect(warped).toBeLessThan(0.7 * straight);
  });
});

// Chance is 1/6 for shapes and 1/3 for their parents; a test part of 240 has a deviation of 0.03.
describe("examples of task alignment", () => {
  test("task-by-hand tells three families apart", async () => {
    const { metric } = await run("task-by-hand");
    expect(metric("test/accuracy/image")).toBeGreaterThan(1 / 3 + 0.15);
    expect(metric("test/accuracy/text")).toBeGreaterThan(0.9);
  });

  test("task-learned serves pictures of which a twentieth is labelled", async () => {
    const { metric } = await run("task-learned");
    expect(metric("test/accuracy/image")).toBeGreaterThan(1 / 6 + 0.09);
    expect(metric("test/accuracy/text")).toBeGreaterThan(0.9);
  });

  test("task-structural tells shapes apart whose pictures were only labelled with the parents", async () => {
    const { metric } = await run("task-structural");
    expect(metric("test/accuracy_coarse/image")).toBeGreaterThan(1 / 3 + 0.15);
    expect(metric("test/accuracy/image")).toBeGreaterThan(1 / 6 + 0.09);
  });
});

describe("examples of knowledge carried from captions to pictures", () => {
  test.each(["knowledge-by-hand", "knowledge-learned"])(
    "%s teaches pictures without a single label",
    async (name) => {
      const { metric } = await run(name);
      expect(metric("test/accuracy/image")).toBeGreaterThan(1 / 6 + 0.12);
      const alone = await run(name, ["objective.transfer.weight=0"]);
      expect(alone.metric("test/accuracy/image")).toBeLessThan(1 / 6 + 0.1);
    },
  );

  test("hints bring the features of pictures near those of captions", async () => {
    const transfer = "objective.transfer={ from: text, to: image, method: hints, weight: 1 }";
    const taught = await run("knowledge-learned", [transfer]);
    const alone = await run("knowledge-learned", [transfer.replace("weight: 1", "weight: 0")]);
    expect(taught.metric("test/hints")).toBeLessThan(0.5 * alone.metric("test/hints"));
  });

  test("knowledge-structural arranges pictures as captions are arranged", async () => {
    const taught = await run("knowledge-structural");
    const alone = await run("knowledge-structural", ["objective.transfer.weight=0"]);
    expect(taught.metric("test/cka/image_text")).toBeGreaterThan(
      1.5 * alone.metric("test/cka/image_text"),
    );
  });
});

describe("the clustering example", () => {
  test("finds groups that hold most of the spread", async () => {
    const { metric } = await run("clusters");
    const spread = 6 * metric("data/scale/image") ** 2;
    expect(metric("test/loss")).toBeLessThan(0.3 * spread);
    expect(metric("train/empty_clusters")).toBe(0);
  });
});

test("each example of the folder is run above", () => {
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith(".normlens.yaml"))
    .map((file) => file.slice(0, -".normlens.yaml".length));
  expect(names.toSorted()).toEqual([
    "clusters",
    ...["by-hand", "learned", "structural"].map((way) => `knowledge-${way}`),
    ...[
      "by-hand",
      "contrastive",
      "few-pairs",
      "learned",
      "private-shared",
      "sequences",
      "structural",
    ].map((way) => `modality-${way}`),
    ...["by-hand", "learned", "structural"].map((way) => `task-${way}`),
  ]);
});
