import type { Pairing } from "../../core/experiment/experiment.ts";
import type { Dataset, ModalityData } from "./dataset.ts";
import { elementCount } from "./element-count.ts";
import type { Values } from "./procedure.ts";
import type { Split } from "./split.ts";

export interface MissingHandled {
  readonly dataset: Dataset;
  readonly split: Split;
  /** `data/missing/<modality>`: share of all rows that lack it. */
  readonly values: Values;
  readonly notes: readonly string[];
}

/**
 * Does what the experiment says about rows that lack one of the modalities `names`, and says what
 * that was.
 *
 * `mask` leaves all as it is: models and measures skip what is not there. `drop` takes such rows out
 * of every part. `impute` puts the training part's mean in their place, for tokens its most frequent
 * row; what is imputed counts as present. `leave_gaps` leaves that to whoever fits, fold by fold.
 * `refuse` gives a text in place of a result where any row
 * lacks any.
 */
export function handleMissing(
  dataset: Dataset,
  split: Split,
  names: readonly string[],
  policy: Pairing["missing_policy"] | "leave_gaps",
): MissingHandled | string {
  const used = dataset.modalities.filter(({ name }) => names.includes(name));
  const counts = used.map(({ name, present }) => ({
    name,
    count: present.reduce((sum, isThere) => sum + (isThere === 0 ? 1 : 0), 0),
  }));
  const lacking = counts.filter(({ count }) => count > 0);
  const values = Object.fromEntries(
    counts.map(({ name, count }) => [`data/missing/${name}`, count / dataset.rows]),
  );
  const found = lacking
    .map(({ name, count }) => `${count} of ${dataset.rows} rows lack ${name}`)
    .join(", ");
  if (lacking.length === 0) return { dataset, split, values, notes: [] };
  switch (policy) {
    case "mask": {
      const part = used.length > 1 ? "take part with what they have" : "count for nothing";
      return { dataset, split, values, notes: [`${found}; they ${part}`] };
    }
    case "leave_gaps": {
      const note = `${found}; the mean of the training part stands in, in each fold its own`;
      return { dataset, split, values, notes: [note] };
    }
    case "refuse":
      return found;
    case "drop": {
      const kept = dropRows(split, used);
      const before = sizeOf(split);
      const note = `${found}; ${before - sizeOf(kept)} of ${before} rows are left out of all parts`;
      return { dataset, split: kept, values, notes: [note] };
    }
    case "impute": {
      const modalities = dataset.modalities.map((modality) =>
        names.includes(modality.name) ? imputed(modality, split.train) : modality,
      );
      const note = `${found}; the training part's mean stands in, for tokens its most frequent row`;
      return { dataset: { ...dataset, modalities }, split, values, notes: [note] };
    }
  }
}

function sizeOf({ train, validation, test }: Split): number {
  return train.length + validation.length + test.length;
}

function dropRows(split: Split, used: readonly ModalityData[]): Split {
  const whole = (rows: Int32Array) =>
    rows.filter((row) => used.every(({ present }) => present[row] === 1));
  return {
    train: whole(split.train),
    validation: whole(split.validation),
    test: whole(split.test),
  };
}

function imputed(modality: ModalityData, train: Int32Array): ModalityData {
  const { shape, data, present, kind } = modality;
  const width = elementCount(shape);
  const known = train.filter((row) => present[row] === 1);
  if (known.length === 0) return modality;
  const rowOf = (row: number) => data.subarray(row * width, (row + 1) * width);
  const stand =
    kind === "tokens" ? mostFrequent([...known].map(rowOf)) : meanOf([...known].map(rowOf));
  const filled = data.slice();
  for (const [row, isThere] of present.entries()) if (isThere === 0) filled.set(stand, row * width);
  return { ...modality, data: filled, present: new Uint8Array(present.length).fill(1) };
}

type Numbers = Float32Array | Float64Array | Int32Array;

function meanOf(rows: readonly Numbers[]): Float64Array {
  const sums = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (const [k, value] of row.entries()) sums[k] = (sums[k] ?? 0) + value;
  return sums.map((sum) => sum / rows.length);
}

/** Of equally frequent rows the first. */
function mostFrequent(rows: readonly Numbers[]): Numbers {
  const counts = new Map<string, { readonly row: Numbers; count: number }>();
  for (const row of rows) {
    const key = row.join(" ");
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { row, count: 1 });
    else known.count += 1;
  }
  const [first, ...rest] = [...counts.values()];
  const best = rest.reduce((most, one) => (one.count > (most?.count ?? 0) ? one : most), first);
  return best?.row ?? new Int32Array(0);
}
