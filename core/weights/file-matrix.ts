import { columnNorms } from "../measures/column-norms.ts";
import { magnitudeQuantile } from "../measures/magnitude-quantile.ts";
import { singularValues } from "../measures/singular-values.ts";
import type { WeightMatrix } from "../protocol/panel/weights.ts";
import { VALUE_OF_PATTERN } from "./scan/value-of-pattern.ts";
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
 * says why there is none.
 *
 * What an axis means a file does not tell, so the first one takes the place of the outputs.
 */
export async function readFileMatrix(tensor: StoredTensor): Promise<FileMatrix | string> {
  const { name, shape, strides } = tensor;
  const [height = 0] = shape;
  const count = elementsOf(shape);
  if (shape.length < 2 || count === 0) return `\`${name}\` is no matrix`;
  const width = count / height;
  const isWhole = count <= MAX_VALUES;
  if (!isWhole && (strides !== undefined || width > MAX_VALUES)) {
    return `\`${name}\` has ${count} values; more than ${MAX_VALUES} are not drawn`;
  }
  const rows = isWhole ? height : Math.floor(MAX_VALUES / width);
  const data = isWhole
    ? inRows(await readValues(tensor, 0, count), shape, strides)
    : await readSomeRows(tensor, rows, width);
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

/** Elements of the file from one place up to another, in the order of the file. */
async function readValues(
  { bytes, dtype, quantization }: StoredTensor,
  from: number,
  to: number,
): Promise<Float32Array> {
  const width = WEIGHT_DTYPES[dtype];
  // A copy starts at a fresh buffer's zero, so views of any element size are aligned.
  const { buffer } = Uint8Array.from(await bytes.read(from * width, to * width));
  const pattern = VALUE_OF_PATTERN.get(dtype);
  if (pattern !== undefined) {
    const stored = width === 1 ? new Uint8Array(buffer) : new Uint16Array(buffer);
    const { scale, min } = quantization ?? { scale: 1, min: 0 };
    return Float32Array.from(stored, (bits) => scale * pattern(bits) + min);
  }
  switch (dtype) {
    case "float32":
      return new Float32Array(buffer);
    case "int32":
      return Float32Array.from(new Int32Array(buffer));
    case "uint32":
      return Float32Array.from(new Uint32Array(buffer));
    case "int64":
      return Float32Array.from(new BigInt64Array(buffer), Number);
    case "uint64":
      return Float32Array.from(new BigUint64Array(buffer), Number);
    default:
      return Float32Array.from(new Float64Array(buffer));
  }
}

/** Row-major values of a tensor that is stored with other strides. */
function inRows(
  stored: Float32Array,
  shape: readonly number[],
  strides: readonly number[] | undefined,
): Float32Array {
  if (strides === undefined) return stored;
  const index = shape.map(() => 0);
  return Float32Array.from(stored, () => {
    const place = index.reduce((sum, at, axis) => sum + at * (strides[axis] ?? 0), 0);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = ((index[axis] ?? 0) + 1) % (shape[axis] ?? 1);
      if (index[axis] !== 0) break;
    }
    return stored[place] ?? Number.NaN;
  });
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
