import {
  add,
  concat,
  grads,
  matMul,
  mul,
  type Rank,
  reshape,
  sigmoid,
  slice,
  split,
  stack,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tanh,
  tensor,
  zeros,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { lstm } from "../../../trainer/src/layers/lstm.ts";
import { createRandom } from "../../../trainer/src/random.ts";
import { distance, useCpuBackend, valuesOf } from "../../support/tensor-values.ts";

beforeAll(useCpuBackend);

const [TIMES, ROWS, COLUMNS, UNITS] = [5, 3, 4, 2];
const SHAPES = [[TIMES, ROWS, COLUMNS], [COLUMNS, 4 * UNITS], [UNITS, 4 * UNITS], [4 * UNITS]];

function normals(shape: readonly number[], seed: number): Tensor {
  const random = createRandom(seed, "lstm");
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(
    Float32Array.from({ length: size }, () => random.normal()),
    [...shape],
  );
}

function ours([x, wi, ws, b]: readonly Tensor[]): Tensor {
  return lstm(reshape<Rank.R3>(x!, [-1, ROWS, COLUMNS]), {
    input: reshape<Rank.R2>(wi!, [COLUMNS, -1]),
    state: reshape<Rank.R2>(ws!, [UNITS, -1]),
    bias: b!,
  });
}

/** The equations one after the other, differentiated by tfjs itself. */
function byEquations([x, wi, ws, b]: readonly Tensor[]): Tensor {
  let state: Tensor = zeros([ROWS, UNITS]);
  let cell: Tensor = zeros([ROWS, UNITS]);
  const states = Array.from({ length: x!.shape[0]! }, (_, time) => {
    const input = reshape<Rank.R2>(slice(x!, time, 1), [ROWS, COLUMNS]);
    const sums = add<Tensor2D>(add(matMul(input, wi!), matMul(state, ws!)), b!);
    const [i, f, g, o] = split(sums, 4, 1);
    cell = add(mul(sigmoid(f!), cell), mul(sigmoid(i!), tanh(g!)));
    state = mul(sigmoid(o!), tanh(cell));
    return state;
  });
  return stack(states);
}

describe("lstm()", () => {
  test.each([TIMES, 1])("gives the states of its equations over %d times", (times) => {
    const given = SHAPES.map((shape, seed) => normals(shape, seed));
    const shorter = [slice(given[0]!, 0, times), ...given.slice(1)];
    const expected = valuesOf(() => byEquations(shorter));
    expect(
      distance(
        valuesOf(() => ours(shorter)),
        expected,
      ),
    ).toBeLessThan(1e-6);
  });

  test.each([TIMES, 1])(
    "has the gradient of its equations in all it is given, %d times",
    (times) => {
      const weigh = (states: Tensor) => sum(mul(states, normals(states.shape, 9)));
      const gradientsOf = (forward: (given: readonly Tensor[]) => Tensor) =>
        valuesOf(() => {
          const given = SHAPES.map((shape, seed) => normals(shape, seed));
          const shorter = [slice(given[0]!, 0, times), ...given.slice(1)];
          const found = grads((...all: Tensor[]) => weigh(forward(all)))(shorter);
          return concat(found.map((one) => reshape<Rank.R1>(one, [-1]) satisfies Tensor1D));
        });
      expect(distance(gradientsOf(ours), gradientsOf(byEquations))).toBeLessThan(5e-6);
    },
  );
});
