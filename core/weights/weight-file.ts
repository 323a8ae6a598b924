import type { ByteSource } from "../formats/byte-source.ts";
import type { ZipEntry } from "../formats/zip-directory.ts";
import type { Inflate } from "../formats/zip-members.ts";

/** Bytes of one element, by NumPy's name for its type (those of `ml_dtypes` where NumPy has none). */
export const WEIGHT_DTYPES = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  float8_e4m3fn: 1,
  float8_e5m2: 1,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
} as const;
export type WeightDtype = keyof typeof WEIGHT_DTYPES;

export function isWeightDtype(name: string): name is WeightDtype {
  return Object.hasOwn(WEIGHT_DTYPES, name);
}

/** A tensor of a weight file; its values are read when they are asked for. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: WeightDtype;
  readonly shape: readonly number[];
  /** The elements and nothing else, little-endian. */
  readonly bytes: ByteSource;
  /** Elements from one index to the next along each axis; row-major where it is left out. */
  readonly strides?: readonly number[];
  /**
   * Elements come tile after tile of these sides, tiles and elements of a tile in row-major order, and
   * tiles at the ends of the tensor are cut off there.
   */
  readonly tile?: readonly number[];
  /** The value is scale·stored + min, as quantized files store it. */
  readonly quantization?: { readonly scale: number; readonly min: number };
}

export interface WeightFile {
  /** Name of the format: "safetensors", "PyTorch". */
  readonly format: string;
  readonly tensors: readonly StoredTensor[];
  /** Sentences about what could not be read, or was left out, with its name. */
  readonly problems: readonly string[];
  /** Values are unpacked from front to back, so only one reader may be at work. */
  readonly isOneReader?: true;
}

/** Why a file is no weight file that can be read. */
export interface WeightFileProblem {
  readonly problem: string;
}

/** A file that may hold weights. */
export interface WeightSource {
  /** Without its folder. */
  readonly name: string;
  readonly bytes: ByteSource;
  /** First bytes, up to {@link HEAD_BYTES}. */
  readonly head: Uint8Array;
  /** Members of a ZIP file; `undefined` where it is none. */
  readonly members?: readonly ZipEntry[];
  readonly inflate: Inflate;
  /** A file of the same folder or below it; `undefined` where there is none. */
  sibling(name: string): Promise<ByteSource | undefined>;
}

/** Enough to tell the formats apart. */
export const HEAD_BYTES = 512;

/** A way to store weights. Nothing but headers is read before values are asked for. */
export interface WeightFormat {
  readonly id: string;
  /** How people call it. */
  readonly title: string;
  /** Usual ends of the file's name. */
  readonly endings: readonly string[];
  recognises(source: WeightSource): boolean;
  /** Total, but for {@link ZipMemberFault} and faults of reading. */
  open(source: WeightSource): Promise<WeightFile | WeightFileProblem>;
}

/** Elements of a tensor; NaN where the sides multiply beyond ±2⁵³. */
export function elementsOf(shape: readonly number[]): number {
  const count = shape.reduce((product, side) => product * side, 1);
  return Number.isSafeInteger(count) ? count : Number.NaN;
}
