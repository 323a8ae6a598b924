import { expect, test } from "vitest";
import type { ComparedRun } from "../../../core/protocol/panel/compare.ts";
import { noiseText } from "../../../webview/src/layout/noise-text.ts";

const run = (name: string, seeds: number): ComparedRun => ({
  key: name,
  name,
  seeds,
  status: "finished",
  started: "2026-11-21T10:15:00Z",
  isBaseline: false,
});

test.each([
  [5, 2.8, /^Noise from 5 runs .*\(n = 3 for new, 2 for old\); band: ±2\.8 .*, wide because/],
  [70, 2, /^Noise from 70 runs .*; band: ±2\.0 standard deviations of a difference\.$/],
  [0, 2, /^Noise unknown: .*\(n = 3 for new, 2 for old\)\. Train one of them/],
])("noiseText() of %i runs with a band of ±%f", (n, threshold, wanted) => {
  expect(noiseText([run("new", 3), run("old", 2)], 1, { n, threshold })).toMatch(wanted);
});

test("noiseText() has nothing to say without another run", () => {
  expect(noiseText([run("new", 3)], 1, { n: 0, threshold: 2 })).toBe("");
});
