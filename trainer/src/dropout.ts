import { cast, mul, type Tensor } from "@tensorflow/tfjs-core";
import { createRandom } from "./random.ts";

/** Values that a step of training is given anew each time, made into a tensor. */
export type Feed = (values: () => Uint8Array, shape: readonly number[]) => Tensor;

/** Switches units off in a step of training; where there is none, nothing is switched off. */
export interface Dropout {
  /**
   * Each element of `input` is 0 with probability `rate`, else divided by 1 − rate: the mean stays.
   * A rate of 0 gives `input` itself. `name` must be unique in the model.
   */
  apply<Kind extends Tensor>(input: Kind, name: string, rate: number): Kind;
}

/** Random bits of which one decision is made, so that one draw serves two elements. */
const BITS = 16;
const LEVELS = 2 ** BITS;

/**
 * Dropout whose masks depend on `seed`, the step and the layer's name alone, so that they are the
 * same on every backend, in every run, and whether the step is compiled or not.
 *
 * The rate is rounded to 1/65536.
 *
 * @see Srivastava et al. 2014, JMLR 15:1929, in the "inverted" form, which leaves evaluation as it is.
 */
export function createDropout(seed: number, step: () => number, feed: Feed): Dropout {
  return {
    apply(input, name, rate) {
      const dropped = Math.round(rate * LEVELS);
      if (dropped === 0) return input;
      const size = input.size;
      const mask = feed(() => drawMask(seed, step(), name, dropped, size), input.shape);
      return mul(input, mul(cast(mask, "float32"), LEVELS / (LEVELS - dropped)));
    },
  };
}

/** 1 where an element stays; of 65536 equally likely draws `dropped` switch it off. */
function drawMask(
  seed: number,
  step: number,
  name: string,
  dropped: number,
  size: number,
): Uint8Array {
  const random = createRandom(seed, `dropout/${step}/${name}`);
  const mask = new Uint8Array(size);
  for (let index = 0; index < size; index += 2) {
    const bits = random.bits();
    mask[index] = Number(bits >>> BITS >= dropped);
    // Beyond the end of an odd size this writes nothing.
    mask[index + 1] = Number((bits & (LEVELS - 1)) >= dropped);
  }
  return mask;
}
