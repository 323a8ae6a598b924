import { expect, test } from "vitest";
import { effectText, meanAndSd } from "../../../client/src/findings/effect-text.ts";
import type { FindingEffect } from "../../../client/src/findings/finding-effect.ts";

const EFFECT: FindingEffect = {
  spec: "a.normlens.yaml",
  metric: "data_loss",
  goal: "minimize",
  with: [2, 4, 4, 4, 5, 5, 7, 9],
  without: [1, 2, 3],
  differsOtherwise: false,
};

test("meanAndSd() is the sample's: 2,4,4,4,5,5,7,9 has mean 5 and variance 32/7", () => {
  const { mean, sd } = meanAndSd(EFFECT.with);
  expect(mean).toBe(5);
  expect(sd).toBeCloseTo(Math.sqrt(32 / 7), 14);
  expect(() => meanAndSd([1])).toThrow(RangeError);
});

test("effectText() gives mean, spread and n, and names metric and direction", () => {
  const text = effectText(EFFECT);
  expect(text).toContain("`a.normlens.yaml`");
  expect(text).toContain("`validation/data_loss`");
  expect(text).toContain("with this finding: 5 ± 2.14 (mean ± sd, n = 8)");
  expect(text).toContain("without it: 2 ± 1 (mean ± sd, n = 3)");
  expect(text).toContain("Lower is better.");
});

test("effectText() lists few values and says that they are too few", () => {
  const text = effectText({
    ...EFFECT,
    without: [0.31234, 0.4],
    goal: "maximize",
    differsOtherwise: true,
  });
  expect(text).toContain("without it: 0.312, 0.4 (n = 2)");
  expect(text).toContain(
    "Higher is better; too few runs to tell; other settings of these runs differ, too.",
  );
});
