import { describe, expect, test } from "vitest";
import type { Matrix } from "../../../core/measures/matrix.ts";
import { modalityGap } from "../../../core/measures/modality-gap.ts";
import { pca } from "../../../core/measures/pca.ts";
import { projectEmbeddings } from "../../../core/runs/embedding-projection.ts";
import type { ModalityVectors } from "../../../core/runs/modality-vectors.ts";
import { gaussian } from "../../support/gaussian.ts";

/** Pairs around two directions that are far apart, of three classes, which are farther apart still. */
function modalities(rows: number): ModalityVectors[] {
  return ["image", "text"].map((name, modality) => {
    const vectors = gaussian(rows, 10, 5);
    const noise = gaussian(rows, 10, 6 + modality);
    for (let row = 0; row < rows; row += 1) {
      for (let k = 0; k < 10; k += 1) {
        const index = 10 * row + k;
        const isClass = k === 2 + (row % 3);
        vectors.data[index] =
          0.3 * (vectors.data[index] ?? 0) +
          0.1 * (noise.data[index] ?? 0) +
          (isClass ? 6 : 0) +
          (k === modality ? 9 : 0);
      }
    }
    return { name, vectors };
  });
}

function done(...given: Parameters<typeof projectEmbeddings>) {
  const work = projectEmbeddings(...given);
  for (let steps = 0; !work.step(); steps += 1) expect(steps).toBeLessThan(10_000);
  return work.projection();
}

const mean = (xy: Float32Array, axis: 0 | 1) =>
  xy.filter((_, index) => index % 2 === axis).reduce((sum, value) => sum + value, 0) /
  (xy.length / 2);

const JOINT = { step: 4, isGapRemoved: false } as const;

describe("projectEmbeddings", () => {
  test("gives the joint PCA at once, with its shares of variance", () => {
    const [image, text] = modalities(30);
    const projection = done(
      [image, text].flatMap((one) => one ?? []),
      { ...JOINT, method: "pca" },
    );
    expect(projection).toMatchObject({ step: 4, method: "pca", isGapRemoved: false, share: 1 });
    const both: Matrix = {
      rows: 60,
      columns: 10,
      data: Float64Array.from([...(image?.vectors.data ?? []), ...(text?.vectors.data ?? [])]),
    };
    const { xy, explained } = pca(both);
    expect(projection.explained).toEqual(explained);
    expect(projection.clouds.flatMap((cloud) => [...cloud.xy])).toEqual([...Float32Array.from(xy)]);
    expect(projection).not.toHaveProperty("vectorsTotal");
  });

  test("takes the gap away: the modalities' means fall together, the classes stay apart", () => {
    const given = modalities(60);
    const [image, text] = given;
    expect(image && text ? modalityGap(image.vectors, text.vectors) : 0).toBeGreaterThan(0.5);
    const apart = done(given, { ...JOINT, method: "pca" }).clouds;
    const together = done(given, { ...JOINT, method: "pca", isGapRemoved: true }).clouds;
    const distance = ([a, b]: typeof apart) =>
      Math.hypot(
        ...([0, 1] as const).map(
          (axis) =>
            mean(a?.xy ?? new Float32Array(0), axis) - mean(b?.xy ?? new Float32Array(0), axis),
        ),
      );
    expect(distance(apart)).toBeGreaterThan(5);
    expect(distance(together)).toBeLessThan(1e-6);
    const classMeans = [0, 1, 2].map((label) =>
      mean(
        (together[0]?.xy ?? new Float32Array(0)).filter((_, index) => (index >> 1) % 3 === label),
        0,
      ),
    );
    expect(Math.max(...classMeans) - Math.min(...classMeans)).toBeGreaterThan(0.3);
  });

  test("refines a UMAP from the PCA, piece by piece", () => {
    const given = modalities(50);
    const work = projectEmbeddings(given, { ...JOINT, method: "umap" });
    const first = work.projection();
    expect(first).toMatchObject({ method: "umap", share: 0 });
    expect(first.clouds.every(({ xy }) => xy.every(Number.isFinite))).toBe(true);
    let last = 0;
    for (let steps = 0; steps < 50; steps += 1) {
      work.step();
      expect(work.projection().share).toBeGreaterThan(last);
      last = work.projection().share;
    }
    while (!work.step());
    const picture = work.projection();
    expect(picture.share).toBe(1);
    expect(picture.clouds.map(({ rows }) => rows.length)).toEqual([50, 50]);
    expect(picture).not.toHaveProperty("explained");
    expect(picture.clouds[0]?.xy).not.toEqual(first.clouds[0]?.xy);
  });

  test.each(["pca", "umap"] as const)("leaves missing rows out of the clouds of a %s", (method) => {
    const [image, text] = modalities(20);
    text?.vectors.data.fill(Number.NaN, 30, 40);
    for (const isGapRemoved of [false, true]) {
      const given = [image, text].flatMap((one) => one ?? []);
      const { clouds } = done(given, { step: 1, method, isGapRemoved });
      expect(clouds.map(({ rows }) => rows.length)).toEqual([20, 19]);
      expect(clouds[1]?.rows.includes(3)).toBe(false);
      expect(clouds.every(({ xy }) => xy.every(Number.isFinite))).toBe(true);
    }
  });

  test("projects an even choice of the items of very many vectors, pairs together, and says so", () => {
    const { clouds, vectorsTotal } = done(modalities(100), { ...JOINT, method: "umap" }, 50);
    expect(vectorsTotal).toBe(200);
    const [image, text] = clouds;
    expect([...(image?.rows ?? [])]).toEqual(Array.from({ length: 25 }, (_, index) => 4 * index));
    expect(text?.rows).toEqual(image?.rows);
    expect(image?.xy).toHaveLength(50);
  });
});
