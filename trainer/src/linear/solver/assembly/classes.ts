// Logistic and softmax regression: one pass over the rows.
import { addScaled, dot } from "./vectors.ts";

/**
 * Returns the sum over `rows` rows of −log π(label), for logits z = Wx + b.
 *
 * W is [classes, ld]. One class stands for logistic regression, where label 1 has probability 1/(1+e⁻ᶻ);
 * more for softmax. Where `gradient` [classes, ld] and `slopes` [classes] are not 0 the derivatives by W
 * and b are added to them; where `curvature` [rows, classes] is not 0 it gets π(1−π). `hits` counts the
 * rows whose likeliest class is their own. `scratch` [classes].
 */
export function classPass(
  x: usize,
  rows: i32,
  ld: i32,
  labels: usize,
  classes: i32,
  w: usize,
  b: usize,
  gradient: usize,
  slopes: usize,
  curvature: usize,
  scratch: usize,
  hits: usize,
): f64 {
  const stride = (<usize>ld) << 3;
  let loss: f64 = 0;
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const features = x + <usize>row * stride;
    const label = load<i32>(labels + ((<usize>row) << 2));
    for (let k = 0; k < classes; k++) {
      const logit = dot(features, w + <usize>k * stride, ld) + load<f64>(b + ((<usize>k) << 3));
      store<f64>(scratch + ((<usize>k) << 3), logit);
    }
    const likeliest =
      classes === 1 ? (load<f64>(scratch) > 0 ? 1 : 0) : largestOf(scratch, classes);
    if (likeliest === label) right++;
    loss +=
      classes === 1
        ? logisticLoss(scratch, label)
        : softmaxLoss(scratch, classes, label, likeliest);
    for (let k = 0; k < classes; k++) {
      const probability = load<f64>(scratch + ((<usize>k) << 3));
      const isOwn = classes === 1 ? label === 1 : label === k;
      if (curvature !== 0) {
        const at = (<usize>(row * classes + k)) << 3;
        store<f64>(curvature + at, probability * (1 - probability));
      }
      if (gradient === 0) continue;
      const residual = probability - (isOwn ? 1 : 0);
      addScaled(gradient + <usize>k * stride, features, residual, ld);
      store<f64>(slopes + ((<usize>k) << 3), load<f64>(slopes + ((<usize>k) << 3)) + residual);
    }
  }
  store<f64>(hits, right);
  return loss;
}

function largestOf(values: usize, count: i32): i32 {
  let best = 0;
  for (let k = 1; k < count; k++) {
    if (load<f64>(values + ((<usize>k) << 3)) > load<f64>(values + ((<usize>best) << 3))) best = k;
  }
  return best;
}

/** Replaces the logit by the probability of label 1. */
function logisticLoss(logit: usize, label: i32): f64 {
  const z = load<f64>(logit);
  const small = Math.exp(-abs(z));
  const far = 1 / (1 + small);
  store<f64>(logit, z >= 0 ? far : small * far);
  const margin = label === 1 ? z : -z;
  return Math.log1p(small) + (margin < 0 ? -margin : 0);
}

/** Replaces logits, of which number `best` is the largest, by probabilities. */
function softmaxLoss(logits: usize, classes: i32, label: i32, best: i32): f64 {
  const largest = load<f64>(logits + ((<usize>best) << 3));
  const own = load<f64>(logits + ((<usize>label) << 3)) - largest;
  let sum: f64 = 0;
  for (let k = 0; k < classes; k++) {
    const power = Math.exp(load<f64>(logits + ((<usize>k) << 3)) - largest);
    store<f64>(logits + ((<usize>k) << 3), power);
    sum += power;
  }
  for (let k = 0; k < classes; k++) {
    store<f64>(logits + ((<usize>k) << 3), load<f64>(logits + ((<usize>k) << 3)) / sum);
  }
  return Math.log(sum) - own;
}
