import { grad, type Rank, reshape, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import type { KnowledgeTransfer } from "../../core/experiment/experiment.ts";
import { createRandom } from "../../trainer/src/random.ts";
import type { TransferLoss } from "../../trainer/src/transfer-loss.ts";
import { valuesOf } from "./tensor-values.ts";

const ROWS = 5;
const WIDTH = 4;
export const CLASSES: readonly string[] = ["a", "b", "c", "d"];

export const numbers = (name: string): number[] => {
  const random = createRandom(3, name);
  return Array.from({ length: ROWS * WIDTH }, () => random.normal());
};

export const row = (values: readonly number[], index: number): readonly number[] =>
  values.slice(index * WIDTH, (index + 1) * WIDTH);

/** Rows that have both modalities. */
export const counted = (both: readonly number[]): number[] =>
  both.flatMap((isThere, index) => (isThere === 1 ? [index] : []));

type Given = Omit<KnowledgeTransfer, "from" | "to" | "method" | "weight">;

/** The loss where all outputs of both towers are these numbers [5, 4]. */
function lossOf(
  loss: TransferLoss,
  teacher: Tensor,
  student: Tensor,
  both: readonly number[],
  given: Given,
) {
  const side = (values: Tensor) => {
    const matrix = reshape<Rank.R2>(values, [ROWS, WIDTH]);
    return { output: matrix, features: matrix, embedding: matrix };
  };
  return loss.of({
    teacher: side(teacher),
    student: side(student),
    both: tensor1d([...both]),
    settings: { from: "image", to: "text", method: loss.id, weight: 1, ...given },
    classes: CLASSES,
  });
}

/** Value, and gradients by teacher and by student. */
export function measure(
  loss: TransferLoss,
  teacher: readonly number[],
  student: readonly number[],
  both: readonly number[],
  given: Given = {},
) {
  const [t, s] = [[...teacher], [...student]];
  return {
    value: valuesOf(() => lossOf(loss, tensor1d(t), tensor1d(s), both, given))[0] ?? Number.NaN,
    byTeacher: valuesOf(() =>
      grad((x: Tensor) => lossOf(loss, x, tensor1d(s), both, given))(tensor1d(t)),
    ),
    byStudent: valuesOf(() =>
      grad((x: Tensor) => lossOf(loss, tensor1d(t), x, both, given))(tensor1d(s)),
    ),
  };
}
