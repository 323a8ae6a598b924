import type { ByteSource } from "../../../../core/formats/byte-source.ts";

/** Numbers of some elements, row-major; `inexactAt` as in `npyNumbers`. */
interface Numbers {
  readonly values: Float64Array;
  readonly inexactAt: number;
}

/** An array in a file: its shape, and how its bytes become values. */
export interface StoredArray {
  /** Name inside the file; empty for a `.npy`, which has none. */
  readonly name: string;
  /** For people: "float32", "BF16". */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly isText: boolean;
  /** The first index runs fastest. */
  readonly isFortranOrder: boolean;
  readonly itemBytes: number;
  /** Bytes of the elements and nothing else. */
  readonly bytes: ByteSource;
  numbers(bytes: Uint8Array): Numbers;
  texts(bytes: Uint8Array): readonly string[];
}
