import type { ReadTensor } from "../formats/safetensors.ts";
import type { Matrix } from "../measures/matrix.ts";

/** Vectors of one modality, [rows, dimension]; rows are items, a missing one is NaN. */
export interface ModalityVectors {
  readonly name: string;
  readonly vectors: Matrix;
}

/**
 * The tensors of a snapshot as matrices of one shape, in the `order` of names in which modalities are
 * shown; others follow. A text says why they are not.
 */
export function modalityVectors(
  tensors: readonly ReadTensor[],
  order: readonly string[],
): ModalityVectors[] | string {
  const rankOf = (name: string) => {
    const index = order.indexOf(name);
    return index === -1 ? order.length : index;
  };
  const found: ModalityVectors[] = [];
  for (const { name, shape, data } of tensors.toSorted((a, b) => rankOf(a.name) - rankOf(b.name))) {
    const [rows, columns] = shape;
    const isReal = data instanceof Float32Array || data instanceof Float64Array;
    if (!isReal || shape.length !== 2 || rows === undefined || columns === undefined) {
      return `embeddings of "${name}" are not real numbers in shape [rows, dimension]`;
    }
    found.push({ name, vectors: { rows, columns, data } });
  }
  const [first] = found;
  if (first === undefined) return "the embeddings hold no tensor";
  const odd = found.find(
    ({ vectors }) =>
      vectors.rows !== first.vectors.rows || vectors.columns !== first.vectors.columns,
  );
  if (first.vectors.data.length === 0) return `embeddings of "${first.name}" hold no numbers`;
  return odd === undefined
    ? found
    : `embeddings of "${odd.name}" are [${odd.vectors.rows}, ${odd.vectors.columns}], those of "${first.name}" [${first.vectors.rows}, ${first.vectors.columns}]`;
}
