import { fromFloat16Bits } from "./half-float.ts";
import { decodeUtf8Lossy } from "./utf8.ts";

/** What an element of an array is; `unicode` are code points of 4 bytes, `bytes` Latin letters of 1. */
export type NpyKind = "float" | "signed" | "unsigned" | "boolean" | "unicode" | "bytes";

/** A simple NumPy type. */
export interface NpyDtype {
  readonly kind: NpyKind;
  readonly itemBytes: number;
  readonly isBigEndian: boolean;
  /** NumPy's own name for it: "float32", "int64", "<U10". */
  readonly name: string;
}

const KINDS: ReadonlyMap<string, { readonly kind: NpyKind; readonly sizes?: readonly number[] }> =
  new Map([
    ["f", { kind: "float", sizes: [2, 4, 8] }],
    ["i", { kind: "signed", sizes: [1, 2, 4, 8] }],
    ["u", { kind: "unsigned", sizes: [1, 2, 4, 8] }],
    ["b", { kind: "boolean", sizes: [1] }],
    ["U", { kind: "unicode" }],
    ["S", { kind: "bytes" }],
  ]);

/** Types that NumPy writes and that hold no plain numbers or texts, with what to do about them. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["O", "Python objects are pickled, which is not safe to read; save numbers or texts"],
  ["c", "complex numbers have no order; save real and imaginary part"],
  ["M", "dates are no numbers; save them as integers"],
  ["m", "durations are no numbers; save them as integers"],
  ["V", "raw bytes, as which NumPy stores bfloat16 too; save float32"],
]);

const NUMPY_NAMES = { float: "float", signed: "int", unsigned: "uint" } as const;

/** Reads a type such as `<f4`, or says why it cannot be read. Total. */
export function parseNpyDtype(descr: string): NpyDtype | { readonly problem: string } {
  const order = "<>|=".includes(descr.charAt(0)) ? descr.charAt(0) : "";
  const letter = descr.charAt(order.length);
  const digits = descr.slice(order.length + 1);
  const foreign = FOREIGN.get(letter);
  if (foreign !== undefined) return { problem: `its type is \`${descr}\`: ${foreign}` };
  const known = KINDS.get(letter);
  const count = isDigits(digits) ? Number(digits) : Number.NaN;
  if (known === undefined || !Number.isSafeInteger(count)) {
    return { problem: `its type \`${descr}\` is unknown` };
  }
  const { kind, sizes } = known;
  if (sizes !== undefined && !sizes.includes(count)) {
    return {
      problem: `its type \`${descr}\` has ${count} bytes; readable are ${sizes.join(", ")}`,
    };
  }
  const itemBytes = kind === "unicode" ? count * 4 : count;
  return { kind, itemBytes, isBigEndian: order === ">", name: nameOf(kind, count, descr) };
}

function nameOf(kind: NpyKind, count: number, descr: string): string {
  if (kind === "boolean") return "bool";
  return kind === "unicode" || kind === "bytes" ? descr : `${NUMPY_NAMES[kind]}${count * 8}`;
}

function isDigits(text: string): boolean {
  return (
    text.length > 0 && text.length < 10 && [...text].every((digit) => digit >= "0" && digit <= "9")
  );
}

export interface NpyNumbers {
  readonly values: Float64Array;
  /** Place of the first 64-bit integer beyond ±2⁵³ that a binary64 rounds; −1 where all are exact. */
  readonly inexactAt: number;
}

/** Numbers of whole elements in `bytes`; texts are none and give NaN. Total. */
export function npyNumbers(dtype: NpyDtype, bytes: Uint8Array): NpyNumbers {
  const view = viewOf(dtype, bytes);
  if (view instanceof BigInt64Array || view instanceof BigUint64Array) return fromBigIntegers(view);
  return {
    values: view === undefined ? empty(dtype, bytes) : new Float64Array(view),
    inexactAt: -1,
  };
}

function empty({ itemBytes }: NpyDtype, bytes: Uint8Array): Float64Array {
  return new Float64Array(itemBytes === 0 ? 0 : Math.floor(bytes.length / itemBytes)).fill(
    Number.NaN,
  );
}

type NumberView =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

function viewOf(dtype: NpyDtype, bytes: Uint8Array): NumberView | undefined {
  const { buffer } = inHostOrder(dtype, bytes);
  switch (`${dtype.kind} ${dtype.itemBytes}`) {
    case "float 8":
      return new Float64Array(buffer);
    case "float 4":
      return new Float32Array(buffer);
    case "float 2":
      return Float32Array.from(new Uint16Array(buffer), fromFloat16Bits);
    case "signed 8":
      return new BigInt64Array(buffer);
    case "signed 4":
      return new Int32Array(buffer);
    case "signed 2":
      return new Int16Array(buffer);
    case "signed 1":
      return new Int8Array(buffer);
    case "unsigned 8":
      return new BigUint64Array(buffer);
    case "unsigned 4":
      return new Uint32Array(buffer);
    case "unsigned 2":
      return new Uint16Array(buffer);
    case "unsigned 1":
      return new Uint8Array(buffer);
    case "boolean 1":
      return new Uint8Array(buffer).map((byte) => (byte === 0 ? 0 : 1));
    default:
      return undefined;
  }
}

/** A copy of the whole elements, little-endian as every machine is that runs JavaScript today. */
function inHostOrder({ itemBytes, isBigEndian }: NpyDtype, bytes: Uint8Array) {
  const copy = new Uint8Array(bytes.subarray(0, bytes.length - (bytes.length % itemBytes)));
  if (!isBigEndian || itemBytes === 1) return copy;
  for (let start = 0; start < copy.length; start += itemBytes) {
    copy.subarray(start, start + itemBytes).reverse();
  }
  return copy;
}

function fromBigIntegers(view: BigInt64Array | BigUint64Array): NpyNumbers {
  const values = new Float64Array(view.length);
  let inexactAt = -1;
  for (let index = 0; index < view.length; index++) {
    const exact = view[index] ?? 0n;
    const value = Number(exact);
    values[index] = value;
    if (inexactAt < 0 && !Number.isSafeInteger(value) && BigInt(value) !== exact) inexactAt = index;
  }
  return { values, inexactAt };
}

/** Texts of whole elements in `bytes`, without the zeros that pad them; numbers give none. Total. */
export function npyTexts({ kind, itemBytes, isBigEndian }: NpyDtype, bytes: Uint8Array): string[] {
  if (itemBytes === 0 || (kind !== "unicode" && kind !== "bytes")) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / itemBytes) }, (_, index) => {
    const start = index * itemBytes;
    if (kind === "bytes") {
      return withoutPadding(decodeUtf8Lossy(bytes.subarray(start, start + itemBytes)));
    }
    const points = Array.from({ length: itemBytes / 4 }, (_, place) =>
      view.getUint32(start + place * 4, !isBigEndian),
    );
    return withoutPadding(points.map(characterOf).join(""));
  });
}

function characterOf(point: number): string {
  return point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point);
}

function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end);
}
