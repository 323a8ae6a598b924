import { describe, expect, test } from "vitest";
import { retrieval } from "../../../core/measures/retrieval.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";

/** One unit vector per angle, in degrees. */
function onCircle(...degrees: number[]) {
  const radians = degrees.map((angle) => (angle * Math.PI) / 180);
  return matrixOf(
    degrees.length,
    2,
    Float64Array.from(radians.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])),
  );
}

describe("retrieval", () => {
  test("ranks the partner among all targets by cosine", () => {
    // Query 0 is nearest to its partner; query 1 sees targets at 50°, 10°, 60°; query 2 at 0°, 60°, 130°.
    const result = retrieval(onCircle(0, 40, 90), onCircle(-10, 50, 220));
    expect([...result.ranks]).toEqual([1, 1, 3]);
    expect(result).toMatchObject({ n: 3, recall1: 2 / 3, recall5: 1, recall10: 1, medianRank: 1 });
    expect(result.mrr).toBeCloseTo((1 + 1 + 1 / 3) / 3, 15);
  });

  test("is not symmetric: each direction is its own question", () => {
    const [x, z] = [onCircle(0, 10), onCircle(20, 100)];
    expect([...retrieval(x, z).ranks]).toEqual([1, 2]);
    expect([...retrieval(z, x).ranks]).toEqual([2, 1]);
  });

  test("keeps a collapsed embedding at chance: all ranks are (n + 1)/2", () => {
    const same = onCircle(...new Array<number>(20).fill(30));
    const result = retrieval(same, same);
    expect(result.ranks.every((rank) => rank === 10.5)).toBe(true);
    expect(result).toMatchObject({ recall1: 0, recall5: 0, recall10: 0, medianRank: 10.5 });
  });

  test("leaves pairs with a missing side out, also as targets", () => {
    const queries = matrixOf(3, 1, Float64Array.of(1, Number.NaN, 1));
    const targets = matrixOf(3, 1, Float64Array.of(1, 1, -1));
    expect(retrieval(queries, targets)).toMatchObject({
      n: 2,
      ranks: Float64Array.of(1, Number.NaN, 2),
      recall1: 0.5,
      medianRank: 1.5,
    });
  });

  test("has no figures without pairs", () => {
    const none = matrixOf(1, 2, Float64Array.of(Number.NaN, 1));
    expect(retrieval(none, none)).toMatchObject({ n: 0, recall1: Number.NaN, mrr: Number.NaN });
  });

  test("finds unrelated rows at chance, k/n", () => {
    const n = 400;
    const { recall10, medianRank } = retrieval(gaussian(n, 8, 1), gaussian(n, 8, 2));
    // Four standard deviations of a binomial share, √(p(1 − p)/n), and of a median of uniform ranks.
    expect(Math.abs(recall10 - 10 / n)).toBeLessThan(4 * Math.sqrt(((10 / n) * (1 - 10 / n)) / n));
    expect(Math.abs(medianRank - n / 2)).toBeLessThan((4 * n) / (2 * Math.sqrt(n)));
  });
});
