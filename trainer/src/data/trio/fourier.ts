/**
 * Discrete Fourier transform in place: X_k = Σ_n x_n e^(−2πi kn/N), N a power of two.
 *
 * @throws {RangeError} If the two arrays differ in length or the length is no power of two.
 * @see Cooley & Tukey 1965, doi:10.1090/S0025-5718-1965-0178586-1; radix 2, decimation in time.
 */
export function fourier(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  if (size !== imaginary.length || size === 0 || (size & (size - 1)) !== 0) {
    throw new RangeError(
      `Fourier transform needs two arrays of a power of two, got ${size} and ${imaginary.length}`,
    );
  }
  reverseBits(real);
  reverseBits(imaginary);
  for (let half = 1; half < size; half *= 2) {
    for (let offset = 0; offset < half; offset++) {
      const angle = (-Math.PI * offset) / half;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let even = offset; even < size; even += 2 * half) {
        butterfly(real, imaginary, even, even + half, cos, sin);
      }
    }
  }
}

function butterfly(
  real: Float64Array,
  imaginary: Float64Array,
  even: number,
  odd: number,
  cos: number,
  sin: number,
): void {
  const [re, im] = [real[odd] ?? 0, imaginary[odd] ?? 0];
  const [turnedRe, turnedIm] = [re * cos - im * sin, re * sin + im * cos];
  real[odd] = (real[even] ?? 0) - turnedRe;
  imaginary[odd] = (imaginary[even] ?? 0) - turnedIm;
  real[even] = (real[even] ?? 0) + turnedRe;
  imaginary[even] = (imaginary[even] ?? 0) + turnedIm;
}

function reverseBits(values: Float64Array): void {
  const size = values.length;
  for (let index = 1, reversed = 0; index < size; index++) {
    let bit = size >> 1;
    for (; reversed & bit; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (index >= reversed) continue;
    const value = values[index] ?? 0;
    values[index] = values[reversed] ?? 0;
    values[reversed] = value;
  }
}
