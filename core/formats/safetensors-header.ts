import { isJsonObject } from "./json-object.ts";
import { decodeUtf8 } from "./utf8.ts";

/** Bytes of one element; the order is the one in which the safetensors library ranks its types. */
export const SAFETENSORS_DTYPES = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  F64: 8,
  I64: 8,
  U64: 8,
} as const;
export type SafetensorsDtype = keyof typeof SAFETENSORS_DTYPES;

/** The library's own limit on a header, which keeps a hostile file from asking for all memory. */
const MAX_HEADER_BYTES = 100_000_000;
const METADATA_KEY = "__metadata__";

/** One tensor as the header states it. `begin` and `end` count bytes from the start of the file. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their data. */
  readonly entries: readonly SafetensorsEntry[];
  /** Tensors of types that are not read here, such as F4. */
  readonly foreign: readonly { readonly name: string; readonly dtype: string }[];
  readonly metadata: Readonly<Record<string, string>>;
  /** First byte after the header. */
  readonly dataStart: number;
}

export interface SafetensorsProblem {
  readonly problem: string;
}

/**
 * Reads and checks the header of a safetensors file of `fileBytes` bytes: u64 length, JSON, data.
 *
 * `bytes` needs to hold the header only, so that large files can be read by range. Tensors have to
 * fill the rest of the file without holes or overlaps, as the format demands.
 *
 * @see https://github.com/huggingface/safetensors#format
 */
export function parseSafetensorsHeader(
  bytes: Uint8Array,
  fileBytes: number = bytes.length,
): SafetensorsHeader | SafetensorsProblem {
  const dataStart = safetensorsHeaderBytes(bytes);
  if (typeof dataStart !== "number") return dataStart;
  const there = Math.min(bytes.length, fileBytes);
  if (dataStart > there) {
    return problem(
      `truncated: the header should take ${dataStart - 8} bytes, ${fileBytes - 8} are there`,
    );
  }
  const json = parseHeaderJson(bytes.subarray(8, dataStart));
  if ("problem" in json) return json;

  const all: AnyEntry[] = [];
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, value] of json.fields) {
    if (name === METADATA_KEY) {
      if (!isStringRecord(value)) return problem(`"${METADATA_KEY}" is not a map of strings`);
      metadata = value;
      continue;
    }
    const entry = parseEntry(name, value, dataStart);
    if ("problem" in entry) return entry;
    all.push(entry);
  }
  all.sort((a, b) => a.begin - b.begin || a.end - b.end);
  const fault = checkCoverage(all, dataStart, fileBytes);
  if (fault !== undefined) return fault;
  const entries = all.filter(isKnown);
  const foreign = all
    .filter((entry) => !isKnown(entry))
    .map(({ name, dtype }) => ({ name, dtype }));
  return { entries, foreign, metadata, dataStart };
}

type AnyEntry = Omit<SafetensorsEntry, "dtype"> & { readonly dtype: string };

function isKnown(entry: AnyEntry): entry is SafetensorsEntry {
  return isDtype(entry.dtype);
}

/**
 * Bytes up to the end of the header by the length in its first eight, if one of that length can be read
 * at all.
 */
export function safetensorsHeaderBytes(bytes: Uint8Array): number | SafetensorsProblem {
  if (bytes.length < 8) {
    return problem(`truncated: ${bytes.length} bytes are too few for a safetensors file`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  return length > BigInt(MAX_HEADER_BYTES)
    ? problem(`the header claims ${length} bytes; more than ${MAX_HEADER_BYTES} are refused`)
    : 8 + Number(length);
}

function parseHeaderJson(
  bytes: Uint8Array,
): { readonly fields: readonly (readonly [string, unknown])[] } | SafetensorsProblem {
  const text = decodeUtf8(bytes);
  if (text === undefined) return problem("the header is not UTF-8");
  if (!text.startsWith("{")) return problem("the header does not start with `{`");
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) return problem("the header is not a JSON object");
    return { fields: Object.entries(value) };
  } catch (error) {
    return problem(`the header is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function parseEntry(
  name: string,
  value: unknown,
  dataStart: number,
): AnyEntry | SafetensorsProblem {
  const shown = JSON.stringify(name);
  if (!isJsonObject(value)) return problem(`tensor ${shown} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string") {
    return problem(`tensor ${shown} has the unsupported dtype ${JSON.stringify(dtype)}`);
  }
  if (!isSizes(shape)) return problem(`tensor ${shown} has no valid shape`);
  if (!isSizes(offsets) || offsets.length !== 2) {
    return problem(`tensor ${shown} has no valid data_offsets`);
  }
  const [begin = 0, end = 0] = offsets;
  const itemBytes = isDtype(dtype) ? SAFETENSORS_DTYPES[dtype] : Number.NaN;
  const size = shape.reduce((product, side) => product * side, itemBytes);
  // Of a type that is not known its offsets alone say how long it is.
  if (end < begin || (isDtype(dtype) && end - begin !== size)) {
    return problem(
      `tensor ${shown} of ${dtype} [${shape.join(", ")}] needs ${size} bytes, its offsets give ${end - begin}`,
    );
  }
  return { name, dtype, shape, begin: dataStart + begin, end: dataStart + end };
}

function checkCoverage(
  entries: readonly AnyEntry[],
  dataStart: number,
  fileBytes: number,
): SafetensorsProblem | undefined {
  let position = dataStart;
  for (const { name, begin, end } of entries) {
    if (begin !== position) {
      const fault = begin < position ? "overlaps the tensor before it" : "leaves a hole before it";
      return problem(`tensor ${JSON.stringify(name)} ${fault}`);
    }
    position = end;
  }
  if (position > fileBytes) {
    return problem(`truncated: the tensors need ${position} bytes, the file has ${fileBytes}`);
  }
  return position < fileBytes
    ? problem(`${fileBytes - position} bytes after the last tensor belong to none`)
    : undefined;
}

/** What is wrong with a header for a reader that needs all of its tensors. */
export function foreignProblem({ foreign }: SafetensorsHeader): SafetensorsProblem | undefined {
  const [first] = foreign;
  return first === undefined
    ? undefined
    : problem(`tensor ${JSON.stringify(first.name)} has the unsupported dtype "${first.dtype}"`);
}

function problem(text: string): SafetensorsProblem {
  return { problem: text };
}

function isStringRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isJsonObject(value) && Object.values(value).every((entry) => typeof entry === "string");
}

function isDtype(name: string): name is SafetensorsDtype {
  return Object.hasOwn(SAFETENSORS_DTYPES, name);
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);
}
