import { type NpyDtype, parseNpyDtype } from "./npy-dtype.ts";
import { type PythonLiteral, parsePythonLiteral } from "./python-literal.ts";
import { decodeUtf8 } from "./utf8.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const LENGTH_AT = 8;
/** Headers hold a type and a shape; NumPy itself refuses those over 10,000 bytes. */
const MAX_HEADER_BYTES = 10_000;

export interface NpyHeader {
  readonly dtype: NpyDtype;
  readonly shape: readonly number[];
  /** The first index runs fastest, as in Fortran, not the last. */
  readonly isFortranOrder: boolean;
  /** First byte after the header. */
  readonly dataStart: number;
}

export interface NpyProblem {
  readonly problem: string;
}

/** Bytes from the start of a file in which the header of any `.npy` that is read here has ended. */
export const NPY_HEADER_ROOM = LENGTH_AT + 4 + MAX_HEADER_BYTES;

/**
 * Reads and checks the header of a `.npy` file of `fileBytes` bytes, formats 1.0, 2.0 and 3.0: magic,
 * version, u16 or u32 length, a Python literal of a dictionary, data.
 *
 * `bytes` needs to hold the header only. The array has to fill the rest of the file. Never throws.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function parseNpyHeader(
  bytes: Uint8Array,
  fileBytes = bytes.length,
): NpyHeader | NpyProblem {
  const place = headerPlace(bytes);
  if ("problem" in place) return place;
  const text = decodeUtf8(bytes.subarray(place.start, place.end));
  const fields = text === undefined ? undefined : parsePythonLiteral(text);
  if (!(fields instanceof Map)) return problem("its header is no Python dictionary");
  const [descr, order, shape] = ["descr", "fortran_order", "shape"].map((key) => fields.get(key));
  if (Array.isArray(descr))
    return problem("it holds records of several fields; save one array each");
  if (typeof descr !== "string") return problem("its header names no type");
  if (typeof order !== "boolean") return problem("its header does not state the order");
  if (!isShape(shape)) return problem("its header states no valid shape");
  const dtype = parseNpyDtype(descr);
  if ("problem" in dtype) return dtype;
  const needed = shape.reduce((product, side) => product * side, dtype.itemBytes);
  const there = fileBytes - place.end;
  if (needed !== there) {
    const fault = needed > there ? "truncated" : "not one array";
    return problem(
      `${fault}: ${dtype.name} [${shape.join(", ")}] takes ${needed} bytes, ${there} follow the header`,
    );
  }
  return { dtype, shape, isFortranOrder: order, dataStart: place.end };
}

function headerPlace(
  bytes: Uint8Array,
): { readonly start: number; readonly end: number } | NpyProblem {
  if (bytes.length < LENGTH_AT + 4) return problem(`truncated: ${bytes.length} bytes are no array`);
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) {
    return problem("it is no NumPy array: it does not start with \\x93NUMPY");
  }
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) return problem(`its format is ${version}; readable are 1 to 3`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = version === 1 ? LENGTH_AT + 2 : LENGTH_AT + 4;
  const length = version === 1 ? view.getUint16(LENGTH_AT, true) : view.getUint32(LENGTH_AT, true);
  if (length > MAX_HEADER_BYTES) {
    return problem(`its header claims ${length} bytes; more than ${MAX_HEADER_BYTES} are refused`);
  }
  const end = start + length;
  return end > bytes.length
    ? problem(`truncated: the header should end at byte ${end}, ${bytes.length} are there`)
    : { start, end };
}

function isShape(value: PythonLiteral): value is number[] {
  return (
    Array.isArray(value) &&
    value.every((side) => typeof side === "number" && Number.isSafeInteger(side)) &&
    Number.isSafeInteger(value.reduce<number>((all, side) => all * Math.max(1, Number(side)), 8))
  );
}

function problem(text: string): NpyProblem {
  return { problem: text };
}
