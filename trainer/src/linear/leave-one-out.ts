import { type Design, paddedColumns } from "./design.ts";
import type { RidgeEigen } from "./ridge-eigen.ts";
import type { Address, Kernels } from "./solver/kernels.ts";

/** Rows, and features, that the kernels take at a time. */
const BLOCK = 256;

/** Leave-one-out errors of some rows. */
export interface LeaveOneOutRequest {
  readonly type: "leaveOneOut";
  readonly design: Design;
  readonly rows: Int32Array;
  /** The point that the moments were taken about. */
  readonly shiftX: Float64Array;
  readonly shiftY: Float64Array;
  readonly eigen: RidgeEigen;
  /** Eigenvectors of `eigen`, one a row of [columns, ld]. */
  readonly vectors: Float64Array;
  readonly alphas: readonly number[];
}

/** Sums over rows by α, of squared errors and of their squares; outputs are summed first. */
export interface SquaredErrors {
  readonly sum: Float64Array;
  readonly sumOfSquares: Float64Array;
}

/**
 * Squared errors of ridge fits without the row on which they are measured, in closed form:
 * eᵢ/(1 − hᵢᵢ) with hᵢᵢ = 1/n + Σₖ zᵢₖ²/(dₖ + α) and z = V(x − x̄) in the eigenvectors V.
 *
 * Means and deviations are those of all rows.
 *
 * @see Golub, Heath & Wahba 1979, doi:10.1080/00401706.1979.10489751, eq. (1.2) (Allen's PRESS).
 */
export function leaveOneOut(kernels: Kernels, request: LeaveOneOutRequest): SquaredErrors {
  kernels.reset();
  const { design, rows, alphas, vectors } = request;
  const { columns, outputs } = design;
  const ld = paddedColumns(columns);
  const width = paddedColumns(alphas.length);
  const space: Space = {
    ld,
    width,
    x: kernels.numbers(BLOCK * ld),
    z: kernels.numbers(BLOCK * ld),
    packed: kernels.numbers(BLOCK * BLOCK),
    basis: packedBasis(kernels, vectors, columns, ld),
    leverage: packedWeights(kernels, request, width, undefined),
    fits: Array.from({ length: outputs }, (_, k) => packedWeights(kernels, request, width, k)),
    result: kernels.numbers(BLOCK * width),
  };
  const errors = {
    sum: new Float64Array(alphas.length),
    sumOfSquares: new Float64Array(alphas.length),
  };
  for (let start = 0; start < rows.length; start += BLOCK) {
    const some = rows.subarray(start, start + BLOCK);
    loadRows(kernels, request, space, some);
    kernels.floats(space.z, BLOCK * ld).fill(0);
    multiply(kernels, space, space.x, space.basis, some.length, columns, space.z, ld);
    addErrors(kernels, request, space, some, errors);
  }
  return errors;
}

interface Space {
  readonly ld: number;
  readonly width: number;
  readonly x: Address;
  readonly z: Address;
  readonly packed: Address;
  readonly basis: Address;
  readonly leverage: Address;
  readonly fits: readonly Address[];
  readonly result: Address;
}

/** Bytes of one block of packed rows with `columns` columns. */
const packBytes = (columns: number) => columns * BLOCK * 8;

function packedBasis(
  kernels: Kernels,
  vectors: Float64Array,
  columns: number,
  ld: number,
): Address {
  const blocks = Math.ceil(columns / BLOCK);
  const target = kernels.allocate(blocks * packBytes(ld));
  const source = kernels.numbers(columns * ld);
  kernels.floats(source, columns * ld).set(vectors);
  for (let block = 0; block < blocks; block++) {
    const from = block * BLOCK;
    const length = Math.min(BLOCK, columns - from);
    kernels.packAcross(source, columns, ld, from, length, target + block * packBytes(ld));
  }
  return target;
}

/** 1/(d + α) by eigenvector and α, times vᵀXᵀy of an output where one is given. */
function packedWeights(
  kernels: Kernels,
  { eigen, alphas, design }: LeaveOneOutRequest,
  width: number,
  output: number | undefined,
): Address {
  const { columns } = design;
  const blocks = Math.ceil(columns / BLOCK);
  const target = kernels.allocate(blocks * packBytes(width));
  const source = kernels.numbers(columns * width);
  const table = kernels.floats(source, columns * width);
  for (let k = 0; k < columns; k++) {
    const factor = output === undefined ? 1 : (eigen.projections[output * columns + k] ?? 0);
    alphas.forEach((alpha, at) => {
      const value = (eigen.values[k] ?? 0) + alpha;
      table[k * width + at] = value > 0 ? factor / value : 0;
    });
  }
  for (let block = 0; block < blocks; block++) {
    const length = Math.min(BLOCK, columns - block * BLOCK);
    const from = source + block * BLOCK * width * 8;
    kernels.packPanels(from, length, width, target + block * packBytes(width));
  }
  return target;
}

function loadRows(
  kernels: Kernels,
  { design, shiftX, eigen }: LeaveOneOutRequest,
  { ld, x }: Space,
  rows: Int32Array,
): void {
  const { columns } = design;
  const target = kernels.floats(x, BLOCK * ld);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? 0) * columns;
    for (let j = 0; j < columns; j++) {
      target[i * ld + j] =
        ((design.x[from + j] ?? 0) - (shiftX[j] ?? 0) - (eigen.mean[j] ?? 0)) /
        (eigen.scale[j] ?? 0);
    }
  }
}

/** into [rows, width] += left [rows, ld] times a packed matrix of `inner` rows. */
function multiply(
  kernels: Kernels,
  { ld, packed }: Space,
  left: Address,
  right: Address,
  rows: number,
  inner: number,
  into: Address,
  width: number,
): void {
  const panels = Math.ceil(rows / 4);
  for (let from = 0, block = 0; from < inner; from += BLOCK, block++) {
    const length = Math.min(BLOCK, inner - from);
    kernels.packAcross(left, panels * 4, ld, from, length, packed);
    const factor = right + block * packBytes(width);
    kernels.multiplyPanels(packed, panels, factor, width / 4, length, into, width);
  }
}

function addErrors(
  kernels: Kernels,
  { design, eigen, shiftY, alphas }: LeaveOneOutRequest,
  space: Space,
  rows: Int32Array,
  { sum, sumOfSquares }: SquaredErrors,
): void {
  const { ld, width, result, fits, leverage, z } = space;
  const { columns, outputs, y } = design;
  const product = (weights: Address) => {
    kernels.floats(result, BLOCK * width).fill(0);
    multiply(kernels, space, z, weights, rows.length, columns, result, width);
    return kernels.floats(result, rows.length * width).slice();
  };
  const predicted = fits.map(product);
  const coordinates = kernels.floats(z, BLOCK * ld);
  for (let at = 0; at < coordinates.length; at++)
    coordinates[at] = (coordinates[at] ?? 0) * (coordinates[at] ?? 0);
  const leverages = product(leverage);
  rows.forEach((row, i) => {
    for (let a = 0; a < alphas.length; a++) {
      const rest = 1 - 1 / eigen.rows - (leverages[i * width + a] ?? 0);
      let square = 0;
      predicted.forEach((values, k) => {
        const target = (y[row * outputs + k] ?? 0) - (shiftY[k] ?? 0) - (eigen.meanY[k] ?? 0);
        square += ((target - (values[i * width + a] ?? 0)) / rest) ** 2;
      });
      sum[a] = (sum[a] ?? 0) + square;
      sumOfSquares[a] = (sumOfSquares[a] ?? 0) + square * square;
    }
  });
}
