import type { ArraysData } from "../../../core/experiment/file-data.ts";
import { dataFault } from "../data-fault.ts";
import { dataSource, type LoadContext } from "../data-source.ts";
import {
  type ArrayFacts,
  type ArrayReference,
  describeArray,
  numbersOf,
  textsOf,
} from "./arrays/array-files.ts";
import { asImages } from "./arrays/as-images.ts";
import { chooseRows } from "./arrays/choose-rows.ts";
import { classLabels } from "./arrays/class-labels.ts";
import { findArrays } from "./arrays/find-arrays.ts";
import type { TableColumn } from "./table/read-table.ts";
import { tableDataset } from "./table/table-dataset.ts";

/** Features or pictures and a target, from NumPy or safetensors files. */
export const arrays = dataSource("arrays", async (data, context) => {
  const roles = await findArrays(data, context);
  const facts = await describeArray(roles.features, context);
  const rows = chooseRows(facts.rows, data, context);
  const features = await numberColumns(roles.features, facts, rows, context);
  const targets =
    roles.target === undefined ? [] : await targetColumns(data, roles.target, facts, rows, context);
  const dataset = tableDataset(
    rows.length,
    { features, targets },
    {
      task: data.task,
      missing: data.missing_values,
      place: (row) => `${facts.place}, row ${rows[row] ?? 0}`,
      report: context.report,
    },
  );
  return data.kind === "image" ? asImages(dataset, facts) : dataset;
});

async function targetColumns(
  { task }: ArraysData,
  reference: ArrayReference,
  features: ArrayFacts,
  rows: Int32Array,
  context: LoadContext,
): Promise<readonly TableColumn[]> {
  const facts = await describeArray(reference, context);
  if (facts.rows !== features.rows) {
    throw dataFault(
      facts.place,
      `it has ${facts.rows} rows, the features have ${features.rows}`,
      "Give arrays of as many rows",
    );
  }
  if (task === "regression") return numberColumns(reference, facts, rows, context);
  if (facts.width !== 1) {
    throw dataFault(
      facts.place,
      `a ${task} has one class a row, the array is [${facts.shape.join(", ")}]`,
      "Give the number or the name of the class, not one-hot rows",
    );
  }
  const { classes, labels } = classLabels(await textsOf(reference, rows, context));
  return [
    { kind: "categories", name: reference.array ?? "target", codes: labels, categories: classes },
  ];
}

async function numberColumns(
  reference: ArrayReference,
  { place, width, shape }: ArrayFacts,
  rows: Int32Array,
  context: LoadContext,
): Promise<readonly TableColumn[]> {
  if (width === 0)
    throw dataFault(place, `it is empty: [${shape.join(", ")}]`, "Give an array with columns");
  const values = await numbersOf(reference, rows, context);
  const infinite = values.findIndex((value) => value === Infinity || value === -Infinity);
  if (infinite >= 0) {
    const row = rows[Math.floor(infinite / width)] ?? 0;
    throw dataFault(
      `${place}, row ${row}`,
      `column ${infinite % width} is ${values[infinite]}`,
      "Correct it, or make it NaN and set `missing_values`",
    );
  }
  const base = reference.array ?? "x";
  return Array.from({ length: width }, (_, column) => ({
    kind: "numbers",
    name: width === 1 ? base : `${base}[${column}]`,
    value: (row) => values[row * width + column] ?? Number.NaN,
  }));
}
