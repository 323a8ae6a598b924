import type { HoldoutSplit, KfoldSplit } from "../../core/experiment/experiment.ts";
import type { Dataset } from "./dataset.ts";
import { createRandom } from "./random.ts";
import { type Split, splitHoldout } from "./split.ts";
import { UserError } from "./user-error.ts";

type SplitSettings = HoldoutSplit | KfoldSplit;
type SplitRows = Pick<Dataset, "rows" | "labels" | "testRows" | "groups" | "order">;

/**
 * Parts of a data set.
 *
 * Rows that the source sets aside are the test part; `validation` is then a share of the others and
 * `test` is not used. Groups stay whole: they are drawn in turn until a part has its rows. With an
 * order the last rows are the test part and those before them the validation part. Otherwise rows are
 * drawn, evenly over the classes with `stratify`.
 *
 * @throws {UserError} If no row is left to train on.
 */
export function splitDataset(dataset: SplitRows, split: SplitSettings): Split {
  const parts = divideAll(dataset, split);
  if (parts.train.length > 0) return parts;
  throw new UserError(
    "split",
    `Of ${dataset.rows} rows ${parts.validation.length} are the validation part, ${parts.test.length} the test part, and none is left to train on`,
    "Give more rows or groups, or make `validation` and `test` of `split` smaller",
  );
}

function divideAll(dataset: SplitRows, split: SplitSettings): Split {
  const { rows, testRows } = dataset;
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  if (testRows === undefined) return divide(dataset, all, split);
  const isTest = new Uint8Array(rows);
  for (const row of testRows) isTest[row] = 1;
  const others = all.filter((row) => isTest[row] === 0);
  return { ...divide(dataset, others, { ...split, test: 0 }), test: testRows };
}

function divide(dataset: SplitRows, rows: Int32Array, split: SplitSettings): Split {
  const { order, groups, labels } = dataset;
  if (order !== undefined) return inOrder(rows, order, split);
  if (groups !== undefined) return byGroup(rows, groups, split);
  const isStratified = split.stratify && labels.length > 0;
  const drawn = splitHoldout(
    rows.map((row) => labels[row] ?? 0),
    { ...split, stratify: isStratified },
  );
  const rowsOf = (part: Int32Array) => part.map((index) => rows[index] ?? 0);
  return {
    train: rowsOf(drawn.train),
    validation: rowsOf(drawn.validation),
    test: rowsOf(drawn.test),
  };
}

function inOrder(rows: Int32Array, order: Float64Array, split: SplitSettings): Split {
  const sorted = rows.toSorted((a, b) => (order[a] ?? 0) - (order[b] ?? 0) || a - b);
  const { test, validation } = sizes(rows.length, split);
  const train = rows.length - test - validation;
  return {
    train: sorted.slice(0, train).sort(),
    validation: sorted.slice(train, train + validation).sort(),
    test: sorted.slice(train + validation).sort(),
  };
}

function byGroup(rows: Int32Array, groups: Int32Array, split: SplitSettings): Split {
  const members = new Map<number, number[]>();
  for (const row of rows) {
    const group = groups[row] ?? 0;
    const known = members.get(group);
    if (known === undefined) members.set(group, [row]);
    else known.push(row);
  }
  const lists = [...members.values()];
  const wanted = sizes(rows.length, split);
  const parts = { validation: [], test: [], train: [] } satisfies Record<string, number[]>;
  for (const index of createRandom(split.seed, "split").permutation(lists.length)) {
    const part: number[] =
      parts.validation.length < wanted.validation
        ? parts.validation
        : parts.test.length < wanted.test
          ? parts.test
          : parts.train;
    part.push(...(lists[index] ?? []));
  }
  const rowsOf = (part: readonly number[]) => Int32Array.from(part).sort();
  return {
    train: rowsOf(parts.train),
    validation: rowsOf(parts.validation),
    test: rowsOf(parts.test),
  };
}

function sizes(rows: number, { validation, test }: SplitSettings) {
  const size = Math.round(validation * rows);
  return { validation: size, test: Math.min(Math.round(test * rows), rows - size) };
}
