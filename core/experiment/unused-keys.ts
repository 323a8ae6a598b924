import { modalitiesOf } from "./data-modalities.ts";
import type { Experiment } from "./experiment.ts";
import type { ExperimentPath, ExperimentProblem } from "./experiment-problem.ts";
import { valueAt, wayOf } from "./experiment-way.ts";

/** A key that says nothing, why, and what to do about it. */
interface Unused {
  readonly path: readonly string[];
  readonly why: string;
  readonly allowed?: string;
}

/**
 * Keys that stand in the `file` and that nothing looks at, given the rest of it: what the schema
 * cannot say of single values. The experiment is that of the file. Total.
 */
export function unusedKeys(file: unknown, experiment: Experiment): ExperimentProblem[] {
  return [
    ...splitKeys(experiment),
    ...dataKeys(experiment),
    ...modelKeys(experiment),
    ...trainingKeys(experiment),
    ...selectKeys(experiment),
  ]
    .filter(({ path }) => valueAt(file, path) !== undefined)
    .map(({ path, why, allowed = "leave it out" }) => ({
      path: path satisfies ExperimentPath,
      at: "key",
      message: `\`${path.at(-1)}\` says nothing: ${why}`,
      allowed,
    }));
}

function splitKeys(experiment: Experiment): Unused[] {
  const { split } = experiment;
  const at = (key: string, why: string): Unused => ({ path: ["split", key], why });
  if (split.order !== undefined) {
    const why = `rows are divided in the order of \`${split.order}\``;
    return ["stratify", "shuffle", "seed"].map((key) => at(key, why));
  }
  const unused: Unused[] = [];
  if (split.group !== undefined) {
    const why = `groups of equal \`${split.group}\` are kept whole`;
    unused.push(at("stratify", why), at("shuffle", why));
  } else if (!hasClasses(experiment)) {
    unused.push(at("stratify", "the rows have no classes"));
  }
  if (!isDrawn(experiment)) {
    const why = "nothing is drawn";
    unused.push(at("seed", why));
    if (split.method === "holdout") unused.push(at("stratify", why));
  }
  return unused;
}

function hasClasses({ data }: Experiment): boolean {
  switch (data.source) {
    case "csv":
    case "parquet":
    case "arrays":
      return data.task === "classification" || (data.task === "clustering" && !!data.target);
    case "pairs":
      return data.labels !== undefined;
    default:
      return true;
  }
}

/** Whether the seed of the split draws parts, folds or the pairs that are probed. */
function isDrawn(experiment: Experiment): boolean {
  const { split, data } = experiment;
  if (data.mispaired_policy !== undefined && data.mispaired_policy !== "ignore") {
    if (modalitiesRead(experiment) > 1) return true;
  }
  if (split.validation + split.test > 0) return true;
  return split.method === "kfold" && split.shuffle && split.group === undefined;
}

function dataKeys(experiment: Experiment): Unused[] {
  if (modalitiesRead(experiment) > 1) return [];
  const why = "a model of one modality has no pairs";
  return [{ path: ["data", "mispaired_policy"], why }];
}

/** How many different modalities the run looks at. */
function modalitiesRead(experiment: Experiment): number {
  const { model } = experiment;
  const known = modalitiesOf(experiment.data);
  if (model.type === "alignment") return 2;
  if (model.type === "towers") {
    return Object.keys(model.private).filter((name) => known.includes(name)).length;
  }
  return wayOf(experiment) === "solver" ? known.length : 1;
}

function modelKeys(experiment: Experiment): Unused[] {
  const { model } = experiment;
  if ((model.type === "mlp" || model.type === "cnn") && model.hidden.length === 0) {
    return [{ path: ["model", "dropout"], why: "there are no hidden layers" }];
  }
  if (model.type !== "towers") return [];
  const known = modalitiesOf(experiment.data);
  return Object.keys(model.private)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: ["model", "private", name],
      why: "the data have no such modality",
      allowed: `they have ${known.join(", ")}`,
    }));
}

function trainingKeys(experiment: Experiment): Unused[] {
  const { select } = experiment;
  if (select === undefined || wayOf(experiment) !== "network") return [];
  if (select.rule === "hypergradient") return [];
  const why = "a choice of λ writes no checkpoints";
  return [{ path: ["training", "checkpoint_every"], why }];
}

function selectKeys({ select }: Experiment): Unused[] {
  if (select?.rule !== "hypergradient") return [];
  const why = "λ is learned from the one that the penalty gives";
  return [{ path: ["select", "warm_start"], why }];
}
