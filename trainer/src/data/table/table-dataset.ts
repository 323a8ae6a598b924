import type { TableData } from "../../../../core/experiment/file-data.ts";
import { dataFault } from "../../data-fault.ts";
import type { Dataset } from "../../dataset.ts";
import { featuresDataset } from "../features-dataset/features-dataset.ts";
import { countMissing, missingText, refuseMissing } from "./missing-values.ts";
import type { TableColumn } from "./read-table.ts";

/** Columns of a table by what they are for. */
export interface TableRoles {
  readonly features: readonly TableColumn[];
  readonly targets: readonly TableColumn[];
  readonly group?: TableColumn;
  readonly order?: TableColumn;
}

export interface TableSettings {
  readonly task: TableData["task"];
  readonly missing: TableData["missing_values"];
  /** A row of the table for people. */
  place(row: number): string;
  report(text: string): void;
}

/**
 * The first `rows` rows of a table as a data set with one modality, `features`.
 *
 * A column of categories gives one column for each, 1 where the row is of that category; a row
 * without one has 0 in all of them. Missing numbers are left as NaN where the policy is to fill them,
 * which the training part alone has to say how.
 *
 * @throws {UserError} If values are missing that must not be.
 */
export function tableDataset(rows: number, roles: TableRoles, settings: TableSettings): Dataset {
  const kept = keptRows(rows, roles, settings);
  const columns = roles.features.flatMap(expand);
  const data = new Float64Array(kept.length * columns.length);
  for (const [index, row] of kept.entries()) {
    for (const [column, { value }] of columns.entries()) {
      data[index * columns.length + column] = value(row);
    }
  }
  const { group, order, targets, features: _ } = roles;
  return featuresDataset({
    columns: columns.map(({ name }) => name),
    data,
    ...targetOf(settings.task, targets, kept),
    ...(group?.kind === "categories" ? { groups: kept.map((row) => group.codes[row] ?? 0) } : {}),
    ...(order?.kind === "numbers"
      ? { order: Float64Array.from(kept, (row) => order.value(row)) }
      : {}),
    captions: Array.from(kept, (row) => settings.place(row)),
  });
}

function targetOf(task: TableData["task"], targets: readonly TableColumn[], kept: Int32Array) {
  if (task !== "regression") {
    const [target] = targets;
    if (target?.kind !== "categories") return {};
    return { classes: target.categories, labels: kept.map((row) => target.codes[row] ?? 0) };
  }
  const width = targets.length;
  const data = new Float64Array(kept.length * width);
  for (const [column, target] of targets.entries()) {
    if (target.kind !== "numbers") continue;
    for (const [index, row] of kept.entries()) {
      data[index * width + column] = target.value(row);
    }
  }
  return { targets: { names: targets.map(({ name }) => name), data } };
}

/** Rows that are trained on; what is dropped is told. */
function keptRows(rows: number, roles: TableRoles, settings: TableSettings): Int32Array {
  const { missing, place, report } = settings;
  const splitColumns = [roles.group, roles.order].filter((column) => column !== undefined);
  refuseMissing("error", countMissing(splitColumns.map(asColumn), rows), rows, place);
  const features = countMissing(roles.features.map(asColumn), rows);
  const targets = countMissing(roles.targets.map(asColumn), rows);
  refuseMissing(missing, [...targets, ...features], rows, place);
  const needed = [...roles.targets, ...(missing === "drop" ? roles.features : [])].map(asColumn);
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const kept = all.filter((row) => needed.every((column) => !column.isMissing(row)));
  if (kept.length < rows) {
    const dropped = (rows - kept.length).toLocaleString("en");
    const counts = missing === "drop" ? [...targets, ...features] : targets;
    report(
      `Dropped ${dropped} of ${rows.toLocaleString("en")} rows for missing values: ${missingText(counts)}`,
    );
  }
  if (features.length > 0 && missing !== "drop") {
    report(
      `Missing values are filled with the training part's ${missing}: ${missingText(features)}`,
    );
  }
  if (kept.length === 0) {
    throw dataFault(place(0), "no row is left to train on", "Leave columns without values out");
  }
  return kept;
}

function asColumn(column: TableColumn) {
  return {
    name: column.name,
    isMissing: (row: number) =>
      column.kind === "numbers" ? Number.isNaN(column.value(row)) : (column.codes[row] ?? -1) < 0,
  };
}

function expand(column: TableColumn): { name: string; value(row: number): number }[] {
  if (column.kind === "numbers") {
    return [column];
  }
  return column.categories.map((category, code) => ({
    name: `${column.name}=${category}`,
    value: (row) => (column.codes[row] === code ? 1 : 0),
  }));
}
