import {
  add,
  conv2d,
  losses,
  matMul,
  maxPool,
  mul,
  type Rank,
  relu,
  reshape,
  type Scalar,
  scalar,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tensor4d,
  tidy,
  train,
  type Variable,
  variable,
} from "@tensorflow/tfjs-core";

/** Rows of every step. */
export const BATCH_SIZE = 64;

const CLASSES = 10;
const LEARNING_RATE = 1e-3;

/** A model that is being trained on one fixed batch, by Adam, on the backend it was started on. */
export interface Training {
  /** One step; gives the loss before it. The caller disposes it. */
  step(): Scalar;
  dispose(): void;
}

export interface Workload {
  readonly name: string;
  /** Starts on the current backend, from the same numbers every time. */
  start(): Training;
}

/** Numbers in [-1, 1) that depend on the seed alone (a 32-bit linear congruential generator). */
export function numbers(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** 784 → 256 → 128 → 10, ReLU between. */
export const mlp: Workload = {
  name: "MLP 784-256-128-10",
  start: () =>
    startTraining(
      [BATCH_SIZE, 28, 28, 1],
      [
        [784, 256],
        [256, 128],
        [128, CLASSES],
      ],
      (input, weights) =>
        weights.reduce<Tensor2D>(
          (value, weight, layer) => matMul(layer === 0 ? value : relu(value), weight),
          reshape<Rank.R2>(input, [BATCH_SIZE, -1]),
        ),
    ),
};

/** Two blocks of 3 × 3 convolution, ReLU and 2 × 2 pooling, then dense. */
export const cnn: Workload = convolutional(28, [8, 16]);

/** The same, small enough for plain JavaScript to train in a test. */
export const smallCnn: Workload = convolutional(12, [4, 8]);

function convolutional(size: number, [first, second]: readonly [number, number]): Workload {
  const pooled = Math.floor(size / 4);
  return {
    name: `CNN ${size}x${size}, ${first} and ${second} channels`,
    start: () =>
      startTraining(
        [BATCH_SIZE, size, size, 1],
        [
          [3, 3, 1, first],
          [first],
          [3, 3, first, second],
          [second],
          [pooled * pooled * second, CLASSES],
        ],
        (input, [filter1, bias1, filter2, bias2, last]) => {
          const maps = block(block(input, filter1, bias1), filter2, bias2);
          return matMul(reshape<Rank.R2>(maps, [BATCH_SIZE, -1]), last ?? []);
        },
      ),
  };
}

function block(input: Tensor4D, filter: Tensor = scalar(1), bias: Tensor = scalar(0)): Tensor4D {
  const [height = 1, width = 1, inputs = 1, outputs = 1] = filter.shape;
  const weights = reshape<Rank.R4>(filter, [height, width, inputs, outputs]);
  const maps = add<Tensor4D>(conv2d<Tensor4D>(input, weights, 1, "same"), bias);
  return maxPool<Tensor4D>(relu(maps), 2, 2, "valid");
}

function startTraining(
  inputShape: readonly [number, number, number, number],
  shapes: readonly (readonly number[])[],
  forward: (input: Tensor4D, weights: readonly Variable[]) => Tensor2D,
): Training {
  const weights = shapes.map((shape, layer) => variable(initialWeights(shape, layer + 1)));
  const input = sampleInput(inputShape);
  const labels = oneHotLabels();
  const optimizer = train.adam(LEARNING_RATE);
  return {
    step() {
      const loss = optimizer.minimize(
        () => reshape<Rank.R0>(losses.softmaxCrossEntropy(labels, forward(input, weights)), []),
        true,
        weights,
      );
      if (loss === null) throw new Error("The optimizer gave no loss");
      return loss;
    },
    dispose() {
      for (const owned of [...weights, input, labels, optimizer]) owned.dispose();
    },
  };
}

function sampleInput(shape: readonly [number, number, number, number]): Tensor4D {
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor4d(numbers(size, 100), [...shape]);
}

/** Uniform with the deviation √(2/inputs), biases too, after He et al. 2015, arXiv:1502.01852, eq. (10). */
function initialWeights(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const inputs = size / (shape.at(-1) ?? 1);
  return tidy(() => mul(tensor(numbers(size, seed), [...shape]), Math.sqrt(6 / inputs)));
}

/** Row i has class i mod 10. */
function oneHotLabels(): Tensor2D {
  const values = new Float32Array(BATCH_SIZE * CLASSES);
  for (let row = 0; row < BATCH_SIZE; row++) values[row * CLASSES + (row % CLASSES)] = 1;
  return tensor(values, [BATCH_SIZE, CLASSES]);
}
