import { type ByteSource, sliceOf, sourceOf } from "../../formats/byte-source.ts";
import { elementsOf, isWeightDtype, WEIGHT_DTYPES, type WeightDtype } from "../weight-file.ts";
import { type Cursor, UNDEFINED_ADDRESS } from "./cursor.ts";
import type { HeaderMessage } from "./object-header.ts";

const DATASPACE = 0x01;
const DATATYPE = 0x03;
const LAYOUT = 0x08;

const FIXED_POINT = 0;
const FLOATING_POINT = 1;
const ENUMERATION = 8;
const COMPACT = 0;
const CONTIGUOUS = 1;

/** Floats by bytes and bits of exponent and fraction. */
const FLOATS: ReadonlyMap<string, WeightDtype> = new Map([
  ["8 11 52", "float64"],
  ["4 8 23", "float32"],
  ["2 5 10", "float16"],
  ["2 8 7", "bfloat16"],
]);

export interface Hdf5Dataset {
  readonly dtype: WeightDtype;
  readonly shape: readonly number[];
  readonly bytes: ByteSource;
}

/** The dataset that a header describes; `undefined` of what is none. A problem says why it is not read. */
export function readDataset(
  file: ByteSource,
  messages: readonly HeaderMessage[],
): Hdf5Dataset | { readonly problem: string } | undefined {
  const body = (wanted: number) => messages.find(({ type }) => type === wanted)?.body;
  const [space, type, layout] = [body(DATASPACE), body(DATATYPE), body(LAYOUT)];
  if (space === undefined || layout === undefined) return undefined;
  if (type === undefined) return { problem: "its type is shared, which is not read here" };
  const shape = shapeOf(space);
  const dtype = dtypeOf(type);
  if (typeof dtype === "object") return dtype;
  const needed = elementsOf(shape) * WEIGHT_DTYPES[dtype];
  if (Number.isNaN(needed)) return { problem: `its shape [${shape.join(", ")}] is not possible` };
  const bytes = bytesOf(file, layout, needed);
  return "problem" in bytes ? bytes : { dtype, shape, bytes };
}

function shapeOf(space: Cursor): number[] {
  const version = space.unsigned(1);
  const rank = space.unsigned(1);
  space.skip(version === 1 ? 6 : 2);
  return Array.from({ length: rank }, () => space.address());
}

function dtypeOf(type: Cursor): WeightDtype | { readonly problem: string } {
  const kind = type.unsigned(1) & 0xf;
  const bits = type.unsigned(3);
  const bytes = type.unsigned(4);
  // What h5py makes of booleans is an enumeration of bytes.
  if (kind === ENUMERATION && bytes === 1) return "bool";
  if (kind !== FIXED_POINT && kind !== FLOATING_POINT) {
    return { problem: `its type, class ${kind}, is no number` };
  }
  if (bits & 1) return { problem: "it is big-endian; save it with dtype='<f4' or the like" };
  if (kind === FIXED_POINT) {
    const name = `${bits & 8 ? "" : "u"}int${bytes * 8}`;
    return isWeightDtype(name) ? name : { problem: `its integers of ${bytes} bytes are not read` };
  }
  type.skip(5);
  const exponent = type.unsigned(1);
  type.skip(1);
  const float = FLOATS.get(`${bytes} ${exponent} ${type.unsigned(1)}`);
  return float ?? { problem: `its floats of ${bytes} bytes are not read` };
}

function bytesOf(
  file: ByteSource,
  layout: Cursor,
  needed: number,
): ByteSource | { readonly problem: string } {
  const version = layout.unsigned(1);
  const kind = layout.unsigned(1);
  if (version < 3) return { problem: "it was written by HDF5 before 1.6.3; save it again" };
  if (kind === COMPACT) return sourceOf(layout.bytes(layout.unsigned(2)));
  if (kind !== CONTIGUOUS) {
    return {
      problem: "it is stored in chunks, which are not read here; save it without compression",
    };
  }
  const address = layout.address();
  // What was never written has no place and reads as zeros; nobody saves weights so.
  if (address === UNDEFINED_ADDRESS) {
    return needed === 0
      ? sourceOf(new Uint8Array(0))
      : { problem: "its values were never written" };
  }
  return address + needed <= file.sizeBytes
    ? sliceOf(file, address, address + needed)
    : { problem: `truncated: its values should end at byte ${address + needed}` };
}
