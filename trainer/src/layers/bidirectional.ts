import { concat, type Rank, reshape, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { type LstmWeights, lstm } from "./lstm.ts";
import type { ParameterStore } from "./parameter-store.ts";
import { lastStates, mirrorTimes, type SequenceEnds } from "./sequence-ends.ts";

/** States of a memory that reads from the beginning and of one that reads from the end. */
export interface BothWays {
  readonly forward: Tensor3D;
  /** In the order in which it was read: the first time is the row's last. */
  readonly backward: Tensor3D;
}

/**
 * Two memories, `name.forward` and `name.backward` with `.weight_ih` [columns, 4·units], `.weight_hh`
 * [units, 4·units] and `.bias` [4·units], the gates in PyTorch's order i, f, g, o.
 *
 * Weights have the deviation 1/√(3·units) of PyTorch's uniform ones; the forget gate's bias is 1.
 *
 * @see Jozefowicz et al. 2015, JMLR W&CP 37, section 2.2, on the forget gate.
 */
export function bidirectional(
  store: ParameterStore,
  name: string,
  columns: number,
  units: number,
): (inputs: Tensor3D, ends: SequenceEnds) => BothWays {
  const forward = memory(store, `${name}.forward`, columns, units);
  const backward = memory(store, `${name}.backward`, columns, units);
  return (inputs, ends) => ({
    forward: lstm(inputs, forward()),
    backward: lstm(mirrorTimes(inputs, ends), backward()),
  });
}

/** [times, rows, 2·units], both in the order of the row. */
export function allStates({ forward, backward }: BothWays, ends: SequenceEnds): Tensor3D {
  return concat([forward, mirrorTimes(backward, ends)], 2);
}

/** What each way ends with, [rows, 2·units]. */
export function finalStates({ forward, backward }: BothWays, ends: SequenceEnds): Tensor2D {
  return concat([lastStates(forward, ends), lastStates(backward, ends)], 1);
}

function memory(
  store: ParameterStore,
  name: string,
  columns: number,
  units: number,
): () => LstmWeights {
  const deviation = 1 / Math.sqrt(3 * units);
  const input = store.weight(`${name}.weight_ih`, [columns, 4 * units], deviation);
  const state = store.weight(`${name}.weight_hh`, [units, 4 * units], deviation);
  const isForget = (index: number) => index >= units && index < 2 * units;
  const bias = store.bias(`${name}.bias`, 4 * units, (index) => (isForget(index) ? 1 : 0));
  return () => ({
    input: reshape<Rank.R2>(input, [columns, 4 * units]),
    state: reshape<Rank.R2>(state, [units, 4 * units]),
    bias,
  });
}
