import { describe, expect, test } from "vitest";
import { pointSet } from "../../../../webview/src/layout/points/point-set.ts";
import {
  FIRST_RAMP_INK,
  LEVELS,
  MUTED_INK,
  pointStyles,
  setLevels,
  shownPoints,
} from "../../../../webview/src/layout/points/point-styles.ts";
import { RAMP_INKS, similarityScale } from "../../../../webview/src/layout/points/similarity.ts";
import { VIEW } from "../../embedding-view.ts";

const POINTS = pointSet(VIEW.clouds);
const CLASSES = [
  { label: "circle", color: "s1", count: 2 },
  { label: "square", color: "s2", count: 1 },
] as const;
const every = (styles: Uint8Array, byte: number) =>
  [...styles].filter((_, index) => index % 4 === byte);

describe("pointStyles()", () => {
  test("tells modality by shape and class by ink", () => {
    const styles = pointStyles(VIEW, POINTS, { classes: CLASSES });
    // Circles of images, squares of audio.
    expect(every(styles, 0)).toEqual([0, 0, 0, 2, 2]);
    expect(every(styles, 1)).toEqual([0, 1, 0, 0, 0]);
    expect(every(styles, 2)).toEqual(Array(5).fill(LEVELS.full));
  });

  test("gives no ink of a series to a class without one", () => {
    const styles = pointStyles(VIEW, POINTS, { classes: [CLASSES[0]] });
    expect(every(styles, 1)).toEqual([0, MUTED_INK, 0, 0, 0]);
  });

  test("tells similarity by the scale, grey without a partner", () => {
    const scale = similarityScale(VIEW, POINTS);
    const styles = pointStyles(VIEW, POINTS, { classes: CLASSES, scale });
    const last = FIRST_RAMP_INK + RAMP_INKS - 1;
    // Images have cosines 0.5, none and 0.25; from audio no direction is known.
    expect(scale).toMatchObject({ from: 0.2, to: 0.5 });
    expect(every(styles, 1)).toEqual([last, MUTED_INK, FIRST_RAMP_INK + 5, MUTED_INK, MUTED_INK]);
  });
});

test("shownPoints() hides classes and modalities", () => {
  const none = { hiddenClasses: [], hiddenModalities: [] };
  expect([...shownPoints(VIEW, POINTS, none)]).toEqual([1, 1, 1, 1, 1]);
  expect([...shownPoints(VIEW, POINTS, { ...none, hiddenClasses: ["circle"] })]).toEqual([
    0, 1, 0, 0, 0,
  ]);
  expect([...shownPoints(VIEW, POINTS, { ...none, hiddenModalities: ["image"] })]).toEqual([
    0, 0, 0, 1, 1,
  ]);
});

test("setLevels() dims what is not lit and never shows what is hidden", () => {
  const styles = pointStyles(VIEW, POINTS, { classes: CLASSES });
  setLevels(styles, Uint8Array.of(0, 1, 1, 1, 0), (index) => index < 2);
  const { hidden, dimmed, full } = LEVELS;
  expect(every(styles, 2)).toEqual([hidden, full, dimmed, dimmed, hidden]);
  setLevels(styles, Uint8Array.of(0, 1, 1, 1, 0));
  expect(every(styles, 2)).toEqual([hidden, full, full, full, hidden]);
});
