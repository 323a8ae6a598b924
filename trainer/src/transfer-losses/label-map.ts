import {
  argMax,
  cast,
  div,
  logSoftmax,
  matMul,
  maximum,
  mul,
  neg,
  oneHot,
  type Scalar,
  sum,
  type Tensor2D,
  tensor2d,
  tidy,
} from "@tensorflow/tfjs-core";
import { detached } from "../detached.ts";
import type { TransferLoss, TransferTask } from "../transfer-loss.ts";

/**
 * mean_i −log softmax(s)ᵢ at the class that the user's map gives for the class the teacher found: the
 * teacher's answers are labels for the student.
 *
 * `map` names a class for each class of the teacher; one that is not named stays what it is.
 */
export const labelMap: TransferLoss = {
  id: "label_map",
  of: (task) =>
    tidy(() => {
      const { teacher, student, both } = task;
      const answers = detached(teacher.output, (logits) => {
        const found = oneHot(argMax(logits, 1), task.classes.length);
        return matMul<Tensor2D>(cast(found, "float32"), mapMatrix(task));
      });
      const perRow = neg(sum(mul(logSoftmax(student.output), answers), 1));
      return div<Scalar>(sum(mul(perRow, both)), maximum(sum(both), 1));
    }),
};

/** [classes, classes], 1 where the row's class is mapped to the column's. */
function mapMatrix({ classes, settings: { map = {} } }: TransferTask): Tensor2D {
  const data = new Float32Array(classes.length ** 2);
  for (const [index, name] of classes.entries()) {
    data[index * classes.length + classes.indexOf(map[name] ?? name)] = 1;
  }
  return tensor2d(data, [classes.length, classes.length]);
}
