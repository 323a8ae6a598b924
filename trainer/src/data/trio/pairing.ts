import { createRandom } from "../../random.ts";

/**
 * Which row's content each row gets when `rate` of them are mixed up: [rows].
 *
 * round(rate · rows) rows pass their content round in one circle, so none of them keeps its own
 * and every content still occurs once. One row alone cannot be mixed up and keeps its own.
 */
export function mixPairs(rows: number, rate: number, seed: number, name: string): Int32Array {
  const content = Int32Array.from({ length: rows }, (_, row) => row);
  const mixed = createRandom(seed, name)
    .permutation(rows)
    .subarray(0, Math.round(rate * rows));
  mixed.forEach((row, index) => {
    content[row] = mixed[(index + 1) % mixed.length] ?? row;
  });
  return content;
}

/**
 * Which rows lack which modality, 1 = present: one mask [rows] for each of `rates`.
 *
 * round(rate · rows) rows lack each, drawn independently; no row lacks all: it keeps one of them,
 * which makes the shares a little smaller where the rates are high.
 */
export function drawPresence(
  rows: number,
  rates: readonly { readonly name: string; readonly rate: number }[],
  seed: number,
): readonly Uint8Array[] {
  const masks = rates.map(({ name, rate }) => {
    const mask = new Uint8Array(rows).fill(1);
    const order = createRandom(seed, `trio/missing/${name}`).permutation(rows);
    for (const row of order.subarray(0, Math.round(rate * rows))) mask[row] = 0;
    return mask;
  });
  const random = createRandom(seed, "trio/missing/kept");
  for (let row = 0; row < rows; row++) {
    const kept = masks[random.integer(masks.length)];
    if (kept !== undefined && masks.every((mask) => mask[row] === 0)) kept[row] = 1;
  }
  return masks;
}
