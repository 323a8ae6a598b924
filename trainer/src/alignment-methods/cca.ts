import { fitCca } from "../alignment/cca.ts";
import { mapWeight } from "../alignment/linear-alignment.ts";
import { alignmentMethod } from "../alignment-method.ts";
import { centre } from "../linear-algebra/centre.ts";
import { type Dense, multiply } from "../linear-algebra/products.ts";

/** Learned, linear on both sides: the directions of greatest correlation, see {@link fitCca}. */
export const cca = alignmentMethod("cca", {
  describe: ({ from, to, components, regularization }) =>
    `canonical correlations of ${from} and ${to}, ${components} components, r = ${regularization}`,
  fit({ components, regularization }, { from, to }) {
    const count = Math.min(components, from.columns, to.columns);
    const found = fitCca(from, to, { components: count, regularization });
    // Weighting by the correlation lets directions that do not agree count less.
    const x = weighted(found.x, found.correlations);
    const y = weighted(found.y, found.correlations);
    const dropped = found.dropped.x + found.dropped.y;
    return {
      mapFrom: (rows) => multiply(centre(rows, found.meanX), x),
      mapTo: (rows) => multiply(centre(rows, found.meanY), y),
      predicts: false,
      weights: [mapWeight("from.weight", x), mapWeight("to.weight", y)],
      values: Object.fromEntries(
        [...found.correlations].map((value, index) => [`map/correlation_${index + 1}`, value]),
      ),
      notes: [
        `Fitted ${count} canonical pairs to ${from.rows} pairs of rows; the first correlates at ${found.correlations[0]}`,
        ...(count === components ? [] : [`Only ${count} of ${components} components exist`]),
        ...(dropped === 0 ? [] : [`${dropped} directions without variance were left out`]),
      ],
    };
  },
});

function weighted(matrix: Dense, factors: Float64Array): Dense {
  return {
    ...matrix,
    data: matrix.data.map((value, index) => value * (factors[index % matrix.columns] ?? 0)),
  };
}
