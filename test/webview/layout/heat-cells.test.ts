import { describe, expect, test } from "vitest";
import type { WeightMatrix } from "../../../core/protocol/panel/weights.ts";
import { heatCells } from "../../../webview/src/layout/heat-cells.ts";

/** Two inputs, three outputs; the last output is dead. */
const MATRIX: WeightMatrix = {
  layer: "fc",
  step: 1,
  inputs: 2,
  outputs: 3,
  values: Float32Array.of(1, -0.5, 0, 4, 0, 0),
  norms: Float64Array.of(Math.hypot(1, 4), 0.5, 0),
  scale: 2,
};

describe("heatCells()", () => {
  test("draws outputs as rows, exact zeros as nothing and weak weights no weaker than 30 %", () => {
    const cells = heatCells(MATRIX, { width: 20, height: 33 });
    expect(cells).toMatchObject({ columns: 2, rows: 3, cellWidth: 10, cellHeight: 11 });
    const expected = [0.65, 1, -0.475, 0, 0, 0];
    for (const [index, strength] of cells.strengths.entries()) {
      expect(strength).toBeCloseTo(expected[index] ?? Number.NaN, 6);
    }
    expect([...cells.norms]).toEqual([...MATRIX.norms]);
  });

  test("shows the largest of the weights that share a pixel", () => {
    const cells = heatCells(MATRIX, { width: 1, height: 2 });
    expect(cells).toMatchObject({ columns: 1, rows: 2, inputsPerCell: 2, outputsPerCell: 2 });
    expect([...cells.strengths]).toEqual([1, 0]);
    expect([...cells.norms]).toEqual([Math.hypot(1, 4), 0]);
  });

  test("keeps a weight that is not finite in sight", () => {
    const values = Float32Array.of(Number.NaN, 0, 0, 4, 0, 0);
    const { strengths } = heatCells({ ...MATRIX, values }, { width: 1, height: 3 });
    expect([...strengths]).toEqual([Number.NaN, 0, 0]);
  });

  test("takes a matrix of zeros", () => {
    const zeros = { ...MATRIX, values: new Float32Array(6), scale: 0 };
    expect([...heatCells(zeros, { width: 9, height: 9 }).strengths]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
