/** Numbers by slot, with room for as many as come. */
export function growingNumbers(): {
  set(slot: number, value: number): void;
  /** The numbers of the given slots. */
  take(slots: Int32Array): Float64Array;
} {
  let values = new Float64Array(1024);
  return {
    set(slot, value) {
      if (slot >= values.length) {
        const grown = new Float64Array(Math.max(slot + 1, values.length * 2));
        grown.set(values);
        values = grown;
      }
      values[slot] = value;
    },
    take: (slots) => Float64Array.from(slots, (slot) => values[slot] ?? Number.NaN),
  };
}
