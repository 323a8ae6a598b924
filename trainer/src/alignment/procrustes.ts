import type { Matrix } from "../../../core/measures/matrix.ts";
import { determinant, thinSvd } from "../linear-algebra/decompositions.ts";
import {
  type Dense,
  timesTransposed,
  toDense,
  transposedTimes,
} from "../linear-algebra/products.ts";
import { checkPairs } from "./check-pairs.ts";

export interface ProcrustesOptions {
  /** Only rotations, det R = +1; otherwise reflections are allowed as well. */
  readonly rotation?: boolean;
  /** Fit a common factor too. */
  readonly scale?: boolean;
}

export interface Procrustes {
  /** R [d, d], orthogonal; a row a is mapped to scale · aR. */
  readonly rotation: Dense;
  /** tr(S)/‖A‖²_F, or 1 where no scale is fitted. */
  readonly scale: number;
  /** Singular values of AᵀB, largest first; equal ones or zeros leave R undetermined. */
  readonly values: Float64Array;
  /** How many directions of R the data do not determine, singular values below ε·d·σ₁. */
  readonly undetermined: number;
}

/**
 * The orthogonal R of least ‖c·AR − B‖_F: AᵀB = USVᵀ, R = UVᵀ, c = tr(S)/‖A‖²_F.
 *
 * `from` A and `to` B are [n, d], paired by row, and best centred. With `rotation` the last column
 * of U changes its sign where det(UVᵀ) < 0, and the last singular value counts negative in c.
 *
 * @throws {RangeError} If the shapes differ, there are no rows, or an entry is not finite.
 * @see Schönemann 1966, doi:10.1007/BF02289451; Umeyama 1991, doi:10.1109/34.88573, eq. (40)-(43).
 */
export function fitProcrustes(
  from: Matrix,
  to: Matrix,
  { rotation = false, scale = false }: ProcrustesOptions = {},
): Procrustes {
  checkPairs(from, to);
  if (from.columns !== to.columns) {
    throw new RangeError(
      `Cannot rotate ${from.columns} columns onto ${to.columns}: Procrustes needs equal widths`,
    );
  }
  const { left, values, right } = thinSvd(transposedTimes(from, to));
  const flip = rotation && determinant(timesTransposed(left, right)) < 0;
  if (flip) negateLastColumn(left);
  const trace = values.reduce((sum, value) => sum + value, 0);
  const length = toDense(from).data.reduce((sum, entry) => sum + entry * entry, 0);
  const aligned = flip ? trace - 2 * (values.at(-1) ?? 0) : trace;
  const cutoff = Number.EPSILON * from.columns * (values[0] ?? 0);
  return {
    rotation: timesTransposed(left, right),
    scale: scale && length > 0 ? aligned / length : 1,
    values,
    undetermined: values.filter((value) => value <= cutoff).length,
  };
}

function negateLastColumn({ rows, columns, data }: Dense): void {
  for (let row = 0; row < rows; row += 1) {
    const at = row * columns + columns - 1;
    data[at] = -(data[at] ?? 0);
  }
}
