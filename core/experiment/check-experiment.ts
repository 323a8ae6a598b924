import type { Experiment, Lambda, ModalityRates, Penalty } from "./experiment.ts";
import { experimentConflicts } from "./experiment-conflicts.ts";
import type { ExperimentProblem } from "./experiment-problem.ts";
import { lambdaError } from "./lambda.ts";
import { withDefaults } from "./schema-defaults.ts";
import { EXPERIMENT_SCHEMA } from "./schema-node.ts";
import { schemaProblems } from "./schema-problems.ts";

export type CheckedExperiment =
  | { readonly experiment: Experiment }
  | { readonly problems: readonly ExperimentProblem[] };

interface FilePenalty {
  readonly norm: Penalty["norm"];
  readonly lambda: Lambda;
  readonly l1_ratio?: number;
  readonly convention?: "plain" | "half" | "half_mean";
  readonly on?: string;
}

/** What the schema vouches for; `Experiment` is this with its short forms written out. */
interface ExperimentFile extends Omit<Experiment, "data" | "penalty"> {
  readonly data: Omit<Experiment["data"], "mispaired"> & {
    readonly mispaired: number | ModalityRates;
  };
  readonly penalty: readonly FilePenalty[];
}

const DEFAULT_CONVENTION = "half";
const DEFAULT_L1_RATIO = 0.5;

/** Checks the parsed content of an experiment file and fills in defaults. Never throws. */
export function checkExperiment(value: unknown): CheckedExperiment {
  const filled = withDefaults(EXPERIMENT_SCHEMA, value);
  if (!isExperimentFile(filled)) return { problems: schemaProblems(filled) };
  const experiment = expand(filled);
  const problems = [...penaltyProblems(filled.penalty), ...experimentConflicts(experiment)];
  return problems.length === 0 ? { experiment } : { problems };
}

function isExperimentFile(value: unknown): value is ExperimentFile {
  return schemaProblems(value).length === 0;
}

function expand(file: ExperimentFile): Experiment {
  const { mispaired } = file.data;
  const rates =
    typeof mispaired === "number" ? { image: 0, text: mispaired, audio: mispaired } : mispaired;
  return {
    ...file,
    data: { ...file.data, mispaired: rates },
    penalty: file.penalty.map(expandPenalty),
  };
}

function expandPenalty(penalty: FilePenalty): Penalty {
  const { norm, lambda, on } = penalty;
  const rest = { lambda, ...(on === undefined ? {} : { on }) };
  switch (norm) {
    case "l1":
      return { norm, ...rest };
    case "l2":
      return { norm, ...rest, convention: penalty.convention ?? DEFAULT_CONVENTION };
    case "elastic_net":
      return { norm, ...rest, l1_ratio: penalty.l1_ratio ?? DEFAULT_L1_RATIO };
  }
}

function penaltyProblems(penalties: readonly FilePenalty[]): ExperimentProblem[] {
  return penalties.flatMap((penalty, index) => {
    const { norm, lambda, convention, l1_ratio } = penalty;
    const problems: ExperimentProblem[] = [];
    const add = (key: string, at: "key" | "value", message: string, allowed: string) => {
      problems.push({ path: ["penalty", index, key], at, message, allowed });
    };
    const error = typeof lambda === "string" ? lambdaError(lambda) : undefined;
    if (error !== undefined) add("lambda", "value", error, "");
    if (convention !== undefined && norm !== "l2") {
      add("convention", "key", `\`${norm}\` has no convention`, "only l2 takes one");
    }
    if (l1_ratio !== undefined && norm !== "elastic_net") {
      add("l1_ratio", "key", `\`${norm}\` has no l1_ratio`, "only elastic_net takes one");
    }
    return problems;
  });
}
