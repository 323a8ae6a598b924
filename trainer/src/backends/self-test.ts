import {
  conv2d,
  gather,
  grad,
  matMul,
  maxPool,
  mul,
  reshape,
  softmax,
  sum,
  type Tensor,
  type Tensor4D,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
} from "@tensorflow/tfjs-core";

/** Largest accepted |got − expected|; the expected values are at most 144. */
const TOLERANCE = 1e-3;

interface Probe {
  readonly name: string;
  run(): Tensor;
  /** Follows by hand from the definition of the operation. */
  readonly expected: readonly number[];
}

const COUNT_TO_16 = Array.from({ length: 16 }, (_, index) => index + 1);

const PROBES: readonly Probe[] = [
  {
    name: "matMul",
    run: () => matMul(tensor2d([1, 2, 3, 4], [2, 2]), tensor2d([5, 6, 7, 8], [2, 2])),
    expected: [19, 22, 43, 50],
  },
  {
    name: "matMul of transposes",
    run: () => matMul(tensor2d([1, 2, 3, 4], [2, 2]), tensor2d([5, 6, 7, 8], [2, 2]), true, true),
    expected: [23, 31, 34, 46],
  },
  {
    name: "conv2d",
    run: () => convolve(image(), filter()),
    expected: [44, 54, 64, 84, 94, 104, 124, 134, 144],
  },
  {
    name: "gradient of conv2d by its filter",
    run: () => grad((weights) => sum(convolve(image(), reshape(weights, [2, 2, 1, 1]))))(filter()),
    expected: [54, 63, 90, 99],
  },
  {
    name: "gradient of conv2d by its input",
    run: () => grad((pixels) => sum(convolve(reshape(pixels, [1, 4, 4, 1]), filter())))(image()),
    expected: [1, 3, 3, 2, 4, 10, 10, 6, 4, 10, 10, 6, 3, 7, 7, 4],
  },
  {
    name: "gradient of maxPool",
    run: () =>
      grad((pixels) => sum(maxPool<Tensor4D>(reshape(pixels, [1, 4, 4, 1]), 2, 2, "valid")))(
        image(),
      ),
    expected: [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1],
  },
  {
    name: "gradient of gather",
    run: () => grad(weightedRows)(tensor2d([1, 2, 3, 4, 5, 6], [3, 2])),
    expected: [3, 4, 0, 0, 6, 8],
  },
  {
    name: "softmax",
    run: () => softmax(tensor2d([0, Math.log(3), 1000, 1000], [2, 2])),
    expected: [0.25, 0.75, 0.5, 0.5],
  },
];

/**
 * Runs on the current backend what every training step is made of and compares with known values.
 *
 * Takes well under a second on any backend that is worth using. Resolves with what is wrong, or
 * with undefined when all is well; a kernel that is missing counts as wrong and does not throw.
 */
export async function selfTest(): Promise<string | undefined> {
  for (const probe of PROBES) {
    try {
      const result = tidy(() => probe.run());
      const values = Array.from(await result.data());
      result.dispose();
      const isWrong = probe.expected.some(
        (expected, index) => !(Math.abs(expected - (values[index] ?? Number.NaN)) <= TOLERANCE),
      );
      if (isWrong) return `${probe.name} gives [${values.join(", ")}]`;
    } catch (error) {
      return `${probe.name} fails: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return undefined;
}

function image(): Tensor4D {
  return tensor4d(COUNT_TO_16, [1, 4, 4, 1]);
}

function filter(): Tensor4D {
  return tensor4d([1, 2, 3, 4], [2, 2, 1, 1]);
}

function convolve(pixels: Tensor4D, weights: Tensor4D): Tensor4D {
  return conv2d(pixels, weights, 1, "valid");
}

/** Rows 2, 0, 2 of the table, each element times its position 1..6, summed. */
function weightedRows(table: Tensor): Tensor {
  const rows = gather(table, tensor1d([2, 0, 2], "int32"));
  return sum(mul(rows, tensor2d([1, 2, 3, 4, 5, 6], [3, 2])));
}
