import { VALUE_OF_PATTERN } from "./scan/value-of-pattern.ts";
import { type StoredTensor, WEIGHT_DTYPES } from "./weight-file.ts";

/**
 * The numbers that whole elements of a tensor stand for; 64-bit integers beyond ±2⁵³ are rounded, and
 * binary32 stays as it is.
 */
export function tensorValues(
  { dtype, quantization }: Pick<StoredTensor, "dtype" | "quantization">,
  bytes: Uint8Array,
): Float32Array | Float64Array {
  const plain = plainValues(dtype, bufferOf(bytes));
  if (quantization === undefined) return plain;
  const { scale, min } = quantization;
  return Float64Array.from(plain, (value) => scale * value + min);
}

function plainValues(dtype: StoredTensor["dtype"], buffer: ArrayBuffer) {
  const pattern = VALUE_OF_PATTERN.get(dtype);
  if (pattern !== undefined) {
    const stored = WEIGHT_DTYPES[dtype] === 1 ? new Uint8Array(buffer) : new Uint16Array(buffer);
    return Float64Array.from(stored, pattern);
  }
  switch (dtype) {
    case "float32":
      return new Float32Array(buffer);
    case "int32":
      return Float64Array.from(new Int32Array(buffer));
    case "uint32":
      return Float64Array.from(new Uint32Array(buffer));
    case "int64":
      return Float64Array.from(new BigInt64Array(buffer), Number);
    case "uint64":
      return Float64Array.from(new BigUint64Array(buffer), Number);
    default:
      return new Float64Array(buffer);
  }
}

/** Exactly the bytes, from a buffer's zero on, so that views of any element size are aligned. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  const isAlone = bytes.byteLength === buffer.byteLength && buffer instanceof ArrayBuffer;
  return isAlone ? buffer : new Uint8Array(bytes).buffer;
}
