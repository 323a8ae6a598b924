import type { Tensor } from "@tensorflow/tfjs-core";
import type { TFEOpAttr, TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding";
import type { TensorflowBackend } from "../backends/tensorflow-backend.ts";
import { type Attribute, type Constant, DATA_TYPE } from "./graph-def.ts";
import { createStandIns } from "./stand-ins.ts";

/** One operation that was executed; tensors are told by the numbers of the binding. */
export interface RecordedOperation {
  readonly kind: "operation";
  readonly name: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** A tensor that was made from values of JavaScript. */
export interface RecordedConstant extends Constant {
  readonly kind: "constant";
  readonly output: number;
}

/** Operations whose type tfjs leaves to be found from the input, which a graph does not do. */
const UNTYPED: readonly string[] = ["ExpandDims", "OnesLike", "ZerosLike"];

/** What TensorFlow was asked to do while a function ran. */
export interface Recording {
  readonly entries: readonly (RecordedOperation | RecordedConstant)[];
  /** Why what was recorded cannot be repeated with other inputs; `undefined` when it can. */
  readonly fault: string | undefined;
}

export interface Recorder {
  /**
   * Runs `work` and keeps what it asks TensorFlow to do. What it computes has no values: whatever
   * it leaves in variables has to be taken back.
   */
  record<Result>(work: () => Result): Result;
  /** Runs `work`, within `record`, without keeping anything. */
  aside<Result>(work: () => Result): Result;
  readonly recording: Recording;
  /** The values of a tensor that was there before. @throws {RangeError} If it was never an input. */
  capture(number: number): Constant;
}

/**
 * Records at the border to the native library, where every kernel of tfjs ends up, its gradients too.
 *
 * The functions that run are ordinary ones: what depends on a number of JavaScript is a constant of
 * the recording. Reading a computed tensor gives zeros and makes it unfit to be repeated.
 */
export function createRecorder(backend: TensorflowBackend): Recorder {
  const entries: (RecordedOperation | RecordedConstant)[] = [];
  const computed = new Set<number>();
  let fault: string | undefined;
  const original = backend.binding;
  const handOver = backend.getInputTensorIds;
  const standIns = createStandIns(original);
  let isAside = false;

  const overridden: Partial<TFJSBinding> = {
    executeOp: (...[name, attributes, inputs, count]: Parameters<TFJSBinding["executeOp"]>) => {
      if (isAside) return original.executeOp(name, attributes, inputs, count);
      const made = standIns.execute(name, attributes, inputs, count);
      const outputs = made.map(({ id }) => id);
      for (const id of outputs) computed.add(id);
      const recorded = attributesOf(original, attributes);
      if (recorded === undefined) fault ??= `${name} has an attribute that is not understood`;
      const [first] = made;
      const inferred: Readonly<Record<string, Attribute>> =
        UNTYPED.includes(name) && first !== undefined ? { T: { type: first.dtype } } : {};
      const entry = {
        name,
        attributes: { ...inferred, ...recorded },
        inputs: [...inputs],
        outputs,
      };
      entries.push({ kind: "operation", ...entry });
      return made;
    },
    createTensor: (...[shape, dataType, values]: Parameters<TFJSBinding["createTensor"]>) => {
      const output = original.createTensor(shape, dataType, values);
      if (isAside) return output;
      if (isNumeric(values)) {
        // A copy: tfjs may write to the array again.
        const constant = { dataType, shape: [...shape], values: values.slice() };
        entries.push({ kind: "constant", output, ...constant });
      } else fault ??= "it makes tensors of text";
      return output;
    },
    tensorDataSync: (id: number) => {
      if (computed.has(id)) fault ??= "it reads numbers that it has computed";
      return original.tensorDataSync(standIns.tensorOf(id));
    },
  };
  // The binding's own properties cannot be written, so they are redefined.
  const listening: TFJSBinding = Object.create(
    original,
    Object.getOwnPropertyDescriptors(overridden),
  );

  const shapes = new Map<number, readonly number[]>();
  const numbersOf = (tensors: Tensor[]): number[] => {
    const numbers = handOver.call(backend, tensors);
    for (const [index, number] of numbers.entries())
      shapes.set(number, tensors[index]?.shape ?? []);
    return numbers;
  };

  return {
    record(work) {
      backend.binding = listening;
      backend.getInputTensorIds = numbersOf;
      try {
        return work();
      } finally {
        backend.binding = original;
        backend.getInputTensorIds = handOver;
        standIns.dispose();
      }
    },
    capture(number) {
      const shape = shapes.get(number);
      if (shape === undefined)
        throw new RangeError(`Cannot capture tensor ${number}: never an input`);
      const values = original.tensorDataSync(number);
      return { dataType: dataTypeOf(values), shape, values };
    },
    aside(work) {
      isAside = true;
      try {
        return work();
      } finally {
        isAside = false;
      }
    },
    get recording() {
      return { entries, fault };
    },
  };
}

/** The binding's number of a tensor, which is handed over first where it was not yet. */
export function tensorNumber(backend: TensorflowBackend, tensor: Tensor): number {
  const [id] = backend.getInputTensorIds([tensor]);
  if (id === undefined) throw new TypeError("The TensorFlow backend gave no number for a tensor");
  return id;
}

function dataTypeOf(values: Constant["values"]): number {
  if (values instanceof Float32Array) return DATA_TYPE.float;
  return values instanceof Int32Array ? DATA_TYPE.int32 : DATA_TYPE.bool;
}

function isNumeric(values: unknown): values is Constant["values"] {
  return (
    values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array
  );
}

/** `undefined` where tfjs gives an attribute of a kind that it is not known to give. */
function attributesOf(
  binding: TFJSBinding,
  given: readonly TFEOpAttr[],
): Readonly<Record<string, Attribute>> | undefined {
  const attributes: Record<string, Attribute> = {};
  for (const { name, type, value } of given) {
    const attribute = Array.isArray(value)
      ? listOf(binding, type, value.map(Number))
      : singleOf(binding, type, value);
    if (attribute === undefined) return undefined;
    attributes[name] = attribute;
  }
  return attributes;
}

function listOf(
  binding: TFJSBinding,
  type: number,
  numbers: readonly number[],
): Attribute | undefined {
  if (type === binding.TF_ATTR_SHAPE) return { shape: numbers };
  if (type === binding.TF_ATTR_INT) return { integers: numbers };
  return type === binding.TF_ATTR_FLOAT ? { floats: numbers } : undefined;
}

function singleOf(
  binding: TFJSBinding,
  type: number,
  value: TFEOpAttr["value"],
): Attribute | undefined {
  if (typeof value === "string") return { text: value };
  // Flags may come as 0 and 1.
  if (type === binding.TF_ATTR_BOOL) return { flag: Boolean(value) };
  if (typeof value !== "number") return undefined;
  if (type === binding.TF_ATTR_TYPE) return { type: value };
  if (type === binding.TF_ATTR_INT) return { integer: value };
  return type === binding.TF_ATTR_FLOAT ? { float: value } : undefined;
}
