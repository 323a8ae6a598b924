import { isWeightDtype, type WeightDtype } from "../weight-file.ts";
import type { Cursor } from "./cursor.ts";

const FIXED_POINT = 0;
const FLOATING_POINT = 1;
const ENUMERATION = 8;
const [BIG_ENDIAN, SIGNED, VAX] = [1, 8, 64] as const;

/** Classes of types that are no plain numbers, by their number. */
const CLASSES: readonly string[] = [
  "integers",
  "floats",
  "dates",
  "texts",
  "bit fields",
  "raw bytes",
  "records of several fields",
  "references",
  "an enumeration",
  "lists or texts of varying length",
  "arrays",
  "complex numbers",
];

/** Floats by bytes, bits of exponent and fraction, and bias of the exponent. */
const FLOATS: ReadonlyMap<string, WeightDtype> = new Map([
  ["8 11 52 1023", "float64"],
  ["4 8 23 127", "float32"],
  ["2 5 10 15", "float16"],
  ["2 8 7 127", "bfloat16"],
  ["1 4 3 7", "float8_e4m3fn"],
  ["1 5 2 15", "float8_e5m2"],
]);

interface StoredDtype {
  readonly dtype: WeightDtype;
  readonly isBigEndian: boolean;
}

/** The type that a header's message describes; a problem says what it is where it is no number. */
export function readDatatype(type: Cursor): StoredDtype | { readonly problem: string } {
  const kind = type.unsigned(1) & 0xf;
  const bits = type.unsigned(3);
  const bytes = type.unsigned(4);
  // What h5py makes of booleans is an enumeration of bytes.
  if (kind === ENUMERATION && bytes === 1) return { dtype: "bool", isBigEndian: false };
  if (kind !== FIXED_POINT && kind !== FLOATING_POINT) {
    return { problem: `it holds ${CLASSES[kind] ?? `a type of class ${kind}`}, not numbers` };
  }
  const isBigEndian = (bits & BIG_ENDIAN) !== 0;
  if (kind === FIXED_POINT) {
    const name = `${bits & SIGNED ? "" : "u"}int${bytes * 8}`;
    return isWeightDtype(name)
      ? { dtype: name, isBigEndian }
      : { problem: `its integers of ${bytes} bytes are not read` };
  }
  type.skip(5);
  const exponentBits = type.unsigned(1);
  type.skip(1);
  const fractionBits = type.unsigned(1);
  const form = `${bytes} ${exponentBits} ${fractionBits} ${type.unsigned(4)}`;
  const dtype = bits & VAX ? undefined : FLOATS.get(form);
  return dtype === undefined
    ? { problem: `its floats of ${bytes} bytes are not read` }
    : { dtype, isBigEndian };
}
