import { afterAll, describe, expect, test } from "vitest";
import type { CrossValidation } from "../../../trainer/src/linear/collect-fits.ts";
import { crossValidate } from "../../../trainer/src/linear/cross-validate.ts";
import type { Design } from "../../../trainer/src/linear/design.ts";
import { splitFolds } from "../../../trainer/src/linear/folds.ts";
import { lambdaPath } from "../../../trainer/src/linear/lambda-grid.ts";
import { createSolverPool, type SolverPool } from "../../../trainer/src/linear/solver-pool.ts";
import { bundled } from "../../support/bundled.ts";
import { allRows, linearProblem } from "../../support/linear-problem.ts";

const FITS = 20;
const never = new AbortController().signal;
const inline = createSolverPool({ work: 0, signal: never });
afterAll(() => inline.dispose());

const problem = (design: Design, ratio: number, isGrouped = false) => ({
  design,
  folds: splitFolds(allRows(design.rows), { folds: 4 }),
  final: allRows(design.rows),
  standardize: false,
  isGrouped,
  tolerance: 1e-14,
  mostSweeps: 10_000,
  strengthOf: (lambda: number) => ({ l1: lambda * ratio, l2: lambda * (1 - ratio) }),
  lambdas: (largest: number) => lambdaPath(largest, FITS, 0.05),
});

/** Slopes (Xᵀr)/n − l2·w of one fit and output, by definition. */
function slopes(design: Design, { final }: CrossValidation, fit: number, k: number, l2: number) {
  const { rows, columns, outputs, x, y } = design;
  const weights = final.coefficients.subarray((fit * outputs + k) * columns).slice(0, columns);
  const residuals = Float64Array.from({ length: rows }, (_, i) => {
    const fitted = weights.reduce((sum, w, j) => sum + w * (x[i * columns + j] ?? 0), 0);
    return (y[i * outputs + k] ?? 0) - fitted - (final.intercepts[fit * outputs + k] ?? 0);
  });
  const own = weights.map((w, j) => {
    const pull = residuals.reduce((sum, r, i) => sum + r * (x[i * columns + j] ?? 0), 0);
    return pull / rows - l2 * w;
  });
  return { weights, slopes: own };
}

const DESIGNS = [
  ["more rows than features", linearProblem({ rows: 80, columns: 24, used: 5, noise: 1 })],
  ["more features than rows", linearProblem({ rows: 40, columns: 510, used: 4, noise: 1 })],
] as const;

describe.each(DESIGNS)("crossValidate() with %s", (_name, design) => {
  test.each([1, 0.5])(
    "meets the optimality conditions along the path, l1_ratio %s",
    async (ratio) => {
      const found = await crossValidate(inline, problem(design, ratio));
      found.lambdas.forEach((lambda, fit) => {
        const l1 = lambda * ratio;
        const { weights, slopes: own } = slopes(design, found, fit, 0, lambda * (1 - ratio));
        own.forEach((slope, j) => {
          const weight = weights[j] ?? 0;
          if (weight === 0) expect(Math.abs(slope)).toBeLessThan(l1 * (1 + 1e-5));
          else expect(Math.abs(slope - l1 * Math.sign(weight))).toBeLessThan(1e-5 * l1);
        });
      });
    },
  );

  test("has exact zeros at λ_max and a weight right below it", async () => {
    const found = await crossValidate(inline, problem(design, 1));
    const { columns } = design;
    expect(found.final.coefficients.subarray(0, columns).every((w) => w === 0)).toBe(true);
    expect(found.final.coefficients.subarray(columns, 2 * columns).some((w) => w !== 0)).toBe(true);
    const mean = design.y.reduce((sum, value) => sum + value, 0) / design.rows;
    expect(found.final.intercepts[0]).toBeCloseTo(mean, 10);
  });

  test("with two equal columns the fit is as good as with one", async () => {
    const { rows, columns } = design;
    const x = Float64Array.from({ length: rows * (columns + 1) }, (_, at) => {
      const j = at % (columns + 1);
      return design.x[Math.floor(at / (columns + 1)) * columns + (j === columns ? 0 : j)] ?? 0;
    });
    const one = await crossValidate(inline, problem(design, 1));
    const two = await crossValidate(inline, problem({ ...design, x, columns: columns + 1 }, 1));
    one.errors.forEach(({ mean }, fit) => {
      expect((two.errors[fit]?.mean ?? 0) / mean).toBeCloseTo(1, 6);
    });
  });
});

test("several outputs without groups are fitted as each by itself", async () => {
  const design = linearProblem({ rows: 60, columns: 12, outputs: 2, used: 3, noise: 1 });
  const together = await crossValidate(inline, problem(design, 1));
  const lambdas = () => together.lambdas;
  const parts = [0, 1].map((k) =>
    crossValidate(inline, {
      ...problem({ ...design, outputs: 1, y: design.y.filter((_, at) => at % 2 === k) }, 1),
      lambdas,
    }),
  );
  const [first, second] = await Promise.all(parts);
  together.errors.forEach(({ mean }, fit) => {
    const sum = (first?.errors[fit]?.mean ?? 0) + (second?.errors[fit]?.mean ?? 0);
    expect(mean / sum).toBeCloseTo(1, 12);
  });
});

test("targets that do not vary leave nothing to start a path from", async () => {
  const design = linearProblem({ rows: 30, columns: 4, used: 0, noise: 0 });
  await expect(crossValidate(inline, problem(design, 1))).rejects.toThrow(
    "Cannot start a path of λ at 0",
  );
});

describe("on threads", () => {
  const worker = bundled("trainer/src/linear/solver-worker-main.ts");
  const pools: SolverPool[] = [];
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.dispose()));
  });
  const threaded = (signal: AbortSignal) => {
    const pool = createSolverPool({ work: 0, signal, worker: worker(), threads: 2 });
    pools.push(pool);
    return pool;
  };

  test("finds the very same numbers as on one", async () => {
    for (const [, design] of DESIGNS) {
      const done: number[] = [];
      const own = problem(design, 0.8);
      const many = await crossValidate(threaded(never), own, (share) => done.push(share));
      const one = await crossValidate(inline, own);
      expect(many).toEqual(one);
      expect(done).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    }
  });

  test("ends with the reason when it is cancelled", async () => {
    const controller = new AbortController();
    const pending = crossValidate(threaded(controller.signal), problem(DESIGNS[1][1], 1));
    controller.abort(new Error("Stopped by the user"));
    await expect(pending).rejects.toThrow("Stopped by the user");
  });

  test("passes on what a task throws", async () => {
    const pool = threaded(never);
    const { design, standardize, tolerance, mostSweeps } = problem(DESIGNS[0][1], 1);
    const rows = { train: allRows(3), held: allRows(0) };
    const task = { design, standardize, tolerance, mostSweeps, strengths: [], ...rows };
    await expect(
      pool.run<"rowsPath">([{ ...task, type: "rowsPath", isGrouped: true }]),
    ).rejects.toThrow("Cannot fit grouped outputs without a Gram matrix");
  });
});
