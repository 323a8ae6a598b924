import type { TableData } from "../../../../core/experiment/file-data.ts";
import { nearestWord } from "../../../../core/text/edit-distance.ts";
import { dataFault } from "../../data-fault.ts";
import type { LoadContext } from "../../data-source.ts";
import type { ColumnRequest } from "./read-table.ts";

/** What each column of a file is for; a column may be for two things, a group and a feature say. */
export interface TablePlan {
  readonly features: readonly ColumnRequest[];
  readonly targets: readonly ColumnRequest[];
  readonly group?: ColumnRequest;
  readonly order?: ColumnRequest;
}

/**
 * Finds the columns that the experiment names. Features that are not named are all other columns.
 *
 * @throws {UserError} If there is no column of a name, or the task lacks its target.
 */
export function planTable(
  file: string,
  columns: readonly string[],
  data: TableData,
  { group, order }: NonNullable<LoadContext["columns"]> = {},
): TablePlan {
  const indexOf = (name: string, key: string): number => {
    const index = columns.indexOf(name);
    if (index >= 0) return index;
    const near = nearestWord(name, columns);
    throw dataFault(
      file,
      `there is no column \`${name}\`, which \`${key}\` names`,
      near === undefined ? `Its columns are ${listed(columns)}` : `Perhaps it is \`${near}\``,
    );
  };
  const targetNames = listOf(data.target);
  checkTask(file, data.task, targetNames);
  const targets = targetNames.map((name): ColumnRequest => {
    const kind = data.task === "regression" ? "numbers" : "categories";
    return { index: indexOf(name, "target"), kind };
  });
  const categories = categoriesOf(data.categorical);
  for (const name of categories.keys()) indexOf(name, "categorical");
  const taken = [...targetNames, group, order];
  const named = data.features === undefined ? undefined : listOf(data.features);
  const featureNames = named ?? columns.filter((name) => !taken.includes(name));
  const features = featureNames.map((name): ColumnRequest => {
    if (targetNames.includes(name)) throw bothWays(file, name);
    const index = indexOf(name, "features");
    if (!categories.has(name)) return { index, kind: "numbers" };
    const stated = categories.get(name);
    return { index, kind: "categories", ...(stated === undefined ? {} : { categories: stated }) };
  });
  if (features.length === 0) {
    throw dataFault(file, "there is no column beside the target", "Name the `features`");
  }
  return {
    features,
    targets,
    ...(group === undefined
      ? {}
      : { group: { index: indexOf(group, "split.group"), kind: "categories" } }),
    ...(order === undefined
      ? {}
      : { order: { index: indexOf(order, "split.order"), kind: "times" } }),
  };
}

function checkTask(file: string, task: TableData["task"], targets: readonly string[]): void {
  if (targets.length === 0 && task !== "clustering") {
    throw dataFault(file, `a ${task} needs a target`, "Name its column as `target` under `data`");
  }
  if (targets.length > 1 && task !== "regression") {
    throw dataFault(file, `a ${task} has one target, not ${targets.length}`, "Name one column");
  }
}

function bothWays(file: string, name: string) {
  return dataFault(file, `\`${name}\` is feature and target`, "Leave it out of one of the two");
}

/** Categories by column; `undefined` where they are those that are found. */
function categoriesOf(
  categorical: TableData["categorical"],
): ReadonlyMap<string, readonly string[] | undefined> {
  return Array.isArray(categorical)
    ? new Map(categorical.map((name: string) => [name, undefined]))
    : new Map(Object.entries(categorical));
}

function listOf(names: string | readonly string[] | undefined): readonly string[] {
  if (names === undefined) return [];
  return typeof names === "string" ? [names] : names;
}

const MAX_LISTED = 20;

function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, MAX_LISTED).join(", ");
  return columns.length > MAX_LISTED ? `${shown} and ${columns.length - MAX_LISTED} more` : shown;
}
