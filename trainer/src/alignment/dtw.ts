import type { Matrix } from "../../../core/measures/matrix.ts";
import { squaredDistance } from "./squared-distances.ts";

export interface DtwOptions {
  /** Sakoe-Chiba radius in frames: how far the path may leave the diagonal; no limit by default. */
  readonly radius?: number;
}

export interface Warping {
  /** √Σ‖xᵢ − yⱼ‖² along the best path; the sum of squares is its square. */
  readonly distance: number;
  /** [i, j] from the first to the last frame of both. */
  readonly path: readonly (readonly [number, number])[];
}

/**
 * Dynamic time warping of two sequences x [n, d] and y [m, d]:
 * Dᵢⱼ = ‖xᵢ − yⱼ‖² + min(Dᵢ₋₁ⱼ₋₁, Dᵢ₋₁ⱼ, Dᵢⱼ₋₁), and the distance √D_nm.
 *
 * With a radius r frames are only matched where min(0, m − n) − r ≤ j − i ≤ max(0, m − n) + r. Of
 * equally good predecessors the path takes the diagonal one, then the one in x.
 *
 * @throws {RangeError} If the numbers of columns differ, a sequence is empty, or the radius is
 * negative or NaN.
 * @see Sakoe & Chiba 1978, doi:10.1109/TASSP.1978.1163055.
 */
export function dtw(x: Matrix, y: Matrix, { radius }: DtwOptions = {}): Warping {
  const totals = accumulate(x, y, radius);
  const width = y.rows + 1;
  const path: [number, number][] = [];
  let [i, j] = [x.rows, y.rows];
  while (i > 0 && j > 0) {
    path.push([i - 1, j - 1]);
    const at = i * width + j;
    const diagonal = totals[at - width - 1] ?? 0;
    const above = totals[at - width] ?? 0;
    const left = totals[at - 1] ?? 0;
    if (diagonal <= above && diagonal <= left) [i, j] = [i - 1, j - 1];
    else if (above <= left) i -= 1;
    else j -= 1;
  }
  return { distance: Math.sqrt(totals.at(-1) ?? Number.NaN), path: path.toReversed() };
}

/** The distance of {@link dtw} alone. */
export function dtwDistance(x: Matrix, y: Matrix, { radius }: DtwOptions = {}): number {
  return Math.sqrt(accumulate(x, y, radius).at(-1) ?? Number.NaN);
}

/** D [n + 1, m + 1] with D₀₀ = 0 before the first frames, and ∞ outside the band. */
function accumulate(x: Matrix, y: Matrix, radius = Number.POSITIVE_INFINITY): Float64Array {
  checkSequences(x, y, radius);
  const [n, m] = [x.rows, y.rows];
  const width = m + 1;
  const totals = new Float64Array((n + 1) * width).fill(Number.POSITIVE_INFINITY);
  totals[0] = 0;
  for (let i = 1; i <= n; i += 1) {
    const first = Math.max(1, i + Math.min(0, m - n) - radius);
    const last = Math.min(m, i + Math.max(0, m - n) + radius);
    for (let j = first; j <= last; j += 1) {
      const at = i * width + j;
      const before = Math.min(
        totals[at - width - 1] ?? 0,
        totals[at - width] ?? 0,
        totals[at - 1] ?? 0,
      );
      totals[at] = before + squaredDistance(x, i - 1, y, j - 1);
    }
  }
  return totals;
}

function checkSequences(x: Matrix, y: Matrix, radius: number): void {
  if (x.columns !== y.columns) {
    throw new RangeError(`Cannot warp frames of ${x.columns} numbers onto frames of ${y.columns}`);
  }
  if (x.rows === 0 || y.rows === 0) throw new RangeError("Cannot warp a sequence of 0 frames");
  if (!(radius >= 0)) throw new RangeError(`Cannot warp within a band of radius ${radius}`);
}
