import {
  changedZerosColumn,
  cosineColumn,
  equalColumn,
  largestChangeColumn,
  relativeChangeColumn,
} from "./change-columns.ts";
import { deadColumn } from "./dead-column.ts";
import type { LayerColumn } from "./layer-column.ts";
import { nameColumn } from "./name-column.ts";
import { nearZeroColumn } from "./near-zero-column.ts";
import { l1Column, l2Column } from "./norm-columns.ts";
import { shapeColumn } from "./shape-column.ts";
import { conditionColumn, stableRankColumn } from "./spectrum-columns.ts";
import { valuesColumn } from "./values-column.ts";
import { zeroColumn } from "./zero-column.ts";

/** Columns of the layer table of a run. */
export const RUN_COLUMNS: readonly LayerColumn[] = [
  nameColumn,
  shapeColumn,
  valuesColumn,
  zeroColumn,
  nearZeroColumn,
  l1Column,
  l2Column,
  deadColumn,
  stableRankColumn,
  conditionColumn,
];

/** Of a weight file nobody knows which axis is the outputs'. */
export const FILE_COLUMNS: readonly LayerColumn[] = [
  ...RUN_COLUMNS.filter((column) => column !== deadColumn),
  relativeChangeColumn,
  largestChangeColumn,
  cosineColumn,
  equalColumn,
  changedZerosColumn,
];
