const word = new DataView(new ArrayBuffer(4));

/** Value of an IEEE 754 binary16 bit pattern: (−1)^s · 2^(e−15) · (1 + f/1024). */
export function fromFloat16Bits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

/** Nearest binary16 bit pattern, ties to even; beyond ±65520 it is ±∞, NaN stays NaN. */
export function toFloat16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | roundTiesToEven(magnitude * 2 ** 24);
  // A fraction that rounds up to 1024 carries into the exponent, which is what the format wants.
  const exponent = Math.floor(Math.log2(magnitude));
  const scaled = magnitude * 2 ** -exponent;
  const [lead, shift] = scaled >= 2 ? [scaled / 2, 1] : scaled < 1 ? [scaled * 2, -1] : [scaled, 0];
  return sign | (((exponent + shift + 15) << 10) + roundTiesToEven((lead - 1) * 1024));
}

/** Value of a bfloat16 bit pattern: the upper half of a binary32. */
export function fromBfloat16Bits(bits: number): number {
  word.setUint32(0, (bits << 16) >>> 0);
  return word.getFloat32(0);
}

/** Nearest bfloat16 bit pattern of `value` rounded to binary32, ties to even. */
export function toBfloat16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  word.setFloat32(0, value);
  const bits = word.getUint32(0);
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

function roundTiesToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
