import { describe, expect, test } from "vitest";
import { splitHoldout } from "../../trainer/src/split.ts";
import { splitDataset } from "../../trainer/src/split-dataset.ts";

const SPLIT = { method: "holdout", validation: 0.2, test: 0.25, stratify: true, seed: 7 } as const;
const ROWS = 600;
const labels = Int32Array.from({ length: ROWS }, (_, row) => (row % 5 === 0 ? 1 : 0));
const none = new Int32Array(0);

function expectEveryRowOnce(parts: Readonly<Record<string, Int32Array>>) {
  const all = Object.values(parts).flatMap((part) => [...part]);
  expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: ROWS }, (_, row) => row));
}

describe("splitDataset", () => {
  test("is the hold-out split of the labels where there is nothing else to mind", () => {
    expect(splitDataset({ rows: ROWS, labels }, SPLIT)).toEqual(splitHoldout(labels, SPLIT));
  });

  test("divides rows without classes too", () => {
    const parts = splitDataset({ rows: ROWS, labels: none }, SPLIT);
    expect([parts.train.length, parts.validation.length, parts.test.length]).toEqual([
      330, 120, 150,
    ]);
    expectEveryRowOnce({ ...parts });
  });

  test("takes the source's own test part, and validation from the others by their classes", () => {
    const testRows = Int32Array.from({ length: 100 }, (_, row) => 500 + row);
    const parts = splitDataset({ rows: ROWS, labels, testRows }, SPLIT);
    expect(parts.test).toEqual(testRows);
    expect(parts.validation).toHaveLength(100);
    expect(parts.validation.filter((row) => labels[row] === 1)).toHaveLength(20);
    expectEveryRowOnce({ ...parts });
  });

  test("keeps groups whole, and parts within one group of their size", () => {
    const groups = Int32Array.from({ length: ROWS }, (_, row) => (row * 7) % 60);
    const parts = splitDataset({ rows: ROWS, labels, groups }, SPLIT);
    expectEveryRowOnce({ ...parts });
    const partOf = new Map<number, string>();
    for (const [name, rows] of Object.entries(parts)) {
      for (const row of rows) {
        const group = groups[row] ?? 0;
        expect(partOf.get(group) ?? name).toBe(name);
        partOf.set(group, name);
      }
    }
    expect(Math.abs(parts.validation.length - 120)).toBeLessThanOrEqual(10);
    expect(Math.abs(parts.test.length - 150)).toBeLessThanOrEqual(10);
  });

  test("predicts only what comes later", () => {
    const order = Float64Array.from({ length: ROWS }, (_, row) => (row * 37) % ROWS);
    const parts = splitDataset({ rows: ROWS, labels, order }, SPLIT);
    expectEveryRowOnce({ ...parts });
    const times = (rows: Int32Array) => Array.from(rows, (row) => order[row] ?? 0);
    expect(Math.max(...times(parts.train))).toBeLessThan(Math.min(...times(parts.validation)));
    expect(Math.max(...times(parts.validation))).toBeLessThan(Math.min(...times(parts.test)));
  });

  test("tells where nothing is left to train on", () => {
    const groups = new Int32Array(ROWS);
    expect(() => splitDataset({ rows: ROWS, labels, groups }, SPLIT)).toThrow(
      "Of 600 rows 600 are the validation part, 0 the test part, and none is left to train on",
    );
  });
});
