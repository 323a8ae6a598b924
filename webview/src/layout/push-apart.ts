interface Block {
  /** Sum of the wanted offsets of the members. */
  sum: number;
  count: number;
}

/**
 * Places labels at least `gap` apart, each as near to its wanted position as all together allow.
 *
 * Minimises Σ (yᵢ − wantedᵢ)² subject to yᵢ₊₁ − yᵢ ≥ gap in the order of the wanted positions: with
 * zᵢ = yᵢ − i·gap this is isotonic regression, solved exactly by pooling adjacent violators. The
 * result is then moved into [min, max], which keeps it optimal while all labels fit; where they do
 * not fit, they are spread evenly over the range.
 *
 * Returns positions in the order of `wanted`, in the same unit.
 * @see Best & Chakravarti 1990, doi:10.1007/BF01580873, for pooling adjacent violators.
 */
export function pushApart(
  wanted: readonly number[],
  gap: number,
  [min, max]: readonly [number, number],
): number[] {
  if (wanted.length === 0) return [];
  const order = wanted.map((_, index) => index).sort((a, b) => at(wanted, a) - at(wanted, b));
  const last = order.length - 1;
  const spacing = Math.min(gap, last === 0 ? gap : (max - min) / last);
  const offsets = isotonic(order.map((index, rank) => at(wanted, index) - rank * spacing));
  const positions = new Array<number>(wanted.length).fill(min);
  order.forEach((index, rank) => {
    const offset = Math.min(Math.max(at(offsets, rank), min), max - last * spacing);
    positions[index] = Math.max(min, offset) + rank * spacing;
  });
  return positions;
}

/** Non-decreasing least-squares fit. */
function isotonic(values: readonly number[]): number[] {
  const blocks: Block[] = [];
  for (const value of values) {
    let block: Block = { sum: value, count: 1 };
    let previous = blocks.at(-1);
    while (previous !== undefined && previous.sum / previous.count > block.sum / block.count) {
      block = { sum: previous.sum + block.sum, count: previous.count + block.count };
      blocks.pop();
      previous = blocks.at(-1);
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count));
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
