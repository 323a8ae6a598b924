import { describe, expect, test } from "vitest";
import { peakShare, shareOutline } from "../../../webview/src/layout/share-outline.ts";

const BOX = { left: 10, width: 40, base: 100, top: 20, peak: 0.5 };

describe("shareOutline()", () => {
  test("goes through the middles of the bins, as high as their share", () => {
    // Shares 0, 1/2, 1/4 and 1/4 of a peak of 1/2.
    expect(shareOutline([0, 4, 2, 2], BOX)).toBe(
      "M10 100L15.0 100.0L25.0 20.0L35.0 60.0L45.0 60.0L50 100",
    );
  });

  test("does not depend on how many were counted", () => {
    expect(shareOutline([0, 400, 200, 200], BOX)).toBe(shareOutline([0, 4, 2, 2], BOX));
  });

  test.each([[[]], [[0, 0]]])("is empty for %j", (counts) => {
    expect(shareOutline(counts, BOX)).toBe("");
    expect(peakShare(counts)).toBe(0);
  });
});

test("peakShare() is the share of the fullest bin", () => {
  expect(peakShare([1, 3, 4])).toBe(0.5);
});
