import { fromFloat8E4m3fnBits, fromFloat8E5m2Bits } from "../../formats/float8.ts";
import { fromBfloat16Bits, fromFloat16Bits } from "../../formats/half-float.ts";
import type { WeightDtype } from "../weight-file.ts";

/** Types of at most 16 bits, whose every pattern can be counted. */
export const VALUE_OF_PATTERN: ReadonlyMap<WeightDtype, (bits: number) => number> = new Map([
  ["float16", fromFloat16Bits],
  ["bfloat16", fromBfloat16Bits],
  ["float8_e4m3fn", fromFloat8E4m3fnBits],
  ["float8_e5m2", fromFloat8E5m2Bits],
  ["int16", (bits) => (bits << 16) >> 16],
  ["int8", (bits) => (bits << 24) >> 24],
  ["uint16", (bits) => bits],
  ["uint8", (bits) => bits],
  ["bool", (bits) => (bits === 0 ? 0 : 1)],
]);
