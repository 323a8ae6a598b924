import path from "node:path";
import { dataSource } from "../data-source.ts";
import { loadTable } from "./table/load-table.ts";
import { openCsv } from "./table/open-csv.ts";

/** Rows of a CSV file. */
export const csv = dataSource("csv", async (data, context) => {
  const file = { path: path.resolve(context.folder, data.path), name: data.path };
  const reader = await openCsv(file, data.delimiter);
  return loadTable(reader, data, data.decimal, context);
});
