import path from "node:path";
import { dataSource } from "../data-source.ts";
import { loadTable } from "./table/load-table.ts";
import { openParquet } from "./table/open-parquet.ts";

/** Rows of a Parquet file. */
export const parquet = dataSource("parquet", async (data, context) => {
  const file = { path: path.resolve(context.folder, data.path), name: data.path };
  return loadTable(await openParquet(file), data, ".", context);
});
