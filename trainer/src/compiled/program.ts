import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorflowBackend } from "../backends/tensorflow-backend.ts";
import { savedModel } from "./graph-def.ts";
import { GUARD_MESSAGE, NODE, type ProgramParts, programGraph } from "./program-graph.ts";

const TAG = "normlens";

/** A recorded step as one call of TensorFlow's, with variables of its own. */
export interface Program {
  /** Operations in the graph. */
  readonly size: number;
  /**
   * Makes the step and gives the first output and those of `others`; `undefined` where the guard is
   * not finite, the variables are then as they were. The tensors are the caller's to dispose.
   */
  step(inputs: readonly Tensor[], others: readonly number[]): readonly Tensor[] | undefined;
  /** The variables' values, in their order; the caller's to dispose. */
  read(): readonly Tensor[];
  write(values: readonly Tensor[]): void;
  dispose(): void;
}

/**
 * Hands the graph over by way of a file: the binding loads saved models and nothing else.
 *
 * @throws {Error} If TensorFlow does not take the graph, or no temporary file can be written.
 */
export function loadProgram(backend: TensorflowBackend, parts: ProgramParts): Program {
  const { binding } = backend;
  const nodes = programGraph(parts);
  const session = loadGraph(backend, savedModel(nodes, TAG));
  const named = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${name}${index}`);
  const inputNames = named(NODE.input, parts.inputs.length);
  const reads = named(NODE.read, parts.variables.length);
  const writes = named(NODE.write, parts.variables.length);
  const run = (tensors: readonly Tensor[], names: readonly string[], fetched: readonly string[]) =>
    binding
      .runSavedModel(
        session,
        backend.getInputTensorIds([...tensors]),
        names.map((name) => `${name}:0`).join(","),
        fetched.map((name) => `${name}:0`).join(","),
      )
      .map((made) => backend.createOutputTensor(made));
  return {
    size: nodes.length,
    step(inputs, others) {
      try {
        return run(inputs, inputNames, [
          NODE.done,
          ...others.map((index) => `${NODE.output}${index}`),
        ]);
      } catch (error) {
        if (error instanceof Error && error.message.includes(GUARD_MESSAGE)) return undefined;
        throw error;
      }
    },
    read: () => run([], [], reads),
    write(values) {
      for (const done of run(values, writes, [NODE.written])) done.dispose();
    },
    dispose: () => {
      binding.deleteSavedModel(session);
    },
  };
}

function loadGraph({ binding }: TensorflowBackend, bytes: Uint8Array): number {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-graph-"));
  try {
    writeFileSync(path.join(folder, "saved_model.pb"), bytes);
    return binding.loadSavedModel(folder, TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
