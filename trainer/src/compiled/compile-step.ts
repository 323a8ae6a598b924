import { engine, type Tensor, tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
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
  /** Looks at computed numbers without their becoming part of the step. */
  aside<Result>(work: () => Result): Result;
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
  /** Makes one step, really; `undefined` where it was not made because of what it met. */
  run(step: RecordedStep): StepOutputs | undefined;
}

/** A step as one call of TensorFlow's. Its variables are ahead of tfjs's until they are settled. */
export interface CompiledStep {
  /** Operations of the graph. */
  readonly size: number;
  /**
   * Makes the step on tensors in the order of those it was compiled with, and gives the outputs 0
   * and `others`; `undefined` where the guard was not finite and nothing was changed.
   *
   * Variables that were given other values since they were settled are taken over first.
   */
  run(inputs: () => readonly Tensor[], others: readonly number[]): Float32Array[] | undefined;
  /** Brings tfjs's variables up to date. */
  settle(): void;
  dispose(): void;
}

export interface CompiledTrace {
  /** Of the step that was recorded; `undefined` where `run` gave none. */
  readonly outputs: readonly Float32Array[] | undefined;
  readonly compiled: CompiledStep | { readonly why: string } | undefined;
}

/** A mask or the like that each step is given anew. */
interface FedTensor {
  readonly values: () => Uint8Array;
  readonly shape: readonly number[];
}

/** Makes a step operation by operation, which counts as a step, and compiles it on the way. */
export function compileStep(backend: TensorflowBackend, step: StepToCompile): CompiledTrace {
  // Not tidy(), which would look for tensors in what is given back.
  engine().startScope("compile");
  try {
    const traced = trace(backend, step);
    if (traced === undefined) return { outputs: undefined, compiled: undefined };
    const { parts, fed, outputs } = traced;
    const program = load(backend, parts);
    const compiled =
      "why" in program ? program : compiledStep(backend, program, step.variables, fed);
    return { outputs, compiled };
  } finally {
    engine().endScope();
  }
}

interface Trace {
  readonly parts: ProgramParts;
  readonly fed: readonly FedTensor[];
  readonly outputs: Float32Array[];
}

function trace(backend: TensorflowBackend, step: StepToCompile): Trace | undefined {
  const recorder = createRecorder(backend);
  const numbersOf = (tensors: readonly Tensor[]) =>
    tensors.map((one) => tensorNumber(backend, one));
  const before = numbersOf(step.variables);
  const inputs = step.inputs.map((one) => programInput(backend, one));
  const fed: FedTensor[] = [];
  const updates: ProgramUpdate[] = [];
  const given = recorder.record(() =>
    step.run({
      aside: recorder.aside,
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
  if (given === undefined) return undefined;
  const after = numbersOf(step.variables);
  return {
    fed,
    outputs: given.outputs.map((one) => Float32Array.from(one.dataSync())),
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

function load(backend: TensorflowBackend, parts: ProgramParts): Program | { readonly why: string } {
  if (parts.recording.fault !== undefined) return { why: parts.recording.fault };
  try {
    return loadProgram(backend, parts);
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
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
    if (variables.every(({ dataId }, index) => dataId === settled[index])) return;
    program.write(variables);
    settled = variables.map(({ dataId }) => dataId);
  };
  return {
    size: program.size,
    run(inputs, others) {
      takeOver();
      const outputs = tidy(() =>
        program
          .step(
            [...inputs(), ...fed.map(({ values, shape }) => handedOver(backend, values(), shape))],
            others,
          )
          ?.map((output) => Float32Array.from(output.dataSync())),
      );
      if (outputs !== undefined) isAhead = true;
      return outputs;
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
