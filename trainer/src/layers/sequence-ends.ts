import {
  add,
  cast,
  customGrad,
  gather,
  greater,
  less,
  max,
  maximum,
  mul,
  notEqual,
  onesLike,
  type Rank,
  range,
  reshape,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  transpose,
  where,
} from "@tensorflow/tfjs-core";

const PADDING_ID = 0;

/** Where the rows of a batch end, for tensors [times, rows, …] seen as [times·rows, …]. */
export interface SequenceEnds {
  readonly times: number;
  readonly rows: number;
  /** [times·rows]: the place that holds the same row's mirrored time; padding stays in its place. */
  readonly mirrored: Tensor1D;
  /** [rows]: the place of each row's last time; the first where a row is empty. */
  readonly last: Tensor1D;
  /** [rows, 1]: 0 where a row is padding alone, else 1. */
  readonly isThere: Tensor2D;
}

/** From token ids [rows, times]; a row ends with its last token that is no padding. */
export function sequenceEnds(tokens: Tensor): SequenceEnds {
  const [rows = 0, times = 0] = tokens.shape;
  // Places are counted in float32, which every backend computes with: exact up to 2²⁴.
  const isToken = cast(notEqual(transpose(tokens), PADDING_ID), "float32");
  const time = reshape(range(0, times, 1, "float32"), [times, 1]);
  const row = reshape(range(0, rows, 1, "float32"), [1, rows]);
  const lengths = max(mul(isToken, add(time, 1)), 0, true);
  const placeOf = (at: Tensor) => reshape<Rank.R1>(cast(add(mul(at, rows), row), "int32"), [-1]);
  const inside = less(time, lengths);
  return {
    times,
    rows,
    mirrored: placeOf(where(inside, sub(sub(lengths, 1), time), mul(time, onesLike(lengths)))),
    last: placeOf(maximum(sub(lengths, 1), 0)),
    isThere: reshape<Rank.R2>(cast(greater(lengths, 0), "float32"), [rows, 1]),
  };
}

/** Every row read from its end to its beginning: [times, rows, columns] both. */
export function mirrorTimes(input: Tensor3D, { times, rows, mirrored }: SequenceEnds): Tensor3D {
  const columns = input.shape[2];
  const mirror = (value: Tensor, places: Tensor) =>
    reshape<Rank.R3>(gather(reshape<Rank.R2>(value, [times * rows, columns]), places), [
      times,
      rows,
      columns,
    ]);
  // Mirroring twice is no change, so the gradient mirrors as well: nothing is scattered.
  const operation = customGrad<Tensor3D>((...given) => {
    const save = given.at(-1);
    if (typeof save !== "function") throw new TypeError("Cannot keep what the gradient needs");
    save([mirrored]);
    return {
      value: mirror(input, mirrored),
      gradFunc: (dy, [places = mirrored]) => mirror(dy, places),
    };
  });
  return operation(input);
}

/** The state at each row's last time, [rows, columns]; 0 for an empty row. */
export function lastStates(
  states: Tensor3D,
  { times, rows, last, isThere }: SequenceEnds,
): Tensor2D {
  const columns = states.shape[2];
  return mul(gather(reshape<Rank.R2>(states, [times * rows, columns]), last), isThere);
}
