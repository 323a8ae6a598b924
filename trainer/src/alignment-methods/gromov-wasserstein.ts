import { selectRows, spreadRows } from "../../../core/measures/unit-rows.ts";
import { gromovWasserstein as couple } from "../alignment/gromov-wasserstein.ts";
import { linearAlignment } from "../alignment/linear-alignment.ts";
import { fitRidgeMap } from "../alignment/ridge-map.ts";
import { overMean, squaredDistances } from "../alignment/squared-distances.ts";
import { barycentricProjection, planSharpness } from "../alignment/transport-map.ts";
import { alignmentMethod } from "../alignment-method.ts";
import { type Dense, toDense } from "../linear-algebra/products.ts";

/** λ of the map that carries the coupling to other rows, in squared lengths of a row. */
const RELATIVE_LAMBDA = 1e-3;

/**
 * Structural, for rows that nobody has paired: the entropic Gromov-Wasserstein coupling of the
 * distances within each modality, see {@link couple}; the coupling's barycentres are then what a ridge
 * map is fitted to, so that rows outside the coupling are mapped as well.
 *
 * Distances are divided by their mean, so that ε has no unit and neither scale matters.
 */
export const gromovWasserstein = alignmentMethod("gromov_wasserstein", {
  pairing: "none",
  describe: ({ from, to, epsilon }) =>
    `entropic Gromov-Wasserstein of ${from} and ${to}, ε = ${epsilon} of the mean distance`,
  fit({ epsilon, max_rows: most }, { from, to, signal }) {
    const rows = spreadRows(from.rows, most);
    const [own, other] = [toDense(selectRows(from, rows)), toDense(selectRows(to, rows))];
    const weights = new Float64Array(rows.length).fill(1 / rows.length);
    const found = couple(distances(own), distances(other), weights, weights, {
      epsilon,
      tolerance: 1e-6,
      signal,
    });
    const lambda =
      (RELATIVE_LAMBDA * own.data.reduce((sum, value) => sum + value * value, 0)) / own.columns;
    const map = fitRidgeMap(own, barycentricProjection(found.plan, other), lambda);
    return linearAlignment(map.weights, {
      penalty: `${lambda}·‖w‖²`,
      values: {
        "map/distortion": found.distortion,
        "map/plan_sharpness": planSharpness(found.plan),
        "map/iterations": found.iterations,
      },
      notes: [
        `Coupled ${rows.length} of ${from.rows} rows a side by their distances alone, in ${found.iterations} iterations; distortion ${found.distortion}`,
        ...(found.hasConverged
          ? []
          : ["The coupling has not converged; a larger ε makes it easier"]),
      ],
    });
  },
});

function distances(rows: Dense): Dense {
  const squares = squaredDistances(rows, rows);
  return overMean({ ...squares, data: squares.data.map(Math.sqrt) });
}
