import type { Transfer } from "../../core/experiment/experiment.ts";
import type { ExperimentProblem } from "../../core/experiment/experiment-problem.ts";
import type { TrainingLength } from "./learning-rate.ts";
import { matchesGlob } from "./name-glob.ts";
import type { Parameter } from "./parameters.ts";

/** Which parameters are trained when, and how fast. */
export interface TrainedParameters {
  /** Those that epoch `epoch` trains, counted from 1. */
  at(epoch: number): readonly Parameter[];
  /** Factors of the learning rate by name. */
  readonly rateFactors: ReadonlyMap<string, number>;
  /** Steps that pass before a parameter is trained, by name; Adam's count of steps begins there. */
  readonly idleSteps: ReadonlyMap<string, number>;
  /** A sentence for each thing that is not as usual. */
  readonly notes: readonly string[];
}

/** Everything is trained from the first epoch on without `transfer`. */
export function trainedParameters(
  parameters: readonly Parameter[],
  transfer: Transfer | undefined,
  { stepsPerEpoch }: TrainingLength,
): TrainedParameters | { readonly problem: ExperimentProblem } {
  const first = new Map(parameters.map(({ name }) => [name, firstEpoch(name, transfer)]));
  const at = (epoch: number) => parameters.filter(({ name }) => (first.get(name) ?? 1) <= epoch);
  const unknown = unmatchedGlob(parameters, transfer);
  if (unknown !== undefined) return { problem: unknown };
  if (at(1).length === 0) {
    return {
      problem: {
        path: ["transfer", "freeze"],
        at: "value",
        message: "every parameter is frozen in the first epoch, nothing would be trained",
        allowed: `parameters are ${parameters.map(({ name }) => name).join(", ")}`,
      },
    };
  }
  const entries = [...first];
  return {
    at,
    rateFactors: new Map(
      parameters.flatMap(({ name }) => {
        const entry = transfer?.learning_rates.findLast(({ on }) => matchesGlob(on, name));
        return entry === undefined ? [] : [[name, entry.factor] as const];
      }),
    ),
    idleSteps: new Map(
      entries.flatMap(([name, epoch]) =>
        epoch > 1 && Number.isFinite(epoch) ? [[name, (epoch - 1) * stepsPerEpoch] as const] : [],
      ),
    ),
    notes: freezeNotes(entries),
  };
}

/** Infinite for a parameter that stays frozen. */
function firstEpoch(name: string, transfer: Transfer | undefined): number {
  if (transfer?.freeze === undefined || !matchesGlob(transfer.freeze, name)) return 1;
  const epochs = transfer.unfreeze.filter(({ on }) => matchesGlob(on, name));
  return Math.min(Number.POSITIVE_INFINITY, ...epochs.map(({ epoch }) => epoch));
}

function freezeNotes(entries: readonly (readonly [string, number])[]): string[] {
  const later = entries.filter(([, epoch]) => epoch > 1);
  return [...new Set(later.map(([, epoch]) => epoch))]
    .sort((a, b) => a - b)
    .map((epoch) => {
      const group = later.filter((entry) => entry[1] === epoch);
      const names = group.map(([name]) => name).join(", ");
      return Number.isFinite(epoch)
        ? `Trained from epoch ${epoch} on: ${names}`
        : `Frozen: ${names}`;
    });
}

/** A glob that matches nothing is a misspelt one. */
function unmatchedGlob(
  parameters: readonly Parameter[],
  transfer: Transfer | undefined,
): ExperimentProblem | undefined {
  if (transfer === undefined) return undefined;
  const { freeze, unfreeze, learning_rates: rates } = transfer;
  const globs = [
    ...(freeze === undefined ? [] : [{ on: freeze, at: ["freeze"] }]),
    ...unfreeze.map(({ on }, index) => ({ on, at: ["unfreeze", index, "on"] })),
    ...rates.map(({ on }, index) => ({ on, at: ["learning_rates", index, "on"] })),
  ];
  const wrong = globs.find(({ on }) => !parameters.some(({ name }) => matchesGlob(on, name)));
  if (wrong === undefined) return undefined;
  return {
    path: ["transfer", ...wrong.at],
    at: "value",
    message: `\`${wrong.on}\` matches no parameter`,
    allowed: `parameters are ${parameters.map(({ name }) => name).join(", ")}`,
  };
}
