import { fromFloat8E4m3fnBits, fromFloat8E5m2Bits } from "./float8.ts";
import { fromBfloat16Bits, fromFloat16Bits, toBfloat16Bits, toFloat16Bits } from "./half-float.ts";
import {
  foreignProblem,
  parseSafetensorsHeader,
  SAFETENSORS_DTYPES,
  type SafetensorsDtype,
  type SafetensorsEntry,
  type SafetensorsProblem,
} from "./safetensors-header.ts";
import { encodeUtf8 } from "./utf8.ts";

interface TensorOf<Dtype extends SafetensorsDtype, Data> {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Data;
}

/** A tensor with its values; 16-bit floats are held as binary32, which has room for either. */
export type NamedTensor =
  | TensorOf<"F64", Float64Array>
  | TensorOf<"F32" | "F16" | "BF16", Float32Array>
  | TensorOf<"I64", BigInt64Array>
  | TensorOf<"U64", BigUint64Array>
  | TensorOf<"I32", Int32Array>
  | TensorOf<"U32", Uint32Array>
  | TensorOf<"I16", Int16Array>
  | TensorOf<"U16", Uint16Array>
  | TensorOf<"I8", Int8Array>
  | TensorOf<"U8" | "BOOL", Uint8Array>;

/** A tensor that was read: 8-bit floats are read and not written. */
export type ReadTensor = NamedTensor | TensorOf<"F8_E4M3" | "F8_E5M2", Float32Array>;

export interface SafetensorsContents {
  readonly tensors: readonly ReadTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

const RANKING = Object.keys(SAFETENSORS_DTYPES);

/**
 * Bytes of a safetensors file, byte for byte those that the library writes.
 *
 * Wide types come first and names are sorted within a type, which keeps every tensor aligned to its
 * own element size. F16 and BF16 are rounded to nearest, ties to even.
 *
 * @throws {RangeError} If a shape does not fit its data, or a name is given twice or reserved.
 */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = [...tensors].sort(
    (a, b) => RANKING.indexOf(b.dtype) - RANKING.indexOf(a.dtype) || compareText(a.name, b.name),
  );
  checkTensors(sorted);
  const fields: string[] = [];
  if (Object.keys(metadata).length > 0) fields.push(`"__metadata__":${JSON.stringify(metadata)}`);
  let offset = 0;
  for (const { name, dtype, shape, data } of sorted) {
    const end = offset + data.length * SAFETENSORS_DTYPES[dtype];
    const value = { dtype, shape, data_offsets: [offset, end] };
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
    offset = end;
  }
  const header = encodeUtf8(`{${fields.join(",")}}`);
  const headerBytes = Math.ceil(header.length / 8) * 8;

  const file = new Uint8Array(8 + headerBytes + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, 8, 8 + headerBytes);
  file.set(header, 8);
  let position = 8 + headerBytes;
  for (const tensor of sorted) {
    const stored = storedForm(tensor);
    file.set(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength), position);
    position += stored.byteLength;
  }
  return file;
}

/** All tensors of a safetensors file, or what is wrong with it. Never throws. */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsContents | SafetensorsProblem {
  const header = parseSafetensorsHeader(bytes);
  if ("problem" in header) return header;
  const foreign = foreignProblem(header);
  if (foreign !== undefined) return foreign;
  return {
    tensors: header.entries.map((entry) =>
      decodeTensor(entry, bytes.subarray(entry.begin, entry.end)),
    ),
    metadata: header.metadata,
  };
}

/** Tensor of a header's entry from exactly its own bytes, which are copied. */
function decodeTensor(entry: SafetensorsEntry, bytes: Uint8Array): ReadTensor {
  const { name, dtype, shape } = entry;
  // A slice starts at a fresh buffer's zero, so views of any element size are aligned.
  const copy = new Uint8Array(bytes);
  const { buffer } = copy;
  switch (dtype) {
    case "F64":
      return { name, dtype, shape, data: new Float64Array(buffer) };
    case "F32":
      return { name, dtype, shape, data: new Float32Array(buffer) };
    case "F16":
      return { name, dtype, shape, data: widen(new Uint16Array(buffer), fromFloat16Bits) };
    case "BF16":
      return { name, dtype, shape, data: widen(new Uint16Array(buffer), fromBfloat16Bits) };
    case "F8_E4M3":
      return { name, dtype, shape, data: widen(copy, fromFloat8E4m3fnBits) };
    case "F8_E5M2":
      return { name, dtype, shape, data: widen(copy, fromFloat8E5m2Bits) };
    case "I64":
      return { name, dtype, shape, data: new BigInt64Array(buffer) };
    case "U64":
      return { name, dtype, shape, data: new BigUint64Array(buffer) };
    case "I32":
      return { name, dtype, shape, data: new Int32Array(buffer) };
    case "U32":
      return { name, dtype, shape, data: new Uint32Array(buffer) };
    case "I16":
      return { name, dtype, shape, data: new Int16Array(buffer) };
    case "U16":
      return { name, dtype, shape, data: new Uint16Array(buffer) };
    case "I8":
      return { name, dtype, shape, data: new Int8Array(buffer) };
    case "U8":
    case "BOOL":
      return { name, dtype, shape, data: copy };
  }
}

function storedForm(tensor: NamedTensor): ArrayBufferView {
  if (tensor.dtype === "F16") return Uint16Array.from(tensor.data, toFloat16Bits);
  if (tensor.dtype === "BF16") return Uint16Array.from(tensor.data, toBfloat16Bits);
  return tensor.data;
}

function widen(bits: Uint16Array | Uint8Array, value: (bits: number) => number): Float32Array {
  return Float32Array.from(bits, value);
}

function checkTensors(sorted: readonly NamedTensor[]): void {
  const names = new Set<string>();
  for (const { name, shape, data } of sorted) {
    const count = shape.reduce((product, side) => product * side, 1);
    if (count !== data.length) {
      throw new RangeError(
        `Cannot store ${data.length} values of "${name}" in shape [${shape.join(", ")}]`,
      );
    }
    if (names.has(name) || name === "__metadata__") {
      throw new RangeError(`Cannot store a tensor under the taken name "${name}"`);
    }
    names.add(name);
  }
}

/** Order of UTF-8 bytes, which for well-formed text is the order of code points. */
function compareText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
