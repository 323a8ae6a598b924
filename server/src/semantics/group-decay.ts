import { knownNumber } from "./call-arguments.ts";
import type { ParameterGroup } from "./parameter-groups.ts";

/** A weight decay that is there: its value, or that one is given. */
export interface GroupDecay {
  /** `by 0.05`, `by its \`weight_decay\`` */
  readonly text: string;
  /** Lower where the value is not known: it might be 0 after all. */
  readonly confidence: number;
}

/** `undefined` for groups that do not decay. */
export function decayOf({ weightDecay }: ParameterGroup): GroupDecay | undefined {
  const number = knownNumber(weightDecay);
  if (number !== undefined) {
    return number.value > 0 ? { text: `by ${number.value}`, confidence: 1 } : undefined;
  }
  return weightDecay.kind === "unknown"
    ? { text: "by its `weight_decay`", confidence: 0.7 }
    : undefined;
}
