// Written by `npm run gen`; do not edit.
import type { DataSource } from "./data-source.ts";
import { arrays } from "./data/arrays.ts";
import { csv } from "./data/csv.ts";
import { parquet } from "./data/parquet.ts";
import { trio } from "./data/trio.ts";

export const DATA_SOURCES: readonly DataSource[] = [
  arrays,
  csv,
  parquet,
  trio,
];
