/** Transforms two arrays in place, the real and the imaginary part of a signal. */
export type Fourier = (real: Float64Array, imaginary: Float64Array) => void;

/**
 * Discrete Fourier transform in place: X_k = Σ_n x_n e^(−2πi kn/N), N = `size` a power of two.
 *
 * Both arrays are [size]. The factors are computed once, here.
 *
 * @throws {RangeError} If `size` is no power of two.
 * @see Cooley & Tukey 1965, doi:10.1090/S0025-5718-1965-0178586-1; radix 2, decimation in time.
 */
export function createFourier(size: number): Fourier {
  if (size < 1 || !Number.isInteger(Math.log2(size))) {
    throw new RangeError(`Fourier transform needs a power of two, got ${size}`);
  }
  const angle = (index: number) => (-2 * Math.PI * index) / size;
  const cosines = Float64Array.from({ length: size / 2 }, (_, index) => Math.cos(angle(index)));
  const sines = Float64Array.from({ length: size / 2 }, (_, index) => Math.sin(angle(index)));
  return (real, imaginary) => {
    reverseBits(real);
    reverseBits(imaginary);
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let offset = 0; offset < half; offset++) {
        const cos = cosines[offset * stride] ?? 0;
        const sin = sines[offset * stride] ?? 0;
        for (let even = offset; even < size; even += 2 * half) {
          butterfly(real, imaginary, even, even + half, cos, sin);
        }
      }
    }
  };
}

function butterfly(
  real: Float64Array,
  imaginary: Float64Array,
  even: number,
  odd: number,
  cos: number,
  sin: number,
): void {
  const re = (real[odd] ?? 0) * cos - (imaginary[odd] ?? 0) * sin;
  const im = (real[odd] ?? 0) * sin + (imaginary[odd] ?? 0) * cos;
  real[odd] = (real[even] ?? 0) - re;
  imaginary[odd] = (imaginary[even] ?? 0) - im;
  real[even] = (real[even] ?? 0) + re;
  imaginary[even] = (imaginary[even] ?? 0) + im;
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
