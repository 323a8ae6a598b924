/** Numbers beside λ that a conversion or a time scale may need. */
export type Quantity =
  | "samples"
  | "batchSize"
  | "learningRate"
  | "momentum"
  | "stepsPerEpoch"
  | "steps";

export type Quantities = Readonly<Partial<Record<Quantity, number>>>;

/** The numbers of one API, by the name of their parameter. */
export type Values = Readonly<Record<string, number>>;

/** Coefficients of λ₁‖w‖₁ + (λ₂/2)‖w‖². */
export interface Terms {
  readonly l1: number;
  readonly l2: number;
}

/** The data loss that a penalty stands beside; `any` where the user's own code decides. */
export type DataLoss = "any" | "half-squared" | "logistic" | "hinge" | "squared-hinge";

/**
 * The number enters the objective: data loss + λ₁‖w‖₁ + (λ₂/2)‖w‖².
 *
 * `over` says whether that data loss is a mean, or a sum over all samples or over those of a batch.
 */
export interface PenaltySide {
  readonly over: "mean" | "samples" | "batch";
  readonly loss: DataLoss;
  readonly intercept: "free" | "penalised" | "chosen";
  /** λ₁ and λ₂ of a mean loss, by the names of the parameters, n samples and B in a batch. */
  readonly formula: string;
  /** What must be known before the number has this meaning. */
  readonly needs?: readonly Quantity[];
  /** `undefined` where it does not have this meaning. */
  readonly terms: (values: Values, known: Quantities) => Terms | undefined;
  /** `undefined` for terms that the API cannot express. */
  readonly values: (terms: Terms, known: Quantities) => Values | undefined;
}

/**
 * The number shrinks weights beside the step: w ← (1 − lr·decay)·w.
 */
export interface DecaySide {
  /** The decay d by the names of the parameters. */
  readonly formula: string;
  readonly needs?: readonly Quantity[];
  readonly decay: (values: Values, known: Quantities) => number | undefined;
  readonly values: (decay: number, known: Quantities) => Values | undefined;
}

/** The numbers penalise the leaves of trees: Σ loss + λ₁Σ|v| + (λ₂/2)Σv². */
export interface LeafSide {
  readonly formula: string;
  readonly terms: (values: Values) => Terms;
  readonly values: (terms: Terms) => Values;
}

export interface ConventionParameter {
  readonly name: string;
  readonly default: number;
  /** What it is: "weight decay", "inverse strength". */
  readonly what: string;
}

/** What one API means by its λ. Has one side or several where they say the same. */
export interface Convention {
  /** Kebab-case, unique. */
  readonly id: string;
  readonly framework: string;
  /** `Ridge` */
  readonly api: string;
  readonly parameters: readonly ConventionParameter[];
  /** Objective or update that the numbers enter, by the parameters' names. */
  readonly objective: { readonly plain: string; readonly tex: string };
  readonly penalty?: PenaltySide;
  readonly decay?: DecaySide;
  readonly leaf?: LeafSide;
  /** True where the optimizer divides the penalty's gradient by its history, as Adam does. */
  readonly isRescaled?: true;
  /** The call with numbers as they are to be written. */
  readonly code: (values: Readonly<Record<string, string>>) => string;
  /** What else a reader must know, a sentence each. */
  readonly notes: readonly string[];
  /** Documentation or source that says so. */
  readonly source: string;
}

/** A framework's conventions, one file each. */
export interface ConventionFamily {
  readonly title: string;
  readonly conventions: readonly Convention[];
}
