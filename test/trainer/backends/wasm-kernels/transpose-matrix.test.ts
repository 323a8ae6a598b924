import fc from "fast-check";
import { expect, test } from "vitest";
import { transposeMatrix } from "../../../../trainer/src/backends/wasm-kernels/transpose-matrix.ts";

test("transposeMatrix() moves element [i, j] to [j, i] for any size", () => {
  const size = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(size, size, (rows, columns) => {
      const source = Float32Array.from({ length: rows * columns }, (_, index) => index);
      const target = new Float32Array(rows * columns).fill(-1);
      transposeMatrix(source, target, rows, columns);
      const expected = Array.from(
        { length: rows * columns },
        (_, index) => (index % rows) * columns + Math.floor(index / rows),
      );
      expect(Array.from(target)).toEqual(expected);
    }),
  );
});
