import { columnNorms } from "../measures/column-norms.ts";
import { magnitudeQuantile } from "../measures/magnitude-quantile.ts";
import { singularValues } from "../measures/singular-values.ts";
import type { WeightMatrix } from "../protocol/panel/weights.ts";
import { rowMajorBytes } from "./row-major-bytes.ts";
import { tensorValues } from "./tensor-values.ts";
import { ValueFault } from "./value-fault.ts";
import { elementsOf, type StoredTensor, WEIGHT_DTYPES } from "./weight-file.ts";

/** Of larger tensors an even choice of rows is drawn. */
const MAX_VALUES = 4_000_000;
/** The few values beyond it share the strongest colour, so that one of them does not pale the rest. */
const SCALE_QUANTILE = 0.98;

export interface FileMatrix {
  readonly matrix: WeightMatrix;
  /** Singular values, largest first; absent where they would take too long. */
  readonly spectrum?: readonly number[];
}

/**
 * The values of a tensor of two axes or more as a matrix: its first axis against all others. A text
 * says why there is none. Rejects with a {@link ValueFault}, or what reading throws.
 *
 * What an axis means a file does not tell, so the first one takes the place of the outputs.
 */
export async function readFileMatrix(tensor: StoredTensor): Promise<FileMatrix | string> {
  const { name, shape } = tensor;
  const [height = 0] = shape;
  const count = elementsOf(shape);
  if (shape.length < 2 || count === 0) return `\`${name}\` is no matrix`;
  const width = count / height;
  const isWhole = count <= MAX_VALUES;
  if (width > MAX_VALUES) {
    return `\`${name}\` has rows of ${width} values; more than ${MAX_VALUES} are not drawn`;
  }
  const bytes = rowMajorBytes(tensor);
  if ("problem" in bytes) return `\`${name}\` is not drawn: ${bytes.problem}`;
  const rows = isWhole ? height : Math.floor(MAX_VALUES / width);
  const inOrder = { ...tensor, bytes };
  const data = isWhole
    ? await readValues(inOrder, 0, count)
    : await readSomeRows(inOrder, rows, width);
  // Columns of a matrix are what the page draws as rows.
  const values = transposed(data, rows, width);
  const spectrum = isWhole ? singularValues({ rows, columns: width, data }) : undefined;
  return {
    matrix: {
      layer: name,
      step: 0,
      inputs: width,
      outputs: rows,
      values,
      norms: columnNorms({ rows: width, columns: rows, data: values }),
      scale: magnitudeQuantile(values, SCALE_QUANTILE),
      ...(isWhole ? {} : { outputsTotal: height }),
    },
    ...(spectrum === undefined ? {} : { spectrum: [...spectrum] }),
  };
}

async function readSomeRows(
  tensor: StoredTensor,
  rows: number,
  width: number,
): Promise<Float32Array> {
  const [height = 0] = tensor.shape;
  const data = new Float32Array(rows * width);
  for (let index = 0; index < rows; index++) {
    const row = Math.floor((index * height) / rows);
    data.set(await readValues(tensor, row * width, (row + 1) * width), index * width);
  }
  return data;
}

/** Elements from one place up to another, in the order of the bytes. */
async function readValues(tensor: StoredTensor, from: number, to: number): Promise<Float32Array> {
  const itemBytes = WEIGHT_DTYPES[tensor.dtype];
  const bytes = await tensor.bytes.read(from * itemBytes, to * itemBytes);
  const missing = (to - from) * itemBytes - bytes.length;
  if (missing > 0) throw new ValueFault(`its values end ${missing} bytes early`);
  return Float32Array.from(tensorValues(tensor, bytes));
}

function transposed(data: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = data[row * columns + column] ?? Number.NaN;
    }
  }
  return turned;
}
