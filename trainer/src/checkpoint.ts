import { readFileSync } from "node:fs";
import path from "node:path";
import type { Variable } from "@tensorflow/tfjs-core";
import { decodeSafetensors } from "../../core/formats/safetensors.ts";
import { RUN_FILES } from "../../core/protocol/run-files.ts";
import type { Moment } from "./procedure.ts";
import { checkpointNames } from "./run/checkpoint-names.ts";
import type { RunWriter } from "./run/run-writer.ts";
import { encodeSessionMemory, parseSessionMemory, type SessionMemory } from "./session-memory.ts";
import { setValues } from "./set-values.ts";

/** A training as it was after a step: all that its next step depends on besides the experiment. */
export interface Checkpoint {
  readonly moment: Moment;
  /** Values by name, `weights/…`, `state/…`, `masks/…`. */
  readonly tensors: ReadonlyMap<string, Float32Array>;
  readonly memory: SessionMemory;
}

/** Variables and what they are worth as numbers, by name. */
export type CheckpointTensors = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly data: Float32Array }
>;

/**
 * Writes everything in one file, replaced as a whole, and keeps the last two.
 *
 * Random numbers need no room in it: every stream is made of seed, epoch and step.
 */
export function writeCheckpoint(
  writer: RunWriter,
  { step, epoch }: Moment,
  tensors: CheckpointTensors,
  memory: SessionMemory,
): void {
  writer.checkpoint(
    step,
    Array.from(tensors, ([name, tensor]) => ({ name, dtype: "F32", ...tensor })),
    { step: String(step), epoch: String(epoch), session: encodeSessionMemory(memory) },
  );
}

/**
 * The newest checkpoint of a run folder that can be read, for a write may have been cut short by
 * more than a killed process; `undefined` where there is none.
 */
export function readCheckpoint(folder: string): Checkpoint | undefined {
  const place = path.join(folder, RUN_FILES.checkpoints);
  for (const name of checkpointNames(place).toReversed()) {
    const contents = decodeSafetensors(readFileSync(path.join(place, name)));
    if (!("tensors" in contents)) continue;
    const metadata = new Map(Object.entries(contents.metadata));
    const step = Number(metadata.get("step"));
    const epoch = Number(metadata.get("epoch"));
    const memory = parseSessionMemory(metadata.get("session") ?? "");
    if (!Number.isSafeInteger(step) || !Number.isSafeInteger(epoch)) continue;
    if (typeof memory === "string") continue;
    const tensors = contents.tensors.flatMap(({ name: key, data }) =>
      data instanceof Float32Array ? [[key, data] as const] : [],
    );
    return { moment: { step, epoch }, tensors: new Map(tensors), memory };
  }
  return undefined;
}

/** @throws {RangeError} If the checkpoint is not of these variables: the program has changed since. */
export function restoreCheckpoint(
  { tensors }: Checkpoint,
  variables: ReadonlyMap<string, Variable>,
): void {
  for (const [name, variable] of variables) {
    const values = tensors.get(name);
    if (values?.length !== variable.size) {
      throw new RangeError(
        `Cannot resume: the checkpoint has ${values?.length ?? "no"} values for ${name}, wanted ${variable.size}`,
      );
    }
    setValues(variable, values);
  }
}
