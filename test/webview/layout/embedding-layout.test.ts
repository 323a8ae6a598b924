import { describe, expect, test } from "vitest";
import type { EmbeddingView } from "../../../core/protocol/webview.ts";
import { classColors } from "../../../webview/src/layout/class-colors.ts";
import { cosineDistribution, medianOf } from "../../../webview/src/layout/cosine-distribution.ts";
import { vectorCount } from "../../../webview/src/layout/embedding-count.ts";
import { modalityShapes, shapePath } from "../../../webview/src/layout/modality-shape.ts";
import { pointGrid } from "../../../webview/src/layout/point-grid.ts";
import { pairedRows, retrievalCaption } from "../../../webview/src/layout/retrieval-table.ts";
import { pointsOfRow, scatterPoints } from "../../../webview/src/layout/scatter-points.ts";
import { itemMatches, worstPairs } from "../../../webview/src/layout/worst-pairs.ts";

const row = (from: string, to: string, n: number) => ({
  from,
  to,
  n,
  recall1: 0.5,
  recall5: 0.7,
  recall10: 0.9,
  mrr: 0.6,
  medianRank: 2,
  chance: 1 / n,
});

const VIEW: EmbeddingView = {
  step: 10,
  epoch: 1,
  dimension: 8,
  items: ["circle", "square", "circle"].map((label, index) => ({
    row: index,
    label,
    caption: `item ${index}`,
  })),
  clouds: [
    { modality: "image", rows: Int32Array.of(0, 1, 2), xy: Float32Array.of(0, 0, 4, 0, 4, 2) },
    { modality: "audio", rows: Int32Array.of(0, 2), xy: Float32Array.of(1, 1, 3, 2) },
  ],
  explained: [0.5, 0.25],
  retrieval: [row("image", "text", 300), row("image", "audio", 275), row("text", "image", 300)],
  gaps: [],
  alignments: [],
  uniformities: [],
  pairs: [
    {
      from: "image",
      to: "audio",
      cosines: Float32Array.of(0.5, Number.NaN, 0.25),
      ranks: Float32Array.of(3, Number.NaN, 3),
    },
  ],
};

const SHOW_ALL = { hiddenClasses: [], hiddenModalities: [] };
const SIZE = { width: 240, height: 140 };

describe("scatterPoints()", () => {
  test("keeps the aspect of the projection", () => {
    const { positions } = scatterPoints(VIEW, SHOW_ALL, SIZE);
    const [x0 = 0, y0 = 0, x1 = 0, , , y2 = 0] = positions;
    expect((x1 - x0) / 4).toBeCloseTo((y0 - y2) / 2, 4);
  });

  test("hides classes and modalities without moving the others", () => {
    const all = scatterPoints(VIEW, SHOW_ALL, SIZE);
    const some = scatterPoints(
      VIEW,
      { hiddenClasses: ["square"], hiddenModalities: ["audio"] },
      SIZE,
    );
    expect([...some.rows]).toEqual([0, 2]);
    expect([...some.positions.slice(0, 2)]).toEqual([...all.positions.slice(0, 2)]);
  });

  test("finds the points of one item in every modality", () => {
    const points = scatterPoints(VIEW, SHOW_ALL, SIZE);
    expect(pointsOfRow(points, 2).map((index) => points.clouds[index])).toEqual([0, 1]);
    expect(pointsOfRow(points, 1)).toHaveLength(1);
  });

  test("draws an even selection beyond the limit", () => {
    expect(scatterPoints(VIEW, SHOW_ALL, SIZE, 3).rows.length).toBeLessThanOrEqual(3);
  });
});

describe("pointGrid()", () => {
  test("finds what a search through all points finds", () => {
    const positions = Float32Array.from({ length: 400 }, (_, index) => (index * 7919) % 211);
    const grid = pointGrid(positions, 16);
    for (let x = 0; x < 211; x += 23) {
      const distances = Array.from({ length: 200 }, (_, index) =>
        Math.hypot((positions[index * 2] ?? 0) - x, (positions[index * 2 + 1] ?? 0) - 50),
      );
      const best = Math.min(...distances);
      const found = grid.nearest(x, 50, 20);
      if (best > 20) expect(found).toBe(-1);
      else expect(distances[found]).toBeCloseTo(best, 6);
    }
  });

  test("never finds a point that is nowhere", () => {
    expect(pointGrid(Float32Array.of(Number.NaN, 1), 8).nearest(0, 1, 100)).toBe(-1);
  });
});

test("worstPairs() orders by rank, then by the lower cosine, and skips missing partners", () => {
  expect(worstPairs(VIEW, 0, 9).map((pair) => pair.item.row)).toEqual([2, 0]);
  expect(worstPairs(VIEW, 0, 1)).toHaveLength(1);
  expect(worstPairs(VIEW, 0, 9, ["circle"])).toEqual([]);
  expect(worstPairs(VIEW, 5, 9)).toEqual([]);
  expect(itemMatches(VIEW, 1)).toEqual([]);
  expect(itemMatches(VIEW, 0)).toEqual([{ from: "image", to: "audio", rank: 3, cosine: 0.5 }]);
});

test("classColors() keeps the run's order and gives a seventh class no hue", () => {
  const labels = ["b", "a", "g", "f", "e", "d", "c"];
  const items = labels.map((label, index) => ({ row: index, label, caption: "" }));
  const colors = classColors(items, ["a", "b", "unused"]);
  expect(colors.map(({ label }) => label)).toEqual(["a", "b", "g", "f", "e", "d", "c"]);
  expect(colors.at(-1)).toEqual({ label: "c", color: "muted", count: 1 });
});

test("vectorCount() says how many of the possible vectors are drawn", () => {
  expect(vectorCount(VIEW)).toBe("5 of 6 vectors");
  expect(vectorCount(VIEW, ["audio"])).toBe("3 of 6 vectors");
});

describe("retrieval", () => {
  test("puts both ways of a pair next to each other", () => {
    const names = pairedRows(VIEW.retrieval).map((rows) =>
      rows.map(({ from, to }) => `${from} ${to}`),
    );
    expect(names).toEqual([["image text", "text image"], ["image audio"]]);
  });

  test("states its pairs and what guessing reaches", () => {
    expect(retrievalCaption(VIEW)).toBe("300 pairs, 275 with audio. By chance R@1 is 0.003.");
    expect(retrievalCaption({ ...VIEW, retrieval: [] })).toBe("");
  });
});

describe("cosines", () => {
  test("fall into bins over [−1, 1], missing ones into none", () => {
    const { edges, counts } = cosineDistribution(Float32Array.of(-1, -0.4, 0.5, 1, Number.NaN), 4);
    expect(edges).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(counts).toEqual([1, 1, 0, 2]);
  });

  test.each([
    [[0.5, Number.NaN, 0.1, 0.25], 0.25],
    [[0.5, 0.25], 0.375],
    [[Number.NaN], Number.NaN],
  ])("%j have the median %d", (values, median) => {
    expect(medianOf(Float32Array.from(values))).toBe(median);
  });
});

describe("modalityShapes()", () => {
  test("gives the known modalities their shapes and others what is left", () => {
    expect([...modalityShapes(["text", "video", "image"])]).toEqual([
      ["text", "triangle"],
      ["video", "square"],
      ["image", "circle"],
    ]);
  });

  test.each(["circle", "triangle", "square", "diamond", "cross"] as const)(
    "%s is a closed path",
    (shape) => {
      expect(shapePath(shape, 4)).toMatch(/^M.*z$/);
    },
  );
});
