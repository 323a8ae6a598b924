import type { ModalityData } from "./dataset.ts";
import { elementCount } from "./element-count.ts";
import type { Dense } from "./linear-algebra/products.ts";

/** Numbers of one step of a sequence, and how many steps a row has. */
export interface FrameShape {
  readonly frames: number;
  readonly width: number;
}

/**
 * The given rows of a modality as numbers in one row each, binary64.
 *
 * Tokens become the counts of the words, [rows, words of the vocabulary] without the padding 0; all
 * other kinds are flattened in their order. A row that lacks the modality is all NaN.
 */
export function modalityMatrix(modality: ModalityData, rows: Int32Array): Dense {
  const width = elementCount(modality.shape);
  const columns = modality.kind === "tokens" ? wordCount(modality) : width;
  const data = new Float64Array(rows.length * columns);
  for (const [index, row] of rows.entries()) {
    const target = data.subarray(index * columns, (index + 1) * columns);
    const source = modality.data.subarray(row * width, (row + 1) * width);
    if (modality.present[row] === 0) target.fill(Number.NaN);
    else if (modality.kind === "tokens") countWords(source, target);
    else target.set(source);
  }
  return { rows: rows.length, columns, data };
}

/** How the row of {@link modalityMatrix} is a sequence: image rows, spectrogram frames, or one step. */
export function frameShape(modality: ModalityData): FrameShape {
  const [frames = 1, ...rest] = modality.shape;
  const isSequence = modality.kind !== "tokens" && rest.length > 0;
  if (isSequence) return { frames, width: elementCount(rest) };
  return { frames: 1, width: modality.kind === "tokens" ? wordCount(modality) : frames };
}

/** Words without the padding; at least one, so that the matrix has a column. */
function wordCount({ vocabulary, data }: ModalityData): number {
  if (vocabulary !== undefined) return Math.max(1, vocabulary.length - 1);
  let most = 1;
  for (const token of data) most = Math.max(most, token);
  return most;
}

function countWords(tokens: Float32Array | Float64Array | Int32Array, counts: Float64Array): void {
  for (const token of tokens) if (token > 0) counts[token - 1] = (counts[token - 1] ?? 0) + 1;
}
