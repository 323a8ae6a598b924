import {
  dispose,
  type Scalar,
  stack,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
  variableGrads,
} from "@tensorflow/tfjs-core";
import type { AlignmentTask } from "../alignment-method.ts";
import { createDescent } from "../descent.ts";
import { findById } from "../find-by-id.ts";
import type { Dense } from "../linear-algebra/products.ts";
import { NonFiniteLoss } from "../non-finite-loss.ts";
import { OPTIMIZERS } from "../optimizers.generated.ts";
import type { Parameter } from "../parameters.ts";
import { createRandom } from "../random.ts";
import { readFloats } from "../read-floats.ts";

/** Loss of a batch of paired rows, both [rows, columns]. */
export type BatchLoss = (from: Tensor2D, to: Tensor2D) => Scalar;

/**
 * Minimises the mean of `loss` over batches of the task's pairs by the experiment's optimizer, for
 * `training.epochs` passes in an order drawn from `training.seed`. Each epoch's mean loss is logged.
 *
 * @throws {NonFiniteLoss} If the loss is NaN or infinite.
 */
export async function trainMap(
  { from, to, training, signal, log }: AlignmentTask,
  parameters: readonly Parameter[],
  loss: BatchLoss,
): Promise<void> {
  const variables = parameters.map(({ variable }) => variable);
  const descent = createDescent(findById(OPTIMIZERS, training.optimizer), parameters, new Map(), {
    learningRate: training.learning_rate,
    momentum: training.momentum,
    weightDecay: training.weight_decay,
  });
  const step = async (rows: Int32Array): Promise<number> => {
    const { value, gradients } = tidy(() => {
      const found = variableGrads(() => loss(batchOf(from, rows), batchOf(to, rows)), variables);
      const named: Record<string, Tensor> = {};
      for (const { name, variable } of parameters) {
        const gradient = found.grads[variable.name];
        if (gradient !== undefined) named[name] = gradient;
      }
      return { value: stack([found.value]), gradients: named };
    });
    try {
      const [total = Number.NaN] = await readFloats(value);
      if (!Number.isFinite(total)) throw await NonFiniteLoss.locate(total, parameters, gradients);
      descent.step(gradients);
      return total;
    } finally {
      dispose([value, gradients]);
    }
  };
  try {
    for (let epoch = 1; epoch <= training.epochs; epoch += 1) {
      const order = createRandom(training.seed, `order/${epoch}`).permutation(from.rows);
      let sum = 0;
      for (let start = 0; start < order.length; start += training.batch_size) {
        // Signals and control messages are only seen when the event loop gets its turn.
        await new Promise(setImmediate);
        signal.throwIfAborted();
        const rows = order.subarray(start, start + training.batch_size);
        sum += rows.length * (await step(rows));
      }
      log(epoch, { "train/data_loss": sum / from.rows });
    }
  } finally {
    descent.dispose();
  }
}

function batchOf({ columns, data }: Dense, rows: Int32Array): Tensor2D {
  const values = new Float32Array(rows.length * columns);
  for (const [index, row] of rows.entries()) {
    values.set(data.subarray(row * columns, (row + 1) * columns), index * columns);
  }
  return tensor2d(values, [rows.length, columns]);
}
