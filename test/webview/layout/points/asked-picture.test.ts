import { describe, expect, test } from "vitest";
import { pictureToAsk } from "../../../../webview/src/layout/points/asked-picture.ts";

const PCA = { run: "a", step: 10, method: "pca", isGapRemoved: false } as const;
const UMAP = { ...PCA, method: "umap" } as const;
const projection = (share: number) => ({ ...UMAP, clouds: [], share });

describe("pictureToAsk()", () => {
  test("asks for nothing that comes by itself", () => {
    expect(pictureToAsk(PCA, undefined, undefined)).toBeUndefined();
    expect(pictureToAsk({ ...PCA, step: 20 }, PCA, undefined)).toBeUndefined();
  });

  test("asks once for each other picture, of each step and run", () => {
    expect(pictureToAsk(UMAP, undefined, undefined)).toEqual(UMAP);
    expect(pictureToAsk(UMAP, UMAP, undefined)).toBeUndefined();
    expect(pictureToAsk(UMAP, UMAP, projection(0.5))).toBeUndefined();
    const later = { ...UMAP, step: 20 };
    expect(pictureToAsk(later, UMAP, projection(0.5))).toEqual(later);
    const gapless = { ...PCA, isGapRemoved: true };
    expect(pictureToAsk(gapless, UMAP, projection(1))).toEqual(gapless);
    const other = { ...UMAP, run: "b" };
    expect(pictureToAsk(other, UMAP, undefined)).toEqual(other);
  });

  test("asks for nothing that is here already", () => {
    expect(pictureToAsk(UMAP, undefined, projection(1))).toBeUndefined();
    expect(pictureToAsk(UMAP, PCA, projection(1))).toBeUndefined();
    expect(pictureToAsk(UMAP, PCA, projection(0.99))).toEqual(UMAP);
  });

  test("ends by the joint PCA only what is not done", () => {
    expect(pictureToAsk(PCA, UMAP, undefined)).toEqual(PCA);
    expect(pictureToAsk(PCA, UMAP, projection(0.99))).toEqual(PCA);
    expect(pictureToAsk(PCA, UMAP, projection(1))).toBeUndefined();
    expect(pictureToAsk(PCA, { ...UMAP, run: "b" }, undefined)).toBeUndefined();
  });
});
