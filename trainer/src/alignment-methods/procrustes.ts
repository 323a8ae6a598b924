import { linearAlignment } from "../alignment/linear-alignment.ts";
import { fitProcrustes } from "../alignment/procrustes.ts";
import { alignmentMethod } from "../alignment-method.ts";
import { UserError } from "../user-error.ts";

/** Learned, linear, keeping all angles: the orthogonal R of least ‖c·YR − X‖, see {@link fitProcrustes}. */
export const procrustes = alignmentMethod("procrustes", {
  describe: ({ from, to, rotation, scale }) =>
    `‖${to} − ${scale ? "c·" : ""}${from}·R‖² with R ${rotation ? "a rotation" : "orthogonal"}`,
  fit({ rotation, scale, from: nameFrom, to: nameTo }, { from, to }) {
    if (from.columns !== to.columns) {
      throw new UserError(
        "data",
        `Procrustes rotates within one width, but ${nameFrom} has ${from.columns} numbers a row and ${nameTo} has ${to.columns}`,
        "Take `method: ridge` or `method: cca`",
      );
    }
    const found = fitProcrustes(from, to, { rotation, scale });
    const weights = {
      ...found.rotation,
      data: found.rotation.data.map((value) => value * found.scale),
    };
    return linearAlignment(weights, {
      values: { "map/scale": found.scale, "map/undetermined": found.undetermined },
      notes: [
        `Fitted an orthogonal map of ${from.columns} dimensions to ${from.rows} pairs, scale ${found.scale}`,
        ...(found.undetermined === 0
          ? []
          : [
              `${found.undetermined} of ${from.columns} directions of the map are not determined by the data`,
            ]),
      ],
    });
  },
});
