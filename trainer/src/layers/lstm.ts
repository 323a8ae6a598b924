import {
  add,
  concat,
  customGrad,
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
  type Tensor2D,
  type Tensor3D,
  tanh,
  tidy,
  unstack,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { sigmoidGradient, tanhGradient } from "./activation-gradients.ts";

/** i, f, g, o. */
const GATES = 4;

/** A memory's weights, the gates i, f, g, o side by side, as in PyTorch. */
export interface LstmWeights {
  /** [columns, 4·units]. */
  readonly input: Tensor2D;
  /** [units, 4·units]. */
  readonly state: Tensor2D;
  /** [4·units]. */
  readonly bias: Tensor;
}

/** One time of a memory, what the gradient needs of it: [rows, units] each. */
type Moment = {
  readonly input: Tensor;
  readonly forget: Tensor;
  readonly candidate: Tensor;
  readonly output: Tensor;
  readonly cell: Tensor;
  /** tanh of the cell. */
  readonly squashed: Tensor;
};

type Remembered = Moment & { readonly state: Tensor };

/**
 * All states of a long short-term memory that starts from zeros: [time, rows, columns] to
 * [time, rows, units].
 *
 * (i, f, g, o) = (σ, σ, tanh, σ)(xₜ·W_input + hₜ₋₁·W_state + b), cₜ = f·cₜ₋₁ + i·g, hₜ = o·tanh cₜ.
 *
 * The gradient is written out: the products that make the weights' gradients are taken once over all
 * times, where differentiation step by step would add up as many matrices as there are times.
 *
 * @see Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735, with the forget gate of Gers
 * et al. 2000, doi:10.1162/089976600300015015.
 */
export function lstm(inputs: Tensor3D, weights: LstmWeights): Tensor3D {
  const operation = customGrad<Tensor3D>((...given) => {
    const save = given.at(-1);
    if (typeof save !== "function") throw new TypeError("Cannot keep what the gradient needs");
    const moments = remember(inputs, weights);
    const value = stackTimes(moments.map(({ state }) => state));
    // The states of all times once, as the gradient wants them.
    save([inputs, weights.input, weights.state, value, ...moments.flatMap(tensorsOf)]);
    return {
      value,
      gradFunc: (dy, saved) => tidy(() => gradientsOf(dy, saved)),
    };
  });
  return operation(inputs, weights.input, weights.state, weights.bias);
}

function remember(inputs: Tensor3D, { input, state, bias }: LstmWeights): readonly Remembered[] {
  const [times, rows, columns] = inputs.shape;
  const projected = add(matMul(reshape<Rank.R2>(inputs, [times * rows, columns]), input), bias);
  const moments: Remembered[] = [];
  for (const arrived of unstack(reshape<Rank.R3>(projected, [times, rows, -1]))) {
    const before = moments.at(-1);
    moments.push(
      // What is not needed later goes at once: times are many and their sums are large.
      tidy(() => {
        const sums = before === undefined ? arrived : add(arrived, matMul(before.state, state));
        return advance(sums, before);
      }),
    );
    arrived.dispose();
  }
  return moments;
}

/** From the sums before the gates, [rows, 4·units], and the time before. */
function advance(sums: Tensor, before: Remembered | undefined): Remembered {
  const [i, f, g, o] = split(sums, GATES, 1);
  const input = sigmoid(given(i));
  const forget = sigmoid(given(f));
  const candidate = tanh(given(g));
  const output = sigmoid(given(o));
  const entering = mul(input, candidate);
  const cell = before === undefined ? entering : add(mul(forget, before.cell), entering);
  const squashed = tanh(cell);
  return { input, forget, candidate, output, cell, squashed, state: mul(output, squashed) };
}

const tensorsOf = (moment: Moment): Tensor[] => [
  moment.input,
  moment.forget,
  moment.candidate,
  moment.output,
  moment.cell,
  moment.squashed,
];

function momentsOf(kept: readonly Tensor[]): readonly Moment[] {
  const size = 6;
  return Array.from({ length: kept.length / size }, (_, time) => {
    const at = (offset: number) => given(kept[time * size + offset]);
    return {
      input: at(0),
      forget: at(1),
      candidate: at(2),
      output: at(3),
      cell: at(4),
      squashed: at(5),
    };
  });
}

/** By inputs, input weights, state weights and bias, from the gradient by all states. */
function gradientsOf(
  dy: Tensor3D,
  [inputs, input, state, states, ...kept]: readonly Tensor[],
): Tensor[] {
  const [times, rows, units] = dy.shape;
  const columns = given(inputs).shape.at(-1) ?? 0;
  const moments = momentsOf(kept);
  const sums = gateGradients(unstack(dy), moments, given(state));
  const all = reshape<Rank.R2>(stack(sums), [times * rows, GATES * units]);
  const arrived = reshape<Rank.R2>(given(inputs), [times * rows, columns]);
  const earlier = (times - 1) * rows;
  const byState =
    earlier === 0
      ? zerosLike(given(state))
      : matMul(
          reshape<Rank.R2>(slice(given(states), 0, times - 1), [earlier, units]),
          slice(all, rows),
          true,
          false,
        );
  return [
    reshape(matMul(all, given(input), false, true), [times, rows, columns]),
    matMul(arrived, all, true, false),
    byState,
    sum(all, 0),
  ];
}

/** The gradient by the sums before the gates, of every time, from the last time to the first. */
function gateGradients(
  byStates: readonly Tensor[],
  moments: readonly Moment[],
  stateWeights: Tensor,
): Tensor[] {
  const sums: Tensor[] = [];
  let fromLater: FromLater | undefined;
  for (const [time, moment] of [...moments.entries()].toReversed()) {
    const own = given(byStates[time]);
    const { gates, ...earlier } = tidy(() =>
      gateGradient(own, moment, moments[time - 1], fromLater, stateWeights),
    );
    fromLater?.state.dispose();
    fromLater?.cell.dispose();
    own.dispose();
    fromLater = earlier;
    sums.unshift(gates);
  }
  return sums;
}

/** What a time's gradient has from the time after it. */
type FromLater = { readonly state: Tensor; readonly cell: Tensor };

function gateGradient(
  own: Tensor,
  moment: Moment,
  before: Moment | undefined,
  fromLater: FromLater | undefined,
  stateWeights: Tensor,
): FromLater & { readonly gates: Tensor } {
  const byState = fromLater === undefined ? own : add(own, fromLater.state);
  const throughState = tanhGradient(moment.squashed, mul(byState, moment.output));
  const byCell = fromLater === undefined ? throughState : add(throughState, fromLater.cell);
  const byForget =
    before === undefined
      ? zerosLike(byCell)
      : sigmoidGradient(moment.forget, mul(byCell, before.cell));
  const gates = concat(
    [
      sigmoidGradient(moment.input, mul(byCell, moment.candidate)),
      byForget,
      tanhGradient(moment.candidate, mul(byCell, moment.input)),
      sigmoidGradient(moment.output, mul(byState, moment.squashed)),
    ],
    1,
  );
  return {
    gates,
    state: matMul(gates, stateWeights, false, true),
    cell: mul(byCell, moment.forget),
  };
}

function stackTimes(states: readonly Tensor[]): Tensor3D {
  const [rows = 0, units = 0] = states[0]?.shape ?? [];
  return reshape<Rank.R3>(stack([...states]), [states.length, rows, units]);
}

/** @throws {TypeError} If tfjs gave back fewer tensors than it was given. */
function given(tensor: Tensor | undefined): Tensor {
  if (tensor === undefined) throw new TypeError("Cannot differentiate without the kept tensors");
  return tensor;
}
