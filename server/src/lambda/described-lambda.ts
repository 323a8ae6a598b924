import type { Assumptions } from "../../../core/protocol/lint-settings.ts";
import type { Convention, Quantities, Quantity, Values } from "./convention.ts";
import { findConvention } from "./find-convention.ts";

/** A λ with all that is known or assumed about where it is used. */
export interface DescribedLambda {
  readonly convention: Convention;
  /** Which of the convention's numbers is meant. */
  readonly parameter: string;
  readonly values: Values;
  readonly known: Quantities;
  /** Those of the quantities that no code tells. */
  readonly assumed: ReadonlySet<Quantity>;
  /** True where a command line, a caller or a configuration may give another number. */
  readonly isDefault: boolean;
}

/** The setting that a quantity is assumed by, and what it is called. */
export const ASSUMED: Readonly<
  Partial<Record<Quantity, { readonly setting: keyof Assumptions; readonly what: string }>>
> = {
  samples: { setting: "datasetSize", what: "training samples" },
  batchSize: { setting: "batchSize", what: "samples a step" },
  learningRate: { setting: "learningRate", what: "learning rate" },
  stepsPerEpoch: { setting: "stepsPerEpoch", what: "steps an epoch" },
  steps: { setting: "steps", what: "steps in all" },
};

interface WrittenLambda {
  readonly convention: string;
  readonly parameter: string;
  readonly values: Values;
  readonly known: Quantities;
  readonly isDefault: boolean;
}

/** Takes from `assume` what the code does not tell. `undefined` for a convention that is not known. */
export function describeLambda(
  written: WrittenLambda,
  assume: Assumptions,
): DescribedLambda | undefined {
  const convention = findConvention(written.convention);
  if (convention === undefined) return undefined;
  const assumed = new Set<Quantity>();
  let { known } = written;
  for (const quantity of QUANTITIES) {
    const setting = ASSUMED[quantity]?.setting;
    const value = setting === undefined ? undefined : assume[setting];
    if (known[quantity] !== undefined || value === undefined) continue;
    known = { ...known, [quantity]: value };
    assumed.add(quantity);
  }
  return { ...written, convention, known, assumed };
}

const QUANTITIES = ["samples", "batchSize", "learningRate", "stepsPerEpoch", "steps"] as const;
