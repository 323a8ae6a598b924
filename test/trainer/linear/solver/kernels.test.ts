import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createKernels } from "../../../../trainer/src/linear/solver/kernels.ts";
import { createRandom } from "../../../../trainer/src/random.ts";

const ROOT = path.join(import.meta.dirname, "../../../..");

test("the embedded kernels are those that their sources compile to", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/build-kernels.mjs", "--check"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

describe("createKernels()", () => {
  const kernels = createKernels();
  const random = createRandom(1, "kernels");
  const normals = (length: number) => Float64Array.from({ length }, () => random.normal());

  test("gramPanels() adds XᵀX for any number of rows, in any shares of panels", () => {
    const [rows, ld] = [37, 12];
    const values = normals(rows * ld);
    kernels.reset();
    const x = kernels.numbers(rows * ld);
    const pack = kernels.numbers(256 * ld);
    const g = kernels.numbers(ld * ld);
    kernels.floats(x, rows * ld).set(values);
    kernels.packPanels(x, rows, ld, pack);
    for (const [first, last] of [
      [0, 1],
      [1, 3],
    ] as const) {
      kernels.gramPanels(pack, rows, ld, g, first, last);
    }
    kernels.mirror(g, ld);
    const found = kernels.floats(g, ld * ld);
    for (let i = 0; i < ld; i++) {
      for (let j = 0; j < ld; j++) {
        let sum = 0;
        for (let row = 0; row < rows; row++) {
          sum += (values[row * ld + i] ?? 0) * (values[row * ld + j] ?? 0);
        }
        expect(found[i * ld + j]).toBeCloseTo(sum, 11);
      }
    }
  });

  test("quadraticForms() gives wᵀGw from the upper half alone", () => {
    const ld = 8;
    kernels.reset();
    const [g, w, out] = [kernels.numbers(ld * ld), kernels.numbers(4 * ld), kernels.numbers(4)];
    const upper = normals(ld * ld);
    const full = (i: number, j: number) => upper[Math.min(i, j) * ld + Math.max(i, j)] ?? 0;
    const weights = normals(4 * ld).map((value, at) => (at % 3 === 0 ? 0 : value));
    // Below the diagonal, outside its blocks of two, anything may stand.
    kernels.floats(g, ld * ld).set(
      upper.map((value, at) => {
        const [i, j] = [Math.floor(at / ld), at % ld];
        return i - j === 1 && i % 2 === 1 ? full(i, j) : i > j ? 1e9 : value;
      }),
    );
    kernels.floats(w, 4 * ld).set(weights);
    kernels.quadraticForms(g, w, ld, out);
    kernels.floats(out, 4).forEach((form, k) => {
      let sum = 0;
      for (let i = 0; i < ld; i++) {
        for (let j = 0; j < ld; j++) {
          sum += (weights[k * ld + i] ?? 0) * (weights[k * ld + j] ?? 0) * full(i, j);
        }
      }
      expect(form).toBeCloseTo(sum, 10);
    });
  });

  test("refuses more than 4 GiB and says how much was asked for", () => {
    kernels.reset();
    expect(() => kernels.numbers(2 ** 30)).toThrow("Cannot hold 8.0 GiB; the solver has 4 GiB");
  });
});
