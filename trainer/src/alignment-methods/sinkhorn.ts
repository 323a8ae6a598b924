import { selectRows, spreadRows } from "../../../core/measures/unit-rows.ts";
import { linearAlignment } from "../alignment/linear-alignment.ts";
import { fitRidgeMap } from "../alignment/ridge-map.ts";
import { sinkhorn as transport } from "../alignment/sinkhorn.ts";
import { overMean, squaredDistances } from "../alignment/squared-distances.ts";
import { barycentricProjection, planSharpness } from "../alignment/transport-map.ts";
import { alignmentMethod } from "../alignment-method.ts";
import { type Dense, multiply, toDense } from "../linear-algebra/products.ts";

/** λ of the maps, in mean squared lengths of a column. */
const RELATIVE_LAMBDA = 1e-2;

/**
 * Structural, for rows of which only a few are paired: a ridge map of `anchors` pairs, then `rounds`
 * times the entropic optimal transport of all mapped rows to the rows of the other side, whose
 * barycentres the next map is fitted to. The anchors stay in every fit.
 *
 * Costs are divided by their mean, so that ε has no unit.
 *
 * @see Grave, Joulin & Berthet 2019, arXiv:1805.11222, algorithm 1, with ridge in place of Procrustes.
 */
export const sinkhorn = alignmentMethod("sinkhorn", {
  describe: ({ from, to, epsilon, anchors, rounds }) =>
    `optimal transport of ${from} to ${to} from ${anchors} pairs, ε = ${epsilon} of the mean cost, ${rounds} rounds`,
  fit({ epsilon, anchors, rounds, max_rows: most }, { from, to, signal }) {
    const known = spreadRows(from.rows, anchors);
    const isKnown = new Set(known);
    const unpaired = Array.from({ length: from.rows }, (_, row) => row).filter(
      (row) => !isKnown.has(row),
    );
    const rows = spreadRows(unpaired.length, most).map((index) => unpaired[index] ?? 0);
    const [anchorFrom, anchorTo] = [
      toDense(selectRows(from, known)),
      toDense(selectRows(to, known)),
    ];
    // The order of one side is reversed: nothing below may depend on who stands beside whom.
    const [own, other] = [
      toDense(selectRows(from, rows)),
      toDense(selectRows(to, rows.toReversed())),
    ];
    let map = fitMap(anchorFrom, anchorTo);
    let values: Record<string, number> = {};
    let unconverged = 0;
    for (let round = 0; round < rounds && rows.length > 0; round += 1) {
      signal.throwIfAborted();
      const weights = new Float64Array(rows.length).fill(1 / rows.length);
      const cost = overMean(squaredDistances(multiply(own, map), other));
      const found = transport(cost, weights, weights, {
        epsilon,
        tolerance: 1e-6,
        maxIterations: 2000,
      });
      if (!found.hasConverged) unconverged += 1;
      map = fitMap(
        stack(anchorFrom, own),
        stack(anchorTo, barycentricProjection(found.plan, other)),
      );
      values = {
        "map/transport_cost": found.cost,
        "map/plan_sharpness": planSharpness(found.plan),
      };
    }
    return linearAlignment(map, {
      values,
      notes: [
        `Started from ${known.length} pairs and transported ${rows.length} of ${unpaired.length} unpaired rows, ${rounds} times`,
        ...(unconverged === 0 ? [] : [`${unconverged} of ${rounds} transports have not converged`]),
      ],
    });
  },
});

function fitMap(from: Dense, to: Dense): Dense {
  const squares = from.data.reduce((sum, value) => sum + value * value, 0);
  return fitRidgeMap(from, to, (RELATIVE_LAMBDA * squares) / from.columns).weights;
}

function stack(above: Dense, below: Dense): Dense {
  const data = new Float64Array(above.data.length + below.data.length);
  data.set(above.data);
  data.set(below.data, above.data.length);
  return { rows: above.rows + below.rows, columns: above.columns, data };
}
