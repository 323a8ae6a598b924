// Written by `npm run gen`; do not edit.
import type { DataSource } from "./data-source.ts";
import { trio } from "./data/trio.ts";

export const DATA_SOURCES: readonly DataSource[] = [
  trio,
];
