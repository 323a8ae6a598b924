import { deadColumn } from "./dead-column.ts";
import type { LayerColumn } from "./layer-column.ts";
import { nameColumn } from "./name-column.ts";
import { l1Column, l2Column } from "./norm-columns.ts";
import { shapeColumn } from "./shape-column.ts";
import { stableRankColumn } from "./spectrum-columns.ts";
import { valuesColumn } from "./values-column.ts";
import { zeroColumn } from "./zero-column.ts";

/** Columns of the layer table of a run. */
export const RUN_COLUMNS: readonly LayerColumn[] = [
  nameColumn,
  shapeColumn,
  valuesColumn,
  zeroColumn,
  l1Column,
  l2Column,
  deadColumn,
  stableRankColumn,
];

/** Of a weight file nobody knows which axis is the outputs'. */
export const FILE_COLUMNS: readonly LayerColumn[] = RUN_COLUMNS.filter(
  (column) => column !== deadColumn,
);
