import type { WeightMatrix } from "../../../core/protocol/panel/weights.ts";

/** A heat map in whole device pixels: outputs downward, inputs to the right. */
export interface HeatCells {
  readonly columns: number;
  readonly rows: number;
  /** Device pixels of a cell. */
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Weights that one cell stands for; it shows the one of the largest magnitude. */
  readonly inputsPerCell: number;
  readonly outputsPerCell: number;
  /** Row-major −1..1: sign and strength. 0 is exactly zero, any other weight at least ±0.3; NaN for a weight that is not finite. */
  readonly strengths: Float32Array;
  /** Largest ‖w‖₂ among the outputs of each row. */
  readonly norms: Float64Array;
}

/** Weakest tint of a weight that is not zero, so that it cannot be taken for one that is. */
const WEAKEST = 0.3;
/** Cells of a small matrix need not fill the pane. */
const LARGEST_CELL = 24;

/** The largest cells with which the matrix fits into the box of device pixels. */
export function heatCells(
  { inputs, outputs, values, norms, scale }: WeightMatrix,
  box: { readonly width: number; readonly height: number },
): HeatCells {
  const inputsPerCell = Math.max(1, Math.ceil(inputs / box.width));
  const outputsPerCell = Math.max(1, Math.ceil(outputs / box.height));
  const columns = Math.ceil(inputs / inputsPerCell);
  const rows = Math.ceil(outputs / outputsPerCell);
  const strongest = new Float32Array(columns * rows);
  for (let input = 0; input < inputs; input += 1) {
    const column = Math.floor(input / inputsPerCell);
    for (let output = 0; output < outputs; output += 1) {
      const cell = Math.floor(output / outputsPerCell) * columns + column;
      const weight = values[input * outputs + output] ?? 0;
      const held = strongest[cell] ?? 0;
      // NaN is larger than nothing, and nothing is larger than it: it gets in and stays.
      if (Number.isNaN(weight) || Math.abs(weight) > Math.abs(held)) strongest[cell] = weight;
    }
  }
  const rowNorms = new Float64Array(rows);
  for (const [output, norm] of norms.entries()) {
    const row = Math.floor(output / outputsPerCell);
    rowNorms[row] = Math.max(rowNorms[row] ?? 0, norm);
  }
  return {
    columns,
    rows,
    cellWidth: Math.max(1, Math.min(LARGEST_CELL, Math.floor(box.width / columns))),
    cellHeight: Math.max(1, Math.min(LARGEST_CELL, Math.floor(box.height / rows))),
    inputsPerCell,
    outputsPerCell,
    strengths: strongest.map((weight) => strengthOf(weight, scale)),
    norms: rowNorms,
  };
}

function strengthOf(weight: number, scale: number): number {
  if (!Number.isFinite(weight)) return Number.NaN;
  if (weight === 0) return 0;
  const share = scale > 0 ? Math.min(1, Math.abs(weight) / scale) : 1;
  return Math.sign(weight) * (WEAKEST + (1 - WEAKEST) * share);
}
