import { fromFloat8E4m3fnBits, fromFloat8E5m2Bits } from "../../../../core/formats/float8.ts";
import { fromBfloat16Bits } from "../../../../core/formats/half-float.ts";
import { type NpyKind, type NpyNumbers, npyNumbers } from "../../../../core/formats/npy-dtype.ts";
import {
  SAFETENSORS_DTYPES,
  type SafetensorsDtype,
} from "../../../../core/formats/safetensors-header.ts";

const KINDS: Readonly<Record<Exclude<SafetensorsDtype, "BF16" | "F8_E4M3" | "F8_E5M2">, NpyKind>> =
  {
    BOOL: "boolean",
    U8: "unsigned",
    I8: "signed",
    I16: "signed",
    U16: "unsigned",
    F16: "float",
    I32: "signed",
    U32: "unsigned",
    F32: "float",
    F64: "float",
    I64: "signed",
    U64: "unsigned",
  };

/** Numbers of whole elements of a tensor's bytes, as binary64. */
export function safetensorsNumbers(dtype: SafetensorsDtype, bytes: Uint8Array): NpyNumbers {
  if (dtype === "BF16") return { values: fromBfloat16(bytes), inexactAt: -1 };
  if (dtype === "F8_E4M3") return fromPatterns(bytes, fromFloat8E4m3fnBits);
  if (dtype === "F8_E5M2") return fromPatterns(bytes, fromFloat8E5m2Bits);
  const itemBytes = SAFETENSORS_DTYPES[dtype];
  return npyNumbers({ kind: KINDS[dtype], itemBytes, isBigEndian: false, name: dtype }, bytes);
}

function fromPatterns(bytes: Uint8Array, value: (bits: number) => number): NpyNumbers {
  return { values: Float64Array.from(bytes, value), inexactAt: -1 };
}

function fromBfloat16(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.length >> 1 }, (_, index) =>
    fromBfloat16Bits(view.getUint16(index * 2, true)),
  );
}
