import {
  clone,
  engine,
  keep,
  type Tensor,
  tensor,
  tidy,
  type Variable,
} from "@tensorflow/tfjs-core";
import type { TensorflowBackend } from "../backends/tensorflow-backend.ts";
import type { Feed } from "../dropout.ts";
import type { ObservedUpdate } from "./fused-updates.ts";
import { DATA_TYPE } from "./graph-def.ts";
import { loadProgram, type Program } from "./program.ts";
import type { ProgramInput, ProgramParts, ProgramUpdate } from "./program-graph.ts";
import { createRecorder, tensorNumber } from "./recording.ts";

/** What a step is run with while it is recorded. */
export interface RecordedStep {
  /** Makes a tensor that every later step is given anew. */
  readonly feed: Feed;
  /** Takes note of an update that TensorFlow can make in place. */
  observe(update: ObservedUpdate): void;
}

/** What a step gives. */
export interface StepOutputs {
  /** A number that must be finite, or no variable is changed. */
  readonly guard: Tensor;
  readonly outputs: readonly Tensor[];
}

export interface StepToCompile {
  /** All variables that the step reads or changes. */
  readonly variables: readonly Variable[];
  /** Tensors that later steps give others of the same shapes for. */
  readonly inputs: readonly Tensor[];
  /** Makes one step, of which nothing is used but what it does: its numbers are not the real ones. */
  run(step: RecordedStep): StepOutputs;
}

/**
 * A step as one call of TensorFlow's. It has the numbers of the variables from its first run on; tfjs's
 * are empty until they are settled.
 */
export interface CompiledStep {
  /** Operations of the graph. */
  readonly size: number;
  /**
   * Makes the step on tensors in the order of those it was compiled with, and gives the outputs 0
   * and `others`; `undefined` where the guard was not finite and nothing was changed.
   *
   * Variables that were given other values since they were settled are taken over first.
   *
   * @throws {TypeError} If they were given other values while the step was ahead of them.
   */
  run(inputs: () => readonly Tensor[], others: readonly number[]): Float32Array[] | undefined;
  /** Brings tfjs's variables up to date. */
  settle(): void;
  dispose(): void;
}

/** A mask or the like that each step is given anew. */
interface FedTensor {
  readonly values: () => Uint8Array;
  readonly shape: readonly number[];
}

/**
 * Compiles a step by what it does when it is run once. The variables are as they were then; why it
 * is not compiled where it cannot be.
 */
export function compileStep(
  backend: TensorflowBackend,
  step: StepToCompile,
): CompiledStep | { readonly why: string } {
  const before = step.variables.map((one) => keep(clone(one)));
  // Not tidy(), which would look for tensors in what is given back.
  engine().startScope("compile");
  try {
    const { parts, fed } = trace(backend, step);
    if (parts.recording.fault !== undefined) return { why: parts.recording.fault };
    const program = loadProgram(backend, parts);
    return compiledStep(backend, program, step.variables, fed);
  } catch (error) {
    // What is wrong with the step itself shows when it is run operation by operation.
    return { why: error instanceof Error ? error.message : String(error) };
  } finally {
    engine().endScope();
    restore(step.variables, before);
  }
}

/** Puts the values in place and disposes them. */
function restore(variables: readonly Variable[], values: readonly Tensor[]): void {
  for (const [index, variable] of variables.entries()) {
    const value = values[index];
    if (value === undefined) continue;
    variable.assign(value);
    value.dispose();
  }
}

interface Trace {
  readonly parts: ProgramParts;
  readonly fed: readonly FedTensor[];
}

function trace(backend: TensorflowBackend, step: StepToCompile): Trace {
  const recorder = createRecorder(backend);
  const numbersOf = (tensors: readonly Tensor[]) =>
    tensors.map((one) => tensorNumber(backend, one));
  const before = numbersOf(step.variables);
  const inputs = step.inputs.map((one) => programInput(backend, one));
  const fed: FedTensor[] = [];
  const updates: ProgramUpdate[] = [];
  const given = recorder.record(() =>
    step.run({
      feed(values, shape) {
        const mask = recorder.aside(() => handedOver(backend, values(), shape));
        inputs.push(programInput(backend, mask));
        fed.push({ values, shape });
        return mask;
      },
      observe(update) {
        const found = programUpdate(backend, update, before);
        if (found !== undefined) updates.push(found);
      },
    }),
  );
  const after = numbersOf(step.variables);
  return {
    fed,
    parts: {
      recording: recorder.recording,
      variables: step.variables.map(({ shape }, index) => ({
        shape,
        before: before[index] ?? Number.NaN,
        after: after[index] ?? Number.NaN,
      })),
      inputs,
      updates,
      guard: tensorNumber(backend, given.guard),
      outputs: numbersOf(given.outputs),
      capture: recorder.capture,
    },
  };
}

function compiledStep(
  backend: TensorflowBackend,
  program: Program,
  variables: readonly Variable[],
  fed: readonly FedTensor[],
): CompiledStep {
  let isAhead = false;
  /** What tfjs's variables hold of the program's. */
  let settled: readonly object[] = [];
  const takeOver = () => {
    if (variables.some(({ dataId }, index) => dataId !== settled[index])) {
      if (isAhead)
        throw new TypeError("Cannot go on from new values: settle the step before they are set");
      program.write(variables);
      settled = variables.map(({ dataId }) => dataId);
    }
    if (isAhead) return;
    isAhead = true;
    for (const variable of variables) release(backend, variable);
  };
  return {
    size: program.size,
    run(inputs, others) {
      takeOver();
      return tidy(() =>
        program
          .step(
            [...inputs(), ...fed.map(({ values, shape }) => handedOver(backend, values(), shape))],
            others,
          )
          ?.map((output) => Float32Array.from(output.dataSync())),
      );
    },
    settle() {
      if (!isAhead) return;
      isAhead = false;
      const values = program.read();
      for (const [index, variable] of variables.entries()) {
        const value = values[index];
        if (value !== undefined) variable.assign(value);
      }
      for (const value of values) value.dispose();
      settled = variables.map(({ dataId }) => dataId);
    },
    dispose: program.dispose,
  };
}

/**
 * Lets go of the numbers of a variable that the program has by now, unless another tensor shares them:
 * until it is settled it cannot be read, and weights and state are in memory once.
 */
function release(backend: TensorflowBackend, { dataId }: Variable): void {
  const held = backend.tensorMap.get(dataId);
  if (held.refCount > 1 || held.id < 0) return;
  backend.binding.deleteTensor(held.id);
  held.id = -1;
}

function programInput(backend: TensorflowBackend, input: Tensor): ProgramInput {
  const { shape, dtype } = input;
  const dataType = { float32: DATA_TYPE.float, int32: DATA_TYPE.int32, bool: DATA_TYPE.bool }[
    dtype === "int32" || dtype === "bool" ? dtype : "float32"
  ];
  return { shape, dataType, tensor: tensorNumber(backend, input) };
}

/** A mask that is the library's, so that its making is no part of a recording. */
function handedOver(
  backend: TensorflowBackend,
  values: Uint8Array,
  shape: readonly number[],
): Tensor {
  const made = tensor(values, [...shape], "bool");
  tensorNumber(backend, made);
  return made;
}

/** The update by the binding's numbers; `undefined` where it is not one of variables. */
function programUpdate(
  backend: TensorflowBackend,
  { weights, slots, result, fused }: ObservedUpdate,
  before: readonly number[],
): ProgramUpdate | undefined {
  const numberOf = (one: Tensor) => tensorNumber(backend, one);
  const variables = [weights, ...slots].map((one) => before.indexOf(numberOf(one)));
  if (variables.includes(-1)) return undefined;
  return {
    operation: fused.operation,
    flags: fused.flags,
    variables,
    inputs: fused.inputs.map(numberOf),
    start: fused.start === undefined ? undefined : numberOf(fused.start),
    results: [result.weights, ...result.slots].map(numberOf),
  };
}
