import { grad, mul, type Rank, reshape, sum, tensor2d, tensor3d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  lastStates,
  mirrorTimes,
  sequenceEnds,
} from "../../../trainer/src/layers/sequence-ends.ts";
import { useCpuBackend, valuesOf } from "../../support/tensor-values.ts";

beforeAll(useCpuBackend);

/** Three rows of four times: one full, one with a gap and padding behind, one of padding alone. */
const TOKENS = [
  [7, 3, 9, 1],
  [5, 0, 2, 0],
  [0, 0, 0, 0],
];
const ends = () => sequenceEnds(tensor2d(TOKENS, [3, 4], "int32"));

/** 10·row + time at [time, row, 0]. */
const PLACES = [0, 1, 2, 3].map((time) => [0, 1, 2].map((row) => [10 * row + time]));
const places = () => tensor3d(PLACES);

describe("sequenceEnds()", () => {
  test("mirrors each row within its own length and leaves padding in place", () => {
    const mirrored = valuesOf(() => mirrorTimes(places(), ends()));
    expect(mirrored).toEqual([3, 12, 20, 2, 11, 21, 1, 10, 22, 0, 13, 23]);
  });

  test("mirroring has the mirrored gradient", () => {
    const weights = () => places();
    const gradient = valuesOf(() =>
      grad((x) => sum(mul(mirrorTimes(reshape<Rank.R3>(x, [4, 3, 1]), ends()), weights())))(
        places(),
      ),
    );
    expect(gradient).toEqual([3, 12, 20, 2, 11, 21, 1, 10, 22, 0, 13, 23]);
  });

  test("finds the state at the last token, 0 where there is none", () => {
    expect(valuesOf(() => lastStates(places(), ends()))).toEqual([3, 12, 0]);
  });
});
