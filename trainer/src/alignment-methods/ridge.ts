import { evaluateLambda } from "../../../core/experiment/lambda.ts";
import { linearAlignment } from "../alignment/linear-alignment.ts";
import { fitRidgeMap } from "../alignment/ridge-map.ts";
import { alignmentMethod } from "../alignment-method.ts";
import { UserError } from "../user-error.ts";

/** Learned, linear: the W of least ‖X − YW‖²_F + λ‖W‖²_F, see {@link fitRidgeMap}. */
export const ridge = alignmentMethod("ridge", {
  describe: ({ from, to, lambda }) => `‖${to} − ${from}·W‖² + ${lambda}·‖W‖²`,
  fit({ lambda }, { from, to }) {
    const elements = from.columns * to.columns;
    const evaluated = evaluateLambda(lambda, {
      m: from.rows,
      n: elements,
      batch: from.rows,
      steps: 1,
    });
    if ("error" in evaluated) {
      throw new UserError("data", `model.lambda: ${evaluated.error}`, "Give a λ of 0 or above");
    }
    const { weights, form, rank, warning } = fitRidgeMap(from, to, evaluated.value);
    return linearAlignment(weights, {
      penalty: `${evaluated.value}·‖w‖²`,
      values: rank === undefined ? {} : { "map/rank": rank },
      notes: [
        `Fitted a ridge map [${from.columns}, ${to.columns}] to ${from.rows} pairs with λ = ${evaluated.value} (${form} form)`,
        ...(warning === undefined ? [] : [warning]),
      ],
    });
  },
});
