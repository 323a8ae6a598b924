import { describe, expect, test } from "vitest";
import { logTicks } from "../../../webview/src/layout/log-histogram-ticks.ts";

describe("logTicks()", () => {
  test("stand where their powers of ten lie, mirrored about the middle bin", () => {
    const ticks = logTicks([-1, -0.1, -0.01, 0.01, 0.1, 1], 20);
    expect(ticks.map(({ place, text }) => [text, Number(place.toFixed(6))])).toEqual([
      ["1", 1],
      ["−1", 0],
      ["0.1", 0.8],
      ["−0.1", 0.2],
      ["10⁻²", 0.6],
      ["−10⁻²", 0.4],
    ]);
  });

  test("are left out where there is no room, the largest kept", () => {
    const positive = Array.from({ length: 9 }, (_, index) => 10 ** (index - 8));
    const edges = [...positive.map((edge) => -edge).reverse(), ...positive];
    expect(logTicks(edges, 4).map(({ text }) => text)).toEqual(["1", "−1", "10⁻⁵", "−10⁻⁵"]);
  });

  test("are none without bins", () => {
    expect(logTicks([0], 10)).toEqual([]);
  });

  test("stand at multiples by 2 and 5 where powers of ten are rare", () => {
    const texts = logTicks([-0.5, -0.15, 0.15, 0.5], 10).map(({ text }) => text);
    expect(texts).toEqual(["0.5", "−0.5", "0.2", "−0.2"]);
  });
});
