import type { ByteSource } from "../../formats/byte-source.ts";
import { type CompensatedSums, compensatedSums } from "../../measures/compensated-sums.ts";
import { rowMajorBytes } from "../row-major-bytes.ts";
import type { ScanWatch } from "../scan/scan-tensor.ts";
import { tensorValues } from "../tensor-values.ts";
import { ValueFault } from "../value-fault.ts";
import { elementsOf, type StoredTensor, WEIGHT_DTYPES } from "../weight-file.ts";
import { type DifferenceKernels, PAIRS } from "./difference-kernels.ts";

/**
 * How far tensor A is from tensor B of the same shape. Sums are in binary64 over the pairs of which
 * both are finite.
 */
export interface TensorDifference {
  readonly count: number;
  /** ‖A − B‖₂ */
  readonly distance: number;
  /** ‖A − B‖₂ / ‖B‖₂; 0 without any distance, ∞ where B is zero and A is not. */
  readonly relative: number;
  /** max |A − B| */
  readonly maxAbs: number;
  /** ΣAB / (‖A‖₂·‖B‖₂); NaN where either is zero. */
  readonly cosine: number;
  /** Pairs of the same value, +0 and −0 too. NaN equals nothing. */
  readonly equal: number;
  /** Zero in A and not in B. */
  readonly zerosGained: number;
  /** Zero in B and not in A. */
  readonly zerosLost: number;
  /** Pairs of which one is NaN or ±∞, which enter no sum. */
  readonly nonFinite: number;
}

/** Where the kernel puts each sum. */
const [SQUARES, A_SQUARES, B_SQUARES, PRODUCTS, MAX, EQUAL, GAINED, LOST, NON_FINITE] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
] as const;
const ADDED = [SQUARES, A_SQUARES, B_SQUARES, PRODUCTS, EQUAL, GAINED, LOST, NON_FINITE];

type Numbers = Float32Array | Float64Array;

/**
 * Reads two tensors of one shape once, side by side, whatever their types and orders.
 *
 * @throws {ValueFault} If one ends too early, or cannot be brought into the order of the other. Also
 * what reading throws, and `signal.reason`.
 */
export async function tensorDifference(
  kernels: DifferenceKernels,
  [a, b]: readonly [StoredTensor, StoredTensor],
  { signal, onBytes }: ScanWatch,
): Promise<TensorDifference> {
  const count = elementsOf(a.shape);
  const [first, second] = sameOrder(a, b) ? [a.bytes, b.bytes] : [inRows(a), inRows(b)];
  const read = async (start: number): Promise<readonly [Numbers, Numbers]> => {
    const end = Math.min(count, start + PAIRS);
    return Promise.all([piece(a, first, { start, end }), piece(b, second, { start, end })]);
  };
  const itemBytes = WEIGHT_DTYPES[a.dtype] + WEIGHT_DTYPES[b.dtype];
  const totals = compensatedSums(kernels.sums.length);
  let maxAbs = 0;
  let pending = count === 0 ? undefined : read(0);
  for (let start = 0; pending !== undefined; start += PAIRS) {
    const [left, right] = await pending;
    signal.throwIfAborted();
    // The next piece is read while this one is compared.
    pending = start + PAIRS < count ? read(start + PAIRS) : undefined;
    kernels.left.set(left);
    kernels.right.set(right);
    kernels.sums.fill(0);
    kernels.add(left.length);
    for (const index of ADDED) totals.add(index, kernels.sums[index] ?? 0);
    maxAbs = Math.max(maxAbs, kernels.sums[MAX] ?? 0);
    onBytes?.(left.length * itemBytes);
  }
  return { count, maxAbs, ...fromTotals(totals) };
}

function sameOrder(a: StoredTensor, b: StoredTensor): boolean {
  const order = ({ strides, tile }: StoredTensor) => JSON.stringify([strides, tile]);
  return order(a) === order(b);
}

function inRows(tensor: StoredTensor): ByteSource {
  const bytes = rowMajorBytes(tensor);
  if ("problem" in bytes) throw new ValueFault(`it is not compared: ${bytes.problem}`);
  return bytes;
}

async function piece(
  tensor: StoredTensor,
  bytes: ByteSource,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<Numbers> {
  const itemBytes = WEIGHT_DTYPES[tensor.dtype];
  const found = await bytes.read(start * itemBytes, end * itemBytes);
  const missing = (end - start) * itemBytes - found.length;
  if (missing > 0) throw new ValueFault(`its values end ${missing} bytes early`);
  return tensorValues(tensor, found);
}

function fromTotals({ total }: CompensatedSums): Omit<TensorDifference, "count" | "maxAbs"> {
  const distance = Math.sqrt(total(SQUARES));
  const [left, right] = [Math.sqrt(total(A_SQUARES)), Math.sqrt(total(B_SQUARES))];
  return {
    distance,
    relative: distance === 0 ? 0 : distance / right,
    // Rounding may take equal directions a little beyond 1.
    cosine: Math.max(-1, Math.min(1, total(PRODUCTS) / (left * right))),
    equal: total(EQUAL),
    zerosGained: total(GAINED),
    zerosLost: total(LOST),
    nonFinite: total(NON_FINITE),
  };
}
