import { dataFault } from "../../data-fault.ts";
import type { ModalityData } from "../../dataset.ts";

/** What is measured of the embeddings of a modality. */
export interface EmbeddingRows {
  readonly modality: ModalityData;
  readonly missing: number;
  /** Rows that another row equals in every number. */
  readonly repeated: number;
  /** Mean of the rows' Euclidean norms as they are in the file. */
  readonly meanNorm: number;
}

export interface EmbeddingInput {
  readonly name: string;
  /** The array for people. */
  readonly place: string;
  /** Row-major. */
  readonly values: Float64Array;
  readonly width: number;
  /** Numbers of the rows in the file. */
  readonly rows: Int32Array;
  readonly isUnitNorm: boolean;
}

/**
 * Embeddings as a modality. A row of NaN alone is missing and becomes zeros.
 *
 * @throws {UserError} At a row that is missing in part or infinite, and at a zero row that is to get
 * norm 1.
 */
export function embeddingRows(input: EmbeddingInput): EmbeddingRows {
  const { name, values, width, rows, isUnitNorm } = input;
  const data = new Float32Array(values.length);
  const present = new Uint8Array(rows.length);
  const seen = new Map<string, number>();
  let normSum = 0;
  for (const index of rows.keys()) {
    const row = values.subarray(index * width, (index + 1) * width);
    const norm = normOf(row, input, rows[index] ?? 0);
    if (norm === undefined) continue;
    present[index] = 1;
    normSum += norm;
    const scale = isUnitNorm ? 1 / norm : 1;
    data.set(
      row.map((value) => value * scale),
      index * width,
    );
    const key = Buffer.from(row.buffer, row.byteOffset, row.byteLength).toString("latin1");
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const known = present.reduce((sum, bit) => sum + bit, 0);
  return {
    modality: {
      name,
      kind: "features",
      shape: [width],
      data,
      present,
      contentOf: Int32Array.from(rows.keys()),
      columns: Array.from({ length: width }, (_, column) => `${name}[${column}]`),
    },
    missing: rows.length - known,
    repeated: [...seen.values()].reduce((sum, count) => sum + (count > 1 ? count : 0), 0),
    meanNorm: normSum / known,
  };
}

/** `undefined` of a missing row. */
function normOf(
  row: Float64Array,
  { place, isUnitNorm }: EmbeddingInput,
  number: number,
): number | undefined {
  const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
  if (Number.isNaN(norm) && row.every(Number.isNaN)) return undefined;
  const at = `${place}, row ${number}`;
  if (!Number.isFinite(norm)) {
    const column = row.findIndex((value) => !Number.isFinite(value));
    throw dataFault(
      at,
      `column ${column} is ${row[column]}`,
      "Correct it; a row of NaN alone says that the modality is missing",
    );
  }
  if (norm === 0 && isUnitNorm) {
    throw dataFault(
      at,
      "it is zero, so it has no direction",
      "Make it NaN if the modality is missing",
    );
  }
  return norm;
}
