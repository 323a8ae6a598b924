import type { ExperimentProblem } from "../../core/experiment/experiment-problem.ts";
import type { Dataset } from "./dataset.ts";
import type { ExperimentFile } from "./experiment-file.ts";

/**
 * The data set with the classes of the shared task, where `objective.task` renames them.
 *
 * @throws {ExperimentRefused} If a class has no name in the shared task, or no parent, or a class that
 * is named does not exist, there or in `objective.transfer.map`.
 */
export function alignTasks(file: ExperimentFile, dataset: Dataset): Dataset {
  const { task, transfer } = file.experiment.objective;
  const renamed = task?.method === "label_map" ? renameClasses(file, dataset, task.map) : dataset;
  if (task?.method === "hierarchy") {
    refuse(file, namingProblem(["objective", "task", "parents"], task.parents, dataset.classes));
  }
  for (const [from, to] of Object.entries(transfer?.map ?? {})) {
    const unknown = [from, to].find((name) => !renamed.classes.includes(name));
    if (unknown === undefined) continue;
    const path = ["objective", "transfer", "map", from];
    refuse(file, unknownClass(path, unknown, renamed.classes));
  }
  return renamed;
}

function renameClasses(
  file: ExperimentFile,
  dataset: Dataset,
  map: Readonly<Record<string, string>>,
): Dataset {
  refuse(file, namingProblem(["objective", "task", "map"], map, dataset.classes));
  const names = dataset.classes.map((name) => map[name] ?? name);
  const classes = [...new Set(names)].toSorted();
  const places = names.map((name) => classes.indexOf(name));
  return { ...dataset, classes, labels: dataset.labels.map((label) => places[label] ?? 0) };
}

/** A class that is not named, or a name that is no class. */
function namingProblem(
  path: readonly string[],
  names: Readonly<Record<string, string>>,
  classes: readonly string[],
): ExperimentProblem | undefined {
  const unknown = Object.keys(names).find((name) => !classes.includes(name));
  if (unknown !== undefined) return unknownClass([...path, unknown], unknown, classes);
  const missing = classes.filter((name) => !Object.hasOwn(names, name));
  if (missing.length === 0) return undefined;
  return {
    path,
    at: "value",
    message: `\`${path.at(-1)}\` says nothing of ${missing.join(", ")}`,
    allowed: `it names all classes: ${classes.join(", ")}`,
  };
}

function unknownClass(
  path: readonly string[],
  name: string,
  classes: readonly string[],
): ExperimentProblem {
  return {
    path,
    at: "key",
    message: `the data have no class \`${name}\``,
    allowed: `they have ${classes.join(", ")}`,
  };
}

function refuse(file: ExperimentFile, problem: ExperimentProblem | undefined): void {
  if (problem !== undefined) throw file.refuse(problem);
}
