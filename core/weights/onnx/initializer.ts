import { type ByteSource, sliceOf, sourceOf } from "../../formats/byte-source.ts";
import { decodeUtf8Lossy } from "../../formats/utf8.ts";
import { elementsOf, type StoredTensor, WEIGHT_DTYPES, type WeightDtype } from "../weight-file.ts";
import {
  MessageFault,
  type MessagePlace,
  type MessageSource,
  messageFields,
} from "./message-fields.ts";

/** `TensorProto.DataType`; types that are left out are texts and complex numbers. */
const DTYPES: ReadonlyMap<number, WeightDtype> = new Map([
  [1, "float32"],
  [2, "uint8"],
  [3, "int8"],
  [4, "uint16"],
  [5, "int16"],
  [6, "int32"],
  [7, "int64"],
  [9, "bool"],
  [10, "float16"],
  [11, "float64"],
  [12, "uint32"],
  [13, "uint64"],
  [16, "bfloat16"],
  [17, "float8_e4m3fn"],
  [19, "float8_e5m2"],
]);

/** Types that are not read here. */
const FOREIGN: ReadonlyMap<number, string> = new Map([
  [8, "texts"],
  [14, "complex64"],
  [15, "complex128"],
  [18, "float8e4m3fnuz"],
  [20, "float8e5m2fnuz"],
  [21, "uint4"],
  [22, "int4"],
  [23, "float4e2m1"],
  [24, "float8e8m0"],
]);

/** Fields of `TensorProto` that hold numbers of fixed width, which is that of the type itself. */
const PACKED: ReadonlyMap<number, WeightDtype> = new Map([
  [4, "float32"],
  [10, "float64"],
]);
const RAW = 9;
/** Numbers of variable width; exporters write them for a few scalars only. */
const VARINTS = [5, 7, 11];
const MOST_VARINT_BYTES = 1 << 20;
const LONGEST_TEXT = 1 << 16;
const EXTERNAL = 1;

interface Parts {
  readonly dims: number[];
  type: number;
  name: string;
  place: MessagePlace | undefined;
  isExternal: boolean;
  readonly external: Map<string, string>;
}

/**
 * Reads a `TensorProto` from `start` up to `end`; its values stay in the file, or in the one beside it
 * that it names.
 *
 * @throws {MessageFault} Where it is damaged.
 */
export async function readInitializer(
  source: MessageSource,
  { start, end }: MessagePlace,
  sibling: (name: string) => Promise<ByteSource | undefined>,
): Promise<StoredTensor | { readonly name: string; readonly problem: string }> {
  const parts = await readParts(source, start, end);
  const { name, dims: shape } = parts;
  const dtype = DTYPES.get(parts.type);
  if (dtype === undefined) {
    const type = FOREIGN.get(parts.type) ?? parts.type;
    return { name, problem: `its type, ${type}, is not read here` };
  }
  const needed = elementsOf(shape) * WEIGHT_DTYPES[dtype];
  const values = parts.isExternal
    ? await externalValues(parts.external, needed, sibling)
    : await ownValues(source.bytes, parts, dtype);
  if ("problem" in values) return { name, problem: values.problem };
  return values.sizeBytes === needed
    ? { name, dtype, shape, bytes: values }
    : {
        name,
        problem: `${dtype} [${shape.join(", ")}] needs ${needed} bytes, ${values.sizeBytes} are there`,
      };
}

async function readParts(source: MessageSource, start: number, end: number): Promise<Parts> {
  const parts: Parts = {
    dims: [],
    type: 0,
    name: "",
    place: undefined,
    isExternal: false,
    external: new Map(),
  };
  for await (const field of messageFields(source, start, end)) {
    if (!("value" in field)) await addBytes(source, parts, field);
    else if (field.number === 1) parts.dims.push(field.value);
    else if (field.number === 2) parts.type = field.value;
    else if (field.number === 14) parts.isExternal = field.value === EXTERNAL;
  }
  return parts;
}

async function addBytes(source: MessageSource, parts: Parts, field: MessagePlace): Promise<void> {
  const { bytes } = source;
  const { number, start, end } = field;
  if (number === 1) {
    parts.dims.push(...(await varints(bytes, start, end)).map(Number));
  } else if (number === 8) {
    parts.name = await text(bytes, start, end);
  } else if (number === 13) {
    const [key, value] = await entry(source, start, end);
    parts.external.set(key, value);
  } else if (end > start && (number === RAW || PACKED.has(number) || VARINTS.includes(number))) {
    parts.place = field;
  }
}

async function ownValues(
  bytes: ByteSource,
  { place }: Parts,
  dtype: WeightDtype,
): Promise<ByteSource | { readonly problem: string }> {
  if (place === undefined) return sliceOf(bytes, 0, 0);
  const { start, end, number } = place;
  if (number === RAW || PACKED.get(number) === dtype) return sliceOf(bytes, start, end);
  if (!VARINTS.includes(number)) return { problem: `its ${dtype} values are not stored as such` };
  return sourceOf(storedAs(dtype, await varints(bytes, start, end)));
}

/** Whole numbers as the bytes of a type; narrow floats are stored by their patterns. */
function storedAs(dtype: WeightDtype, values: readonly bigint[]): Uint8Array {
  const itemBytes = WEIGHT_DTYPES[dtype];
  const bytes = new Uint8Array(values.length * itemBytes);
  for (const [index, value] of values.entries()) {
    for (let byte = 0; byte < itemBytes; byte++) {
      bytes[index * itemBytes + byte] = Number((value >> BigInt(8 * byte)) & 0xffn);
    }
  }
  return bytes;
}

async function externalValues(
  keys: ReadonlyMap<string, string>,
  needed: number,
  sibling: (name: string) => Promise<ByteSource | undefined>,
): Promise<ByteSource | { readonly problem: string }> {
  const location = keys.get("location") ?? "";
  const file = await sibling(location);
  if (file === undefined)
    return { problem: `its values should be in \`${location}\`, which is missing` };
  const start = Number(keys.get("offset") ?? 0);
  const end = start + Number(keys.get("length") ?? needed);
  return Number.isSafeInteger(start) && start >= 0 && end >= start && end <= file.sizeBytes
    ? sliceOf(file, start, end)
    : { problem: `bytes ${start} to ${end} of \`${location}\` are not there` };
}

/** A `StringStringEntryProto`. */
async function entry(source: MessageSource, start: number, end: number): Promise<[string, string]> {
  const { bytes } = source;
  let [key, value] = ["", ""];
  for await (const field of messageFields(source, start, end)) {
    if ("value" in field) continue;
    if (field.number === 1) key = await text(bytes, field.start, field.end);
    if (field.number === 2) value = await text(bytes, field.start, field.end);
  }
  return [key, value];
}

async function text(bytes: ByteSource, start: number, end: number): Promise<string> {
  if (end - start > LONGEST_TEXT) throw new MessageFault(`a name has ${end - start} bytes`);
  return decodeUtf8Lossy(await bytes.read(start, end));
}

async function varints(bytes: ByteSource, start: number, end: number): Promise<bigint[]> {
  if (end - start > MOST_VARINT_BYTES) {
    throw new MessageFault(`${end - start} bytes of numbers of variable width are not read`);
  }
  const packed = await bytes.read(start, end);
  const values: bigint[] = [];
  let [value, shift] = [0n, 0n];
  for (const byte of packed) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80 && shift < 70n) continue;
    values.push(BigInt.asUintN(64, value));
    [value, shift] = [0n, 0n];
  }
  return values;
}
