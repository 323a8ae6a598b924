import { readInto } from "../../formats/byte-source.ts";
import { type CompensatedSums, compensatedSums } from "../../measures/compensated-sums.ts";
import type { Histogram } from "../../measures/histogram.ts";
import { ValueFault } from "../value-fault.ts";
import { elementsOf, type StoredTensor, WEIGHT_DTYPES, type WeightDtype } from "../weight-file.ts";
import { BINS, binOf, bitHistogram } from "./bit-histogram.ts";
import { type AddingKernel, CHUNK_BYTES, type ScanKernels } from "./kernels.ts";
import { VALUE_OF_PATTERN } from "./value-of-pattern.ts";

/** What one pass over a tensor tells. Sums are over the finite elements, in binary64. */
export interface TensorStatistics {
  readonly count: number;
  /** Elements that are exactly +0 or −0. */
  readonly zeros: number;
  /** Elements that are NaN or ±∞. */
  readonly nonFinite: number;
  /** Σw / number of finite elements; 0 without any. */
  readonly mean: number;
  /** Σ|w| */
  readonly l1: number;
  /** √Σw² */
  readonly l2: number;
  /** max |w|, 0 without finite elements. */
  readonly maxAbs: number;
  /** The non-zero finite elements, in eighths of octaves. */
  readonly histogram: Histogram;
}

/** How a scan is watched and ended. */
export interface ScanWatch {
  /** An `AbortSignal`. */
  readonly signal: { throwIfAborted(): void };
  /** Called after every chunk with its bytes. */
  readonly onBytes?: (bytes: number) => void;
}

const ADDING: ReadonlyMap<WeightDtype, AddingKernel> = new Map([
  ["float64", "scanFloat64"],
  ["float32", "scanFloat32"],
  ["int64", "scanInt64"],
  ["int32", "scanInt32"],
  ["uint64", "scanUint64"],
  ["uint32", "scanUint32"],
]);

/** Counts of 32 bits are emptied before they can overflow. */
const EMPTY_AFTER = 2 ** 31;

/** Sums of the whole tensor. */
interface Totals {
  readonly sums: CompensatedSums;
  maxAbs: number;
  readonly counts: Float64Array;
}

/** Where the kernels put each number. */
const [SUM, L1, SQUARES, MAX, ZEROS, NON_FINITE] = [0, 1, 2, 3, 4, 5] as const;

/** Of a tensor without elements; a file may have a million of them. */
const EMPTY: TensorStatistics = {
  count: 0,
  zeros: 0,
  nonFinite: 0,
  mean: 0,
  l1: 0,
  l2: 0,
  maxAbs: 0,
  histogram: { edges: [0], counts: [] },
};

/** Takes the chunks of a tensor in. */
interface Accumulator {
  add(buffer: 0 | 1, elements: number): void;
  /** Empties the counts of the kernels into the totals. */
  flush(): void;
}

/**
 * Reads a tensor once, chunk by chunk, and tells what its values are like; counts are exact, relative
 * errors of the sums below 1e-12.
 *
 * @throws {ValueFault} If the file ends too early. Also what reading throws, and `signal.reason`.
 */
export async function scanTensor(
  kernels: ScanKernels,
  tensor: StoredTensor,
  watch: ScanWatch,
): Promise<TensorStatistics> {
  const count = elementsOf(tensor.shape);
  if (count === 0) return EMPTY;
  const totals: Totals = {
    sums: compensatedSums(6),
    maxAbs: 0,
    counts: new Float64Array(2 * BINS),
  };
  const kernel = ADDING.get(tensor.dtype);
  const accumulator =
    kernel === undefined
      ? patternAccumulator(kernels, tensor, totals)
      : addingAccumulator(kernels, kernel, totals);
  kernels.sums.fill(0);
  kernels.table.fill(0);
  let counted = 0;
  await eachChunk(kernels, tensor, watch, (buffer, elements) => {
    accumulator.add(buffer, elements);
    counted += elements;
    if (counted < EMPTY_AFTER) return;
    counted = 0;
    accumulator.flush();
  });
  accumulator.flush();
  return statisticsOf(totals, count);
}

function addingAccumulator(
  kernels: ScanKernels,
  kernel: AddingKernel,
  totals: Totals,
): Accumulator {
  const { sums, table } = kernels;
  return {
    add(buffer, elements) {
      kernels.add(kernel, buffer, elements);
      for (const index of [SUM, L1, SQUARES, ZEROS, NON_FINITE])
        totals.sums.add(index, sums[index] ?? 0);
      totals.maxAbs = Math.max(totals.maxAbs, sums[MAX] ?? 0);
      sums.fill(0);
    },
    flush() {
      for (let bin = 0; bin < 2 * BINS; bin++) {
        const found = (table[bin] ?? 0) + (table[2 * BINS + bin] ?? 0);
        totals.counts[bin] = (totals.counts[bin] ?? 0) + found;
      }
      table.fill(0);
    },
  };
}

/** Of types of few patterns only those are counted; every value is then looked at once. */
function patternAccumulator(
  kernels: ScanKernels,
  { dtype, quantization }: StoredTensor,
  totals: Totals,
): Accumulator {
  const bits = WEIGHT_DTYPES[dtype] === 1 ? 8 : 16;
  const patterns = 2 ** bits;
  const tables = bits === 8 ? 4 : 1;
  const storedOf = VALUE_OF_PATTERN.get(dtype);
  const { scale, min } = quantization ?? { scale: 1, min: 0 };
  const { table } = kernels;
  return {
    add: (buffer, elements) => kernels.count(bits, buffer, elements),
    flush() {
      for (let pattern = 0; pattern < patterns; pattern++) {
        let count = 0;
        for (let at = pattern; at < tables * patterns; at += patterns) count += table[at] ?? 0;
        if (count > 0) addValues(totals, scale * (storedOf?.(pattern) ?? Number.NaN) + min, count);
      }
      table.fill(0);
    },
  };
}

function addValues(totals: Totals, value: number, count: number): void {
  const bin = binOf(value);
  totals.counts[bin] = (totals.counts[bin] ?? 0) + count;
  if (!Number.isFinite(value) || value === 0) {
    totals.sums.add(value === 0 ? ZEROS : NON_FINITE, count);
    return;
  }
  totals.sums.add(SUM, count * value);
  totals.sums.add(L1, count * Math.abs(value));
  totals.sums.add(SQUARES, count * value * value);
  totals.maxAbs = Math.max(totals.maxAbs, Math.abs(value));
}

function statisticsOf({ sums, maxAbs, counts }: Totals, count: number): TensorStatistics {
  const { total } = sums;
  const nonFinite = total(NON_FINITE);
  return {
    count,
    zeros: total(ZEROS),
    nonFinite,
    mean: count === nonFinite ? 0 : total(SUM) / (count - nonFinite),
    l1: total(L1),
    l2: Math.sqrt(total(SQUARES)),
    maxAbs,
    histogram: bitHistogram(counts, total(ZEROS)),
  };
}

/** While one chunk is scanned the next one is read. */
async function eachChunk(
  { buffers }: ScanKernels,
  { bytes, shape, dtype }: StoredTensor,
  { signal, onBytes }: ScanWatch,
  use: (buffer: 0 | 1, elements: number) => void,
): Promise<void> {
  const itemBytes = WEIGHT_DTYPES[dtype];
  const end = elementsOf(shape) * itemBytes;
  const fill = (start: number, buffer: 0 | 1) => {
    const wanted = Math.min(CHUNK_BYTES, end - start);
    return wanted <= 0 ? undefined : readInto(bytes, start, buffers[buffer].subarray(0, wanted));
  };
  let buffer: 0 | 1 = 0;
  let pending = fill(0, buffer);
  for (let start = 0; start < end; start += CHUNK_BYTES) {
    const wanted = Math.min(CHUNK_BYTES, end - start);
    const found = await pending;
    if (found !== wanted)
      throw new ValueFault(`its values end ${end - start - (found ?? 0)} bytes early`);
    signal.throwIfAborted();
    const full = buffer;
    buffer = buffer === 0 ? 1 : 0;
    pending = fill(start + CHUNK_BYTES, buffer);
    buffers[full].fill(0, wanted, Math.min(wanted + 16, buffers[full].length));
    use(full, wanted / itemBytes);
    onBytes?.(wanted);
  }
}
