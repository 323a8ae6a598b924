import {
  type Data,
  type Experiment,
  FULL_BATCH,
  type ModalityRates,
  type Penalty,
  type Training,
  type TrioData,
} from "./experiment.ts";
import { experimentConflicts } from "./experiment-conflicts.ts";
import type { ExperimentProblem } from "./experiment-problem.ts";
import { lambdaError } from "./lambda.ts";
import { withDefaults } from "./schema-defaults.ts";
import { EXPERIMENT_SCHEMA } from "./schema-node.ts";
import { schemaProblems } from "./schema-problems.ts";

export type CheckedExperiment =
  | { readonly experiment: Experiment }
  | { readonly problems: readonly ExperimentProblem[] };

type FileData =
  | Exclude<Data, TrioData>
  | (Omit<TrioData, "mispaired"> & { readonly mispaired: number | ModalityRates });

/** What the schema vouches for; `Experiment` is this with its short forms written out. */
interface ExperimentFile extends Omit<Experiment, "data" | "training"> {
  readonly data: FileData;
  readonly training: FileTraining;
}

/** Keys that only some optimizers have. */
type OptimizerKeys = Pick<Training, "momentum" | "weight_decay" | "batch_size">;
type FileTraining = Omit<Training, keyof OptimizerKeys> & Partial<OptimizerKeys>;

/** Checks the parsed content of an experiment file and fills in defaults. Never throws. */
export function checkExperiment(value: unknown): CheckedExperiment {
  const filled = withDefaults(EXPERIMENT_SCHEMA, value);
  if (!isExperimentFile(filled)) return { problems: schemaProblems(filled) };
  const experiment = {
    ...filled,
    data: expandData(filled.data),
    training: { momentum: 0, weight_decay: 0, batch_size: FULL_BATCH, ...filled.training },
  };
  const problems = [...lambdaProblems(filled.penalty), ...experimentConflicts(experiment)];
  return problems.length === 0 ? { experiment } : { problems };
}

function isExperimentFile(value: unknown): value is ExperimentFile {
  return schemaProblems(value).length === 0;
}

function expandData(data: FileData): Data {
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
