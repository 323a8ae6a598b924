import { describe, expect, test } from "vitest";
import { rowDot } from "../../../core/measures/matrix.ts";
import { visitRowProducts } from "../../../core/measures/row-products.ts";
import { gaussian } from "../../support/gaussian.ts";

describe("visitRowProducts", () => {
  test.each([
    ["one of each", 1, 1, 1],
    ["less than a panel", 3, 2, 5],
    ["more rows than a block", 130, 517, 3],
    ["more columns than a block", 5, 6, 700],
    ["no columns", 2, 3, 0],
  ])("gives every product once: %s", (_name, n, m, d) => {
    const [x, z] = [gaussian(n, d, 1), gaussian(m, d, 2)];
    const seen = new Map<string, number>();
    visitRowProducts(x, z, { from: "first" }, (i, first, dots) => {
      for (const [k, dot] of dots.entries()) {
        expect(seen.has(`${i} ${first + k}`)).toBe(false);
        seen.set(`${i} ${first + k}`, dot);
      }
    });
    expect(seen.size).toBe(n * m);
    let largest = 0;
    for (const [key, dot] of seen) {
      const [i = 0, j = 0] = key.split(" ").map(Number);
      largest = Math.max(largest, Math.abs(dot - rowDot(x, i, z, j)));
    }
    expect(largest).toBeLessThan(1e-12 * Math.max(1, d));
  });

  test("gives every product on and above the diagonal where only those are wanted", () => {
    const x = gaussian(1100, 2, 3);
    const counts = new Int32Array(1100);
    let visited = 0;
    visitRowProducts(x, x, { from: "diagonal" }, (i, first, dots) => {
      visited += dots.length;
      for (let k = Math.max(0, i - first); k < dots.length; k += 1) {
        counts[i] = (counts[i] ?? 0) + 1;
      }
    });
    expect([...counts]).toEqual(Array.from({ length: 1100 }, (_, i) => 1100 - i));
    expect(visited).toBeLessThan(0.8 * 1100 ** 2);
  });

  test("visits nothing without rows", () => {
    const none = gaussian(0, 3, 1);
    visitRowProducts(none, gaussian(2, 3, 1), { from: "first" }, () => {
      throw new Error("There is nothing to visit");
    });
  });
});
