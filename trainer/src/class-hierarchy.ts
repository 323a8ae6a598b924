import {
  add,
  logSumExp,
  matMul,
  mul,
  sub,
  type Tensor1D,
  type Tensor2D,
  tensor2d,
  tidy,
} from "@tensorflow/tfjs-core";

/** Logit of a class outside the family: its share of the sum is exactly 0 in binary32. */
const OUTSIDE_LOGIT = 1e9;

/**
 * −log Σ_{c ∈ family of the label} softmax(logits)_c of each row, nats: the loss of the coarse task,
 * from the logits of the fine one.
 *
 * `logits` and one-hot `target` are [rows, classes]; `parents` names the family of each class.
 *
 * @see Deng et al. 2014, doi:10.1007/978-3-319-10590-1_4, for the tree case of the marginal.
 */
export function coarseCrossEntropy(
  logits: Tensor2D,
  target: Tensor2D,
  parents: readonly string[],
): Tensor1D {
  return tidy(() => {
    const family = matMul(target, siblings(parents));
    const inside = add(logits, mul(sub(family, 1), OUTSIDE_LOGIT));
    return sub<Tensor1D>(logSumExp(logits, 1), logSumExp(inside, 1));
  });
}

/** [classes, classes], 1 where both have the same parent. */
function siblings(parents: readonly string[]): Tensor2D {
  const data = parents.flatMap((parent) => parents.map((other) => (other === parent ? 1 : 0)));
  return tensor2d(data, [parents.length, parents.length]);
}

/**
 * Logits of the parents: log Σ exp of their classes' logits, row-major [rows, parents] in the order in
 * which parents are first named.
 */
export function parentLogits(logits: Float32Array, parents: readonly string[]): Float32Array {
  const names = [...new Set(parents)];
  const rows = logits.length / parents.length;
  const result = new Float32Array(rows * names.length);
  for (let row = 0; row < rows; row += 1) {
    for (const [index, name] of names.entries()) {
      const own = parents.flatMap((parent, k) =>
        parent === name ? [logits[row * parents.length + k] ?? 0] : [],
      );
      const most = Math.max(...own);
      const total = own.reduce((sum, value) => sum + Math.exp(value - most), 0);
      result[row * names.length + index] = most + Math.log(total);
    }
  }
  return result;
}
