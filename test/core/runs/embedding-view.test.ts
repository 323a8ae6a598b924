import { describe, expect, test } from "vitest";
import type { NamedTensor } from "../../../core/formats/safetensors.ts";
import { textAt } from "../../../core/formats/text-column.ts";
import { type EmbeddingSnapshot, embeddingView } from "../../../core/runs/embedding-view.ts";

const tensor = (name: string, shape: number[], ...data: number[]): NamedTensor => {
  return { name, dtype: "F32", shape, data: Float32Array.from(data) };
};
/** Row 1 has no text; the pairs of rows 0 and 2 are right for images, crossed for texts. */
const SNAPSHOT: EmbeddingSnapshot = {
  step: 40,
  epoch: 2,
  tensors: [
    tensor("text", [3, 2], 0, 1, Number.NaN, Number.NaN, 1, 0),
    tensor("image", [3, 2], 1, 0, -1, 0, 0, 1),
  ],
  modalities: ["image", "text"],
  items: [{ row: 2, label: "circle", caption: "a circle", missing: [], thumbnail: 1 }],
};

function viewOf(changes: Partial<EmbeddingSnapshot> = {}) {
  const view = embeddingView({ ...SNAPSHOT, ...changes });
  if (typeof view === "string") throw new TypeError(view);
  return view;
}

describe("embeddingView", () => {
  test("leaves missing rows out of the clouds and out of the pairs", () => {
    const view = viewOf();
    expect(view).toMatchObject({ step: 40, epoch: 2, dimension: 2 });
    expect(view.clouds.map(({ modality, rows }) => [modality, [...rows]])).toEqual([
      ["image", [0, 1, 2]],
      ["text", [0, 2]],
    ]);
    expect(view.clouds.map(({ xy }) => xy.length)).toEqual([6, 4]);
    expect(view.clouds.every(({ xy }) => xy.every(Number.isFinite))).toBe(true);
    expect(view.explained[0] + view.explained[1]).toBeCloseTo(1, 12);
    expect(view.pairs).toEqual([
      {
        from: "image",
        to: "text",
        cosines: Float32Array.of(0, Number.NaN, 0),
        ranks: Float32Array.of(2, Number.NaN, 2),
      },
      {
        from: "text",
        to: "image",
        cosines: Float32Array.of(0, Number.NaN, 0),
        ranks: Float32Array.of(2, Number.NaN, 2),
      },
    ]);
  });

  test("counts the cosines of all that are no pairs", () => {
    // image 0 = (1, 0) with text 2 = (1, 0), and image 2 = (0, 1) with text 0 = (0, 1).
    const [others] = viewOf().others;
    expect(others).toMatchObject({ a: "image", b: "text" });
    expect(others?.counts.at(-1)).toBe(2);
    expect(others?.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  test("gives the figures of both directions over the complete pairs", () => {
    const { retrieval, alignments, gaps, uniformities } = viewOf();
    const figures = { n: 2, recall1: 0, recall5: 1, recall10: 1, mrr: 0.5, medianRank: 2 };
    expect(retrieval).toEqual([
      { from: "image", to: "text", ...figures, chance: 0.5 },
      { from: "text", to: "image", ...figures, chance: 0.5 },
    ]);
    expect(alignments).toEqual([{ a: "image", b: "text", value: 2 }]);
    // Means (0, 1/3) and (1/2, 1/2).
    expect(gaps[0]?.value).toBeCloseTo(Math.hypot(1 / 2, 1 / 6), 12);
    expect(uniformities[1]).toEqual({ modality: "text", value: expect.closeTo(-4, 12) });
  });

  test("puts all modalities into one projection, so that their distance stays", () => {
    const tensors = [tensor("a", [2, 2], 0, 0, 0, 2), tensor("b", [2, 2], 10, 0, 10, 2)];
    const { clouds } = viewOf({ tensors, modalities: [] });
    const [first, second] = clouds.map(({ xy }) => xy);
    expect(Math.abs((first?.[0] ?? 0) - (second?.[0] ?? 0))).toBeCloseTo(10, 5);
    expect(first?.[0]).toBeCloseTo(first?.[2] ?? Number.NaN, 5);
  });

  test("names an item for every row and drops a thumbnail that was not stored", () => {
    const { labels, labelOf, captions, thumbnailOf } = viewOf().items;
    expect([...labelOf].map((label) => labels[label])).toEqual(["", "", "circle"]);
    expect([0, 1, 2].map((row) => textAt(captions, row))).toEqual(["", "", "a circle"]);
    expect([...thumbnailOf]).toEqual([-1, -1, -1]);
    const thumbnails = { width: 1, height: 1, rgb: new Uint8Array(6) };
    const view = viewOf({ thumbnails });
    expect([...view.items.thumbnailOf]).toEqual([-1, -1, 1]);
    expect(view.thumbnails).toBe(thumbnails);
  });

  test("shows a single modality without any pairs", () => {
    const view = viewOf({ tensors: SNAPSHOT.tensors.slice(1) });
    expect(view.clouds).toHaveLength(1);
    expect([view.retrieval, view.gaps, view.alignments, view.pairs]).toEqual([[], [], [], []]);
    expect(view.uniformities).toHaveLength(1);
  });

  test("ranks an even choice of very many rows and says of how many", () => {
    const rows = 10_001;
    const data = Float32Array.from({ length: 2 * rows }, (_, index) => {
      const angle = ((index >> 1) / rows) * 2 * Math.PI;
      return index % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
    });
    const tensors: NamedTensor[] = ["image", "text"].map((name) => {
      return { name, dtype: "F32", shape: [rows, 2], data };
    });
    const { retrieval, pairs, items } = viewOf({ tensors });
    expect(items.labelOf).toHaveLength(rows);
    expect(retrieval[0]).toMatchObject({ n: 10_000, recall1: 1, chance: 1 / 10_000 });
    expect(pairs[0]?.ranks.filter((rank) => !Number.isNaN(rank))).toHaveLength(10_000);
  });

  test.each<[string, NamedTensor[], RegExp]>([
    ["no tensors", [], /no tensor/],
    ["a vector", [tensor("image", [2], 1, 2)], /"image" are not real numbers in shape/],
    [
      "integers",
      [{ name: "image", dtype: "I32", shape: [1, 1], data: Int32Array.of(1) }],
      /not real numbers/,
    ],
    [
      "rows that do not pair",
      [tensor("image", [1, 2], 1, 2), tensor("text", [2, 1], 1, 2)],
      /"text" are \[2, 1\], those of "image" \[1, 2\]/,
    ],
    ["very many columns of nothing", [tensor("image", [0, 1e9])], /hold no numbers/],
    ["very many rows of nothing", [tensor("image", [1e9, 0])], /hold no numbers/],
  ])("says why it cannot show %s", (_name, tensors, expected) => {
    expect(embeddingView({ ...SNAPSHOT, tensors })).toEqual(expect.stringMatching(expected));
  });
});
