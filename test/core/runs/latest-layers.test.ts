import { describe, expect, test } from "vitest";
import { NO_LAYERS } from "../../../core/protocol/run-layers.ts";
import { readLatestLayers } from "../../../core/runs/latest-layers.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { layerText, metricText } from "../../support/run-files.ts";

const LAYERS = "r/weights/layers.jsonl";
const METRICS = "r/metrics.jsonl";

describe("readLatestLayers", () => {
  test("gives the layers of the last step with their gradient norms", async () => {
    const files = memoryRunFiles({
      [LAYERS]:
        layerText(10, "fc1.weight") +
        layerText(10, "fc2.weight") +
        layerText(20, "fc1.weight", 1) +
        layerText(20, "fc2.weight"),
      [METRICS]:
        metricText(10, { "weights/fc1.weight/gradient_norm": 3 }) +
        metricText(20, { "weights/fc1.weight/gradient_norm": 0.5 }),
    });
    const { step, epoch, layers } = await readLatestLayers(files, "r");
    expect({ step, epoch }).toEqual({ step: 20, epoch: 2 });
    expect(layers).toEqual([
      {
        layer: "fc1.weight",
        shape: [2, 1],
        count: 2,
        zeros: 1,
        nonFinite: 0,
        l2: 1,
        gradientNorm: 0.5,
      },
      { layer: "fc2.weight", shape: [2, 1], count: 2, zeros: 0, nonFinite: 0, l2: 1 },
    ]);
  });

  test("reads the end of a long file alone, as much as its last step takes", async () => {
    const step = (number: number) =>
      Array.from({ length: 1500 }, (_, index) => layerText(number, `fc${index}.weight`)).join("");
    const files = memoryRunFiles({ [LAYERS]: [1, 2, 3, 4, 5, 6, 7, 8, 9].map(step).join("") });
    const reads: number[] = [];
    const read = (file: string, start: number, end: number) => {
      if (file === LAYERS) reads.push(end - start);
      return files.read(file, start, end);
    };
    const { layers } = await readLatestLayers({ ...files, read }, "r");
    expect(layers).toHaveLength(1500);
    const size = (await files.stat(LAYERS))?.sizeBytes ?? 0;
    expect(Math.max(...reads)).toBeLessThan(size);
  });

  test("takes a torn last line and lines of no layer for nothing", async () => {
    const files = memoryRunFiles({
      [LAYERS]: `${layerText(3, "fc.weight")}{"step":4}\n{"step":5,"la`,
    });
    expect((await readLatestLayers(files, "r")).layers.map(({ layer }) => layer)).toEqual([
      "fc.weight",
    ]);
  });

  test("is empty where nothing was counted", async () => {
    expect(await readLatestLayers(memoryRunFiles(), "r")).toEqual(NO_LAYERS);
  });
});
