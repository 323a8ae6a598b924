import {
  type Decoder,
  faultText,
  finiteNumber,
  guarded,
  listOf,
  naturalNumber,
  objectOf,
  recordOf,
  text,
} from "../../core/protocol/decoder.ts";
import { fromJsonNumber, type JsonNumber } from "../../core/protocol/run-files.ts";
import type { GradientHistory } from "./gradient-diagnosis.ts";
import type { IntervalSums } from "./interval-mean.ts";
import type { Values } from "./procedure.ts";

/** What a training knows besides its tensors: with it a resumed run ends as one never interrupted. */
export interface SessionMemory {
  /** Latest value of every metric. */
  readonly latest: Values;
  /** What was told of gradients so far, and what that was judged by. */
  readonly diagnoses: readonly string[];
  readonly gradients: GradientHistory;
  /** Steps since the last line of metrics. */
  readonly interval: IntervalSums;
}

export function encodeSessionMemory(memory: SessionMemory): string {
  // JSON has no literal for what is not finite, and writes null.
  return JSON.stringify(memory, (_key, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
}

/** A sentence where the text is not of that form. */
export function parseSessionMemory(encoded: string): SessionMemory | string {
  let value: unknown;
  try {
    value = JSON.parse(encoded);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const decoded = sessionMemory(value);
  return decoded.ok ? decoded.value : faultText(decoded);
}

const jsonNumber = guarded(
  'a number, "NaN" or "±Infinity"',
  (value): value is JsonNumber => fromJsonNumber(value) !== undefined,
);

const anyNumber: Decoder<number> = (value) => {
  const decoded = jsonNumber(value);
  return decoded.ok ? { ok: true, value: Number(decoded.value) } : decoded;
};

const sessionMemory = objectOf<SessionMemory>({
  latest: recordOf(anyNumber),
  diagnoses: listOf(text),
  gradients: objectOf<GradientHistory>({
    told: listOf(text),
    starved: recordOf(naturalNumber),
    norms: recordOf(listOf(anyNumber)),
  }),
  interval: objectOf<IntervalSums>({ weight: finiteNumber, sums: recordOf(anyNumber) }),
});
