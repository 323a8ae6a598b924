import type { HoldoutSplit } from "../../core/experiment/experiment.ts";
import type { RunRecord } from "../../core/protocol/run-files.ts";
import { createRandom } from "./random.ts";

/** Row numbers of each part, in ascending order; no row is in two parts. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/** How many rows each part has, as a run tells them. */
export function sampleCounts({ train, validation, test }: Split): RunRecord["samples"] {
  return { train: train.length, validation: validation.length, test: test.length };
}

/**
 * Hold-out split of rows with class `labels`.
 *
 * Sizes are round(share · rows). With `stratify` every class is shuffled by itself and the classes
 * are then dealt out in turn, so a class's count in a part is its share, give or take one.
 */
export function splitHoldout(labels: Int32Array, split: Omit<HoldoutSplit, "method">): Split {
  const rows = labels.length;
  const order = split.stratify
    ? stratifiedOrder(labels, split.seed)
    : [...createRandom(split.seed, "split").permutation(rows)];
  const validation = Math.round(split.validation * rows);
  const test = Math.min(Math.round(split.test * rows), rows - validation);
  const part = (from: number, to: number) => Int32Array.from(order.slice(from, to)).sort();
  return {
    validation: part(0, validation),
    test: part(validation, validation + test),
    train: part(validation + test, rows),
  };
}

/** All rows, each class spread evenly from the first to the last place. */
function stratifiedOrder(labels: Int32Array, seed: number): readonly number[] {
  const byClass = new Map<number, number[]>();
  for (const row of createRandom(seed, "split").permutation(labels.length)) {
    const label = labels[row] ?? 0;
    const known = byClass.get(label);
    if (known === undefined) byClass.set(label, [row]);
    else known.push(row);
  }
  return [...byClass.entries()]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([label, rows]) =>
      rows.map((row, index) => ({ row, label, place: (index + 0.5) / rows.length })),
    )
    .toSorted((a, b) => a.place - b.place || a.label - b.label)
    .map(({ row }) => row);
}
