/** Below it a median says little about a distribution. */
const FEWEST = 8;
const SIMPSON_INTERVALS = 256;
const BISECTIONS = 52;

/**
 * The largest singular value that noise would have: (1 + √β)·σ_med/√μ_β, β = min/max of rows and columns.
 *
 * Singular values of a matrix [n, m] of independent entries of variance s² lie, divided by s√max(n, m),
 * between 1 − √β and 1 + √β, and their squares follow the Marchenko–Pastur law, whose median is μ_β.
 * The median singular value therefore gives s though some singular values above the edge are no noise.
 *
 * `undefined` for fewer than 8 values, and where the median is not above zero.
 *
 * @see Marchenko & Pastur 1967, doi:10.1070/SM1967v001n04ABEH001994; the estimate of s from the median:
 * Gavish & Donoho 2014, arXiv:1305.5870, equation (11).
 */
export function noiseEdge(
  spectrum: readonly number[],
  { rows, columns }: { readonly rows: number; readonly columns: number },
): number | undefined {
  const count = Math.min(rows, columns);
  if (count < FEWEST || spectrum.length < count) return undefined;
  const [upper, lower] = [spectrum[(count - 1) >> 1] ?? 0, spectrum[count >> 1] ?? 0];
  const median = (upper + lower) / 2;
  const least = (spectrum[0] ?? 0) * Math.max(rows, columns) * 2 ** -52;
  if (!(lower > least)) return undefined;
  const ratio = count / Math.max(rows, columns);
  return ((1 + Math.sqrt(ratio)) * median) / Math.sqrt(marchenkoPasturMedian(ratio));
}

/** Median μ_β of the Marchenko–Pastur law of ratio β in (0, 1] and unit variance. */
export function marchenkoPasturMedian(ratio: number): number {
  let [low, high] = [0, Math.PI];
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    if (share(middle, ratio) < 0.5) low = middle;
    else high = middle;
  }
  return valueAt(low, ratio);
}

/** x = 1 + β − 2√β·cos φ runs over the law's support as φ runs from 0 to π. */
function valueAt(angle: number, ratio: number): number {
  return 1 + ratio - 2 * Math.sqrt(ratio) * Math.cos(angle);
}

/** Share of the law below x(φ), ∫₀^φ 2 sin²t/(π·x(t)) dt, by Simpson's rule. */
function share(angle: number, ratio: number): number {
  const step = angle / SIMPSON_INTERVALS;
  let sum = 0;
  for (let index = 0; index <= SIMPSON_INTERVALS; index += 1) {
    const isEnd = index === 0 || index === SIMPSON_INTERVALS;
    sum += (isEnd ? 1 : index % 2 === 1 ? 4 : 2) * density(index * step, ratio);
  }
  return (sum * step) / 3;
}

function density(angle: number, ratio: number): number {
  const value = valueAt(angle, ratio);
  // At φ = 0 and β = 1 both vanish; sin²φ/x tends to 1 there.
  if (value === 0) return 2 / Math.PI;
  return (2 * Math.sin(angle) ** 2) / (Math.PI * value);
}
