import {
  type Data,
  type Experiment,
  FULL_BATCH,
  type HoldoutSplit,
  type KfoldSplit,
  type Lambda,
  type ModalityRates,
  type Pairing,
  type Penalty,
  type Training,
  type TrioData,
} from "./experiment.ts";
import { experimentConflicts } from "./experiment-conflicts.ts";
import type { ExperimentProblem } from "./experiment-problem.ts";
import { lambdaError } from "./lambda.ts";
import { isLinear } from "./linear-conflicts.ts";
import { hasOwnObjective, isTrainedAlignment } from "./own-objective.ts";
import { withDefaults } from "./schema-defaults.ts";
import { EXPERIMENT_SCHEMA, schemaAt } from "./schema-node.ts";
import { missingKey, schemaProblems } from "./schema-problems.ts";

export type CheckedExperiment =
  | { readonly experiment: Experiment }
  | { readonly problems: readonly ExperimentProblem[] };

type FileData = Partial<Pairing> &
  (
    | Exclude<Data, TrioData>
    | (Omit<TrioData, "mispaired"> & { readonly mispaired: number | ModalityRates })
  );

/** What the schema vouches for; `Experiment` is this with its short forms written out. */
interface ExperimentFile extends Omit<Experiment, "data" | "training" | "split" | "penalty"> {
  readonly data: FileData;
  readonly training: FileTraining;
  readonly split: HoldoutSplit | Omit<KfoldSplit, "validation">;
  readonly penalty: readonly FilePenalty[];
}

/** With `select` a penalty need not give its λ. */
type FilePenalty = OptionalLambda<Penalty>;
type OptionalLambda<Entry> = Entry extends { readonly lambda: Lambda }
  ? Omit<Entry, "lambda"> & { readonly lambda?: Lambda }
  : Entry;

/** Keys that only some optimizers have. */
type OptimizerKeys = Pick<Training, "momentum" | "weight_decay" | "batch_size">;
type FileTraining = Omit<Training, keyof OptimizerKeys> & Partial<OptimizerKeys>;

/** Checks the parsed content of an experiment file and fills in defaults. Never throws. */
export function checkExperiment(value: unknown): CheckedExperiment {
  const filled = withDefaults(EXPERIMENT_SCHEMA, value);
  const missing = missingSections(value);
  if (!isExperimentFile(filled)) return { problems: [...missing, ...schemaProblems(filled)] };
  if (missing.length > 0) return { problems: missing };
  const penalty = filled.penalty.flatMap((entry) => withLambda(entry, filled.select) ?? []);
  if (penalty.length < filled.penalty.length) return { problems: missingLambdas(filled.penalty) };
  const experiment = {
    ...filled,
    data: expandData(filled.data),
    split: { validation: 0, ...filled.split },
    penalty,
    training: { momentum: 0, weight_decay: 0, batch_size: FULL_BATCH, ...filled.training },
  };
  const problems = [...lambdaProblems(penalty), ...experimentConflicts(experiment)];
  return problems.length === 0 ? { experiment } : { problems };
}

function isExperimentFile(value: unknown): value is ExperimentFile {
  return schemaProblems(value).length === 0;
}

/** Models without epochs to train for; `training` may still be given, for its solver or its seed. */
function isUntrained(type: string, method: string): boolean {
  const isFitted = type === "alignment" && !isTrainedAlignment({ type, method });
  return isLinear(type) || type === "kmeans" || isFitted;
}

/** Sections that a descent needs and a method with an objective of its own does without. */
function missingSections(value: unknown): ExperimentProblem[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const given = new Map<string, unknown>(Object.entries(value));
  const model = new Map<string, unknown>(Object.entries(given.get("model") ?? {}));
  const [type, method] = [String(model.get("type")), String(model.get("method"))];
  const wanted = [
    ...(hasOwnObjective(type) ? [] : ["objective"]),
    ...(isUntrained(type, method) ? [] : ["training"]),
  ];
  return wanted
    .filter((section) => !given.has(section))
    .map((section) => missingKey([section], EXPERIMENT_SCHEMA.properties?.[section] ?? {}));
}

/** `undefined` where λ is missing and nothing chooses it. */
function withLambda(entry: FilePenalty, select: Experiment["select"]): Penalty | undefined {
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
