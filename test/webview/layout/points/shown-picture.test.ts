import { describe, expect, test } from "vitest";
import {
  isJointPca,
  isSameKind,
  shownPicture,
} from "../../../../webview/src/layout/points/shown-picture.ts";
import { VIEW } from "../../embedding-view.ts";

const JOINT = { step: 10, method: "pca", isGapRemoved: false } as const;
const UMAP = { step: 10, method: "umap", isGapRemoved: true } as const;
const PROJECTION = { ...UMAP, clouds: VIEW.clouds.slice(1), share: 0.5, vectorsTotal: 900 };

describe("shownPicture()", () => {
  test("is the joint PCA of the view at once", () => {
    const shown = shownPicture({ view: VIEW, wanted: JOINT, projection: PROJECTION });
    expect(shown).toEqual({
      clouds: VIEW.clouds,
      explained: VIEW.explained,
      state: { type: "done" },
    });
  });

  test("is a projection of the wanted kind as far as it has come", () => {
    const shown = shownPicture({ view: VIEW, wanted: UMAP, projection: PROJECTION });
    expect(shown).toEqual({
      clouds: PROJECTION.clouds,
      vectorsTotal: 900,
      state: { type: "refining", share: 0.5 },
    });
    const done = { ...PROJECTION, share: 1 };
    expect(shownPicture({ view: VIEW, wanted: UMAP, projection: done }).state.type).toBe("done");
  });

  test("stays what it was until the wanted one comes", () => {
    const before = shownPicture({ view: VIEW, wanted: UMAP, projection: PROJECTION });
    const wanted = { ...UMAP, step: 20 };
    const waiting = shownPicture({ view: VIEW, wanted, projection: PROJECTION, before });
    expect(waiting).toEqual({ ...before, state: { type: "refining", share: 0 } });
    expect(shownPicture({ view: VIEW, wanted: UMAP }).clouds).toBe(VIEW.clouds);
  });

  test("says why it is the joint PCA after all", () => {
    const refusal = { kind: UMAP, reason: "too few vectors" };
    expect(shownPicture({ view: VIEW, wanted: UMAP, refusal })).toMatchObject({
      clouds: VIEW.clouds,
      state: { type: "refused", reason: "too few vectors" },
    });
    const other = { kind: { ...UMAP, step: 5 }, reason: "of old" };
    expect(shownPicture({ view: VIEW, wanted: UMAP, refusal: other }).state.type).toBe("refining");
  });
});

test("kinds are the same in all three parts or not at all", () => {
  expect(isSameKind(UMAP, { ...UMAP })).toBe(true);
  expect(isSameKind(UMAP, { ...UMAP, step: 11 })).toBe(false);
  expect(isSameKind(UMAP, { ...UMAP, method: "pca" })).toBe(false);
  expect(isSameKind(UMAP, { ...UMAP, isGapRemoved: false })).toBe(false);
  expect([isJointPca(JOINT), isJointPca({ ...JOINT, isGapRemoved: true })]).toEqual([true, false]);
});
