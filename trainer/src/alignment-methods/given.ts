import { linearAlignment } from "../alignment/linear-alignment.ts";
import { readMatrix } from "../alignment/read-matrix.ts";
import { alignmentMethod } from "../alignment-method.ts";
import { UserError } from "../user-error.ts";

/** By hand: the map y ↦ yW with a W that the user wrote. Nothing is fitted, not even a scale. */
export const given = alignmentMethod("given", {
  describe: ({ from, to, matrix }) => `${from}·W to ${to} with W of ${matrix}`,
  fit({ matrix, from: nameFrom, to: nameTo }, { from, to, folder }) {
    const weights = readMatrix(folder, matrix);
    if (weights.rows !== from.columns || weights.columns !== to.columns) {
      throw new UserError(
        "data",
        `${matrix} is [${weights.rows}, ${weights.columns}], but a map of ${nameFrom} to ${nameTo} is [${from.columns}, ${to.columns}]`,
        `Write ${from.columns} rows of ${to.columns} numbers, one row for each number of ${nameFrom}`,
      );
    }
    return linearAlignment(weights, {
      notes: [`Read the map [${weights.rows}, ${weights.columns}] from ${matrix}`],
    });
  },
});
