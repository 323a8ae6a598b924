import type { TensorMetadata, TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding";
import { elementCount } from "../element-count.ts";
import { DATA_TYPE } from "./graph-def.ts";

/** Numbers below this are of stand-ins: the library counts its own from 0, and -1 is none. */
const NONE = -1;

/**
 * Tensors of a recording that have a type and a shape of their own, and no values that mean anything.
 *
 * What a step computes while it is recorded is of no use, but its shapes are; all tensors of one type
 * and shape are then one tensor, and recording a step needs next to no memory.
 */
export interface StandIns {
  /**
   * The operation's outputs, replaced by stand-ins. Whole numbers and flags that are made of nothing
   * but such stay as they are, and their stand-ins are zeros, lest indices be out of range.
   */
  execute(...call: Parameters<TFJSBinding["executeOp"]>): TensorMetadata[];
  /** The library's tensor behind a number. */
  tensorOf(number: number): number;
  dispose(): void;
}

export function createStandIns(binding: TFJSBinding): StandIns {
  const shared = new Map<string, number>();
  const behind = new Map<number, number>();
  const tensorOf = (number: number) => behind.get(number) ?? number;

  const zeros = ({ id, dtype, shape }: TensorMetadata): number => {
    binding.deleteTensor(id);
    const size = elementCount(shape);
    const values = dtype === DATA_TYPE.bool ? new Uint8Array(size) : new Int32Array(size);
    return binding.createTensor(shape, dtype, values);
  };
  const standIn = (made: TensorMetadata): TensorMetadata => {
    const { id, dtype, shape } = made;
    const key = `${dtype}:${shape.join()}`;
    const known = shared.get(key);
    if (known !== undefined) binding.deleteTensor(id);
    const tensor = known ?? (dtype === DATA_TYPE.float ? id : zeros(made));
    shared.set(key, tensor);
    const number = NONE - 1 - behind.size;
    behind.set(number, tensor);
    return { id: number, dtype, shape };
  };

  return {
    tensorOf,
    execute(name, attributes, inputs, count) {
      const made = binding.executeOp(name, attributes, inputs.map(tensorOf), count);
      const isOfStandIns = inputs.some((input) => behind.has(input));
      return made.map((one) => {
        const { dtype } = one;
        const isExact = dtype === DATA_TYPE.int32 || dtype === DATA_TYPE.bool;
        return dtype === DATA_TYPE.float || (isExact && isOfStandIns) ? standIn(one) : one;
      });
    },
    dispose() {
      for (const number of shared.values()) binding.deleteTensor(number);
      shared.clear();
      behind.clear();
    },
  };
}
