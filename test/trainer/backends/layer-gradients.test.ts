import {
  add,
  avgPool,
  batchNorm,
  conv1d,
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  div,
  elu,
  gather,
  grads,
  logSoftmax,
  matMul,
  max,
  mean,
  moments,
  mul,
  norm,
  type Rank,
  reshape,
  sigmoid,
  slice,
  softmax,
  split,
  sqrt,
  stack,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  tanh,
  tensor1d,
  transpose,
  unstack,
} from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { disagreement, sample } from "./agreement.ts";

/** float32 sums in another order, relative to the largest gradient. */
const TOLERANCE = 2e-5;

interface Layer {
  readonly name: string;
  /** Shapes of the input and of the parameters; the gradient by each is compared. */
  readonly shapes: readonly (readonly number[])[];
  forward(tensors: readonly Tensor[]): Tensor;
}

/** What a model of dense, convolution, pooling, embedding, normalisation or recurrent layers needs. */
const LAYERS: readonly Layer[] = [
  {
    name: "dense, ELU, log-softmax",
    shapes: [[6, 5], [5, 4], [4]],
    forward: ([x, w, b]) => logSoftmax(elu(add(matMul(given(x), given(w)), given(b)))),
  },
  {
    name: "conv1d",
    shapes: [
      [2, 9, 3],
      [4, 3, 5],
    ],
    forward: ([x, w]) =>
      conv1d<Tensor3D>(
        reshape<Rank.R3>(given(x), [2, 9, 3]),
        reshape<Rank.R3>(given(w), [4, 3, 5]),
        1,
        "same",
      ),
  },
  {
    name: "conv2d, average pooling",
    shapes: [
      [2, 6, 6, 3],
      [3, 3, 3, 4],
    ],
    forward: ([x, w]) =>
      avgPool<Tensor4D>(conv2d<Tensor4D>(image(x), image(w), 1, "same"), 2, 2, "valid"),
  },
  {
    name: "conv2dTranspose",
    shapes: [
      [2, 4, 4, 3],
      [3, 3, 5, 3],
    ],
    forward: ([x, w]) => conv2dTranspose<Tensor4D>(image(x), image(w), [2, 8, 8, 5], 2, "same"),
  },
  {
    name: "depthwiseConv2d",
    shapes: [
      [2, 6, 6, 3],
      [3, 3, 3, 2],
    ],
    forward: ([x, w]) => depthwiseConv2d<Tensor4D>(image(x), image(w), 1, "same"),
  },
  {
    name: "embedding, averaged",
    shapes: [[11, 6]],
    forward: ([table]) => mean(gather(given(table), tensor1d([3, 1, 3, 10, 0, 3], "int32")), 0),
  },
  {
    name: "batch normalisation with batch statistics",
    shapes: [[2, 4, 4, 3], [3], [3]],
    forward: ([x, scale, offset]) => {
      const statistics = moments(given(x), [0, 1, 2]);
      const center = reshape<Rank.R1>(statistics.mean, [3]);
      const variance = reshape<Rank.R1>(statistics.variance, [3]);
      return batchNorm(
        image(x),
        center,
        variance,
        reshape<Rank.R1>(given(offset), [3]),
        reshape<Rank.R1>(given(scale), [3]),
        1e-3,
      );
    },
  },
  {
    name: "layer normalisation",
    shapes: [[8, 5], [5]],
    forward: ([x, scale]) => {
      const { mean: center, variance } = moments(given(x), 1, true);
      return mul(div(sub(given(x), center), sqrt(add(variance, 1e-3))), given(scale));
    },
  },
  {
    name: "GRU over four steps",
    shapes: [[4, 3, 5], [5, 18], [6, 18], [18]],
    forward: ([x, w, u, b]) =>
      unstack(given(x)).reduce<Tensor>(
        (state, input) => gruStep(state, input, [given(w), given(u), given(b)]),
        sample([3, 6], 77),
      ),
  },
  {
    name: "attention",
    shapes: [
      [5, 4],
      [5, 4],
      [5, 3],
    ],
    forward: ([query, key, value]) =>
      matMul(softmax(matMul(given(query), given(key), false, true)), given(value)),
  },
  {
    name: "slices, stacks, maxima and norms",
    shapes: [[6, 8]],
    forward: ([x]) =>
      stack([
        max(slice(given(x), [1, 0], [3, 8]), 1),
        norm(transpose(slice(given(x), [0, 2], [6, 3])), 2, 1),
        mean(slice(given(x), [3, 1], [3, 5]), 1),
      ]),
  },
];

/** z, r, h̃ of Cho et al. 2014, arXiv:1406.1078, eqs. (5)–(8); the three parts side by side in w, u, b. */
function gruStep(
  state: Tensor,
  input: Tensor,
  [w, u, b]: readonly [Tensor, Tensor, Tensor],
): Tensor {
  const [inputZ, inputR, inputH] = split(add<Tensor2D>(matMul(input, w), b), 3, 1);
  const [stateZ, stateR, stateH] = split<Tensor2D>(matMul(state, u), 3, 1);
  const update = sigmoid(add(given(inputZ), given(stateZ)));
  const reset = sigmoid(add(given(inputR), given(stateR)));
  const candidate = tanh(add(given(inputH), mul(reset, given(stateH))));
  return add(mul(update, state), mul(sub(1, update), candidate));
}

function given(tensor: Tensor | undefined): Tensor {
  if (tensor === undefined) throw new RangeError("A layer was given too few tensors");
  return tensor;
}

function image(tensor: Tensor | undefined): Tensor4D {
  const [first = 1, second = 1, third = 1, fourth = 1] = given(tensor).shape;
  return reshape<Rank.R4>(given(tensor), [first, second, third, fourth]);
}

test.each(LAYERS.flatMap((layer) => layer.shapes.map((_, index) => ({ ...layer, index }))))(
  "wasm differentiates as cpu does: $name, input $index",
  async ({ shapes, forward, index }) => {
    const difference = await disagreement(() => {
      const gradients = grads((...tensors: Tensor[]) => {
        const output = forward(tensors);
        return sum(mul(output, sample(output.shape, 50)));
      })(shapes.map((shape, seed) => sample(shape, seed + 1)));
      return given(gradients[index]);
    });
    expect(difference).toBeLessThan(TOLERANCE);
  },
);
