import {
  type Data,
  type Experiment,
  FULL_BATCH,
  type HoldoutSplit,
  type KfoldSplit,
  type Lambda,
  type ModalityRates,
  type Objective,
  type Pairing,
  type Penalty,
  type Select,
  type Training,
  type TrioData,
} from "./experiment.ts";
import { experimentConflicts } from "./experiment-conflicts.ts";
import type { ExperimentProblem } from "./experiment-problem.ts";
import { lambdaError } from "./lambda.ts";
import { withDefaults } from "./schema-defaults.ts";
import { EXPERIMENT_SCHEMA, schemaAt } from "./schema-node.ts";
import { missingKey, schemaProblems } from "./schema-problems.ts";
import { unusedKeys } from "./unused-keys.ts";

export type CheckedExperiment =
  | { readonly experiment: Experiment }
  | { readonly problems: readonly ExperimentProblem[] };

type FileSelect = Pick<Select, "rule"> & Partial<Select>;
type FileData = Partial<Pairing> &
  (
    | Exclude<Data, TrioData>
    | (Omit<TrioData, "mispaired"> & { readonly mispaired: number | ModalityRates })
  );

/** What the schema vouches for; `Experiment` is this with its short forms written out. */
interface ExperimentFile
  extends Omit<
    Experiment,
    "data" | "training" | "split" | "penalty" | "weight_operations" | "objective" | "select"
  > {
  readonly data: FileData;
  readonly training: Partial<Training>;
  readonly objective?: Objective;
  readonly select?: FileSelect;
  readonly split: HoldoutSplit | Omit<KfoldSplit, "validation">;
  readonly penalty?: readonly FilePenalty[];
  readonly weight_operations?: Experiment["weight_operations"];
}

/** With `select` a penalty need not give its λ. */
type FilePenalty = OptionalLambda<Penalty>;
type OptionalLambda<Entry> = Entry extends { readonly lambda: Lambda }
  ? Omit<Entry, "lambda"> & { readonly lambda?: Lambda }
  : Entry;

/** What stands for keys that only some optimizers have, and for all of them where nothing is stepped. */
const NO_STEPS: Training = {
  solver: "auto",
  optimizer: "gradient_descent",
  learning_rate: 0,
  schedule: { type: "constant", warmup: 0 },
  momentum: 0,
  weight_decay: 0,
  batch_size: FULL_BATCH,
  epochs: 0,
  seed: 0,
  backend: "auto",
  compile: false,
  log_every: 1,
  snapshot_every: 1,
};

/** Checks the parsed content of an experiment file and fills in defaults. Never throws. */
export function checkExperiment(value: unknown): CheckedExperiment {
  const filled = withDefaults(EXPERIMENT_SCHEMA, value);
  if (!isExperimentFile(filled)) return { problems: schemaProblems(filled) };
  const given = filled.penalty ?? [];
  const penalty = given.flatMap((entry) => withLambda(entry, filled.select) ?? []);
  if (penalty.length < given.length) return { problems: missingLambdas(given) };
  const { select, ...rest } = filled;
  const experiment = {
    ...rest,
    ...(select === undefined ? {} : { select: { lambda: [], warm_start: false, ...select } }),
    data: expandData(filled.data),
    split: { validation: 0, ...filled.split },
    penalty,
    weight_operations: filled.weight_operations ?? [],
    objective: filled.objective ?? { loss: "none" },
    training: { ...NO_STEPS, ...filled.training },
  } satisfies Experiment;
  const problems = [
    ...lambdaProblems(penalty),
    ...experimentConflicts(experiment),
    ...unusedKeys(value, experiment),
  ];
  return problems.length === 0 ? { experiment } : { problems };
}

function isExperimentFile(value: unknown): value is ExperimentFile {
  return schemaProblems(value).length === 0;
}

/** `undefined` where λ is missing and nothing chooses it. */
function withLambda(entry: FilePenalty, select: FileSelect | undefined): Penalty | undefined {
  if (entry.norm === "max_norm") return entry;
  const lambda = entry.lambda ?? (select === undefined ? undefined : 0);
  return lambda === undefined ? undefined : { ...entry, lambda };
}

function missingLambdas(penalties: readonly FilePenalty[]): ExperimentProblem[] {
  const node = schemaAt(["penalty", 0, "lambda"]) ?? {};
  return penalties.flatMap((entry, index) =>
    entry.norm === "max_norm" || entry.lambda !== undefined
      ? []
      : [missingKey(["penalty", index, "lambda"], node)],
  );
}

function expandData(data: FileData): Experiment["data"] {
  if (data.source !== "trio") return data;
  const { mispaired } = data;
  return typeof mispaired === "number"
    ? { ...data, mispaired: { image: 0, text: mispaired, audio: mispaired } }
    : { ...data, mispaired };
}

function lambdaProblems(penalties: readonly Penalty[]): ExperimentProblem[] {
  return penalties.flatMap((penalty, index) => {
    const lambda = penalty.norm === "max_norm" ? 0 : penalty.lambda;
    const message = typeof lambda === "string" ? lambdaError(lambda) : undefined;
    if (message === undefined) return [];
    return { path: ["penalty", index, "lambda"], at: "value", message, allowed: "" };
  });
}
