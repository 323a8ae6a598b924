import { describe, expect, test } from "vitest";
import { alignmentMetrics } from "../../trainer/src/alignment-metrics.ts";

const plane = (...angles: readonly number[]) => ({
  rows: angles.length,
  columns: 2,
  data: Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])),
});

describe("alignmentMetrics", () => {
  test("names both directions of every pair, and each measure's mean", () => {
    const values = alignmentMetrics(
      new Map([
        ["image", plane(0, 1, 2, 3)],
        ["text", plane(0, 1, 2, 3)],
        ["audio", plane(3, 2, 1, Number.NaN)],
      ]),
    );
    expect(values).toMatchObject({
      "recall@1/image_to_text": 1,
      "recall@1/text_to_image": 1,
      "median_rank/image_to_text": 1,
      "pairs/image_text": 4,
      "pairs/image_audio": 3,
      "pairs/text_audio": 3,
    });
    // The angles run the other way: every image's nearest audio is another row's.
    expect(values["recall@1/image_to_audio"]).toBe(0);
    expect(values["alignment/image_text"]).toBeCloseTo(0, 12);
    const gaps = ["image_text", "image_audio", "text_audio"].map(
      (pair) => values[`modality_gap/${pair}`]!,
    );
    expect(values["modality_gap"]).toBeCloseTo((gaps[0]! + gaps[1]! + gaps[2]!) / 3, 12);
  });

  test("has only the uniformity of a single modality", () => {
    expect(Object.keys(alignmentMetrics(new Map([["image", plane(0, 1)]])))).toEqual([
      "uniformity/image",
      "uniformity",
    ]);
  });
});
