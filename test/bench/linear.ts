// Paths of λ with cross-validation beside scikit-learn: lasso, ridge, logistic regression.
//
// Rounds alternate, the data are one file for both; wall time and CPU seconds of all threads, medians.
// Python measures itself, from data in memory to a fitted model, and so does this process.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { bestIndex } from "../../trainer/src/linear/choose-lambda.ts";
import { crossValidate } from "../../trainer/src/linear/cross-validate.ts";
import { crossValidateClasses } from "../../trainer/src/linear/cross-validate-classes.ts";
import { type Design, shared } from "../../trainer/src/linear/design.ts";
import { splitFolds } from "../../trainer/src/linear/folds.ts";
import { lambdaPath } from "../../trainer/src/linear/lambda-grid.ts";
import { crossValidateRidge, ridgeClosedForm } from "../../trainer/src/linear/ridge.ts";
import { createSolverPool } from "../../trainer/src/linear/solver-pool.ts";
import { createRandom } from "../../trainer/src/random.ts";

const OUT = "out/bench";
const WORKER = path.resolve(OUT, "solver-worker.cjs");
const PYTHON = path.resolve(
  ".venv",
  process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
);
const PEERS = path.resolve("test/bench/linear_peers.py");
const FOLDS = 5;
const never = new AbortController().signal;

interface Measured {
  readonly wall: number;
  readonly cpu: number;
  readonly lambda: number;
  readonly coef: readonly number[];
}

interface Problem {
  readonly rows: number;
  readonly columns: number;
  /** File of features and targets, row by row, binary64. */
  readonly file: string;
  readonly design: Design;
}

/** Features with neighbours that correlate, fifty of them (or a tenth) with a weight, noise of deviation 5. */
function problemOf(rows: number, columns: number, isClass = false): Problem {
  const random = createRandom(1, "bench/linear");
  const weights = new Float64Array(columns);
  for (let used = 0; used < Math.min(50, columns / 10); used++) {
    weights[random.integer(columns)] = 2 * random.normal();
  }
  const x = new Float64Array(rows * columns);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let last = random.normal();
    let sum = 3;
    for (let j = 0; j < columns; j++) {
      const fresh = random.normal();
      x[i * columns + j] = fresh + 0.5 * last;
      last = fresh;
      sum += (x[i * columns + j] ?? 0) * (weights[j] ?? 0);
    }
    const noisy = sum + 5 * random.normal();
    y[i] = isClass ? Number(noisy > 3) : noisy;
  }
  const file = path.resolve(OUT, `linear-${rows}x${columns}${isClass ? "-classes" : ""}.f64`);
  writeFileSync(file, Buffer.concat([Buffer.from(x.buffer), Buffer.from(y.buffer)]));
  return { rows, columns, file, design: { rows, columns, outputs: 1, x: shared(x), y: shared(y) } };
}

/** `blas` is the number of NumPy's own threads: under load they wait for each other, and one is faster. */
function theirs(
  { rows, columns, file }: Problem,
  task: string,
  settings: object,
  blas?: number,
): Measured {
  const env = blas === undefined ? process.env : { ...process.env, ...blasThreads(blas) };
  const input = JSON.stringify({ rows, columns, file, task, folds: FOLDS, ...settings });
  const run = spawnSync(PYTHON, [PEERS], {
    input,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Measured;
}

const blasThreads = (count: number) => ({
  OPENBLAS_NUM_THREADS: String(count),
  OMP_NUM_THREADS: String(count),
  MKL_NUM_THREADS: String(count),
});

/** Threads are started within the time that is measured, as a run starts them. */
async function ours(
  work: (
    pool: ReturnType<typeof createSolverPool>,
  ) => Promise<{ lambda: number; coef: Float64Array }>,
  threads = 2,
): Promise<Measured> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const pool = createSolverPool({ work: 0, signal: never, worker: WORKER, threads });
  const { lambda, coef } = await work(pool);
  await pool.dispose();
  const used = process.cpuUsage(cpu);
  return {
    wall: (performance.now() - start) / 1000,
    cpu: (used.user + used.system) / 1e6,
    lambda,
    coef: [...coef],
  };
}

const allRows = (count: number) => Int32Array.from({ length: count }, (_, row) => row);

function lasso({ design }: Problem, count: number, tolerance: number, threads?: number) {
  return ours(async (pool) => {
    const final = allRows(design.rows);
    const {
      lambdas,
      errors,
      final: fits,
    } = await crossValidate(pool, {
      design,
      folds: splitFolds(final, { folds: FOLDS }),
      final,
      standardize: false,
      isGrouped: false,
      tolerance,
      mostSweeps: 10_000,
      strengthOf: (lambda) => ({ l1: lambda, l2: 0 }),
      lambdas: (largest) => lambdaPath(largest, count, 1e-3),
    });
    const best = bestIndex(errors);
    const { columns } = design;
    const coef = fits.coefficients.slice(best * columns, (best + 1) * columns);
    return { lambda: lambdas[best] ?? Number.NaN, coef };
  }, threads);
}

const ALPHAS = (count: number) =>
  Array.from({ length: count }, (_, k) => 1e5 * 10 ** ((-8 * k) / (count - 1)));

function ridge({ design }: Problem, count: number, rule: "loo" | "folds") {
  return ours(async (pool) => {
    const final = allRows(design.rows);
    const alphas = ALPHAS(count);
    const settings = {
      design,
      final,
      standardize: false,
      lambdas: Float64Array.from(alphas),
      alphaOf: (lambda: number) => lambda,
    };
    if (rule === "loo") {
      const { errors, fit: fitOf } = await ridgeClosedForm(pool, settings, "loo");
      const best = bestIndex(errors);
      return { lambda: alphas[best] ?? Number.NaN, coef: fitOf(best).coefficients };
    }
    const folds = splitFolds(final, { folds: FOLDS });
    const { errors, final: fits } = await crossValidateRidge(pool, { ...settings, folds });
    const best = bestIndex(errors);
    const { columns } = design;
    const coef = fits.coefficients.slice(best * columns, (best + 1) * columns);
    return { lambda: alphas[best] ?? Number.NaN, coef };
  });
}

const CLASS_LAMBDAS = (count: number) =>
  Array.from({ length: count }, (_, k) => 10 ** ((-4 * k) / (count - 1)));

function logistic({ design }: Problem, count: number) {
  return ours(async (pool) => {
    const final = allRows(design.rows);
    const {
      lambdas,
      errors,
      final: fits,
    } = await crossValidateClasses(pool, {
      design,
      folds: splitFolds(final, { folds: FOLDS }),
      final,
      standardize: false,
      tolerance: 1e-4,
      mostSteps: 500,
      strengthOf: (lambda) => ({ l1: 0, l2: lambda }),
      lambdas: () => Float64Array.from(CLASS_LAMBDAS(count)),
    });
    const best = bestIndex(errors);
    const { columns } = design;
    const coef = fits.coefficients.slice(best * columns, (best + 1) * columns);
    return { lambda: lambdas[best] ?? Number.NaN, coef };
  });
}

type Contestants = Readonly<Record<string, () => Measured | Promise<Measured>>>;

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Alternates; the first contestant is ours, ratios are how many times longer the others take. */
async function race(title: string, rounds: number, contestants: Contestants): Promise<void> {
  const names = Object.keys(contestants);
  const times = new Map(names.map((name) => [name, { wall: [] as number[], cpu: [] as number[] }]));
  const last = new Map<string, Measured>();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const measured = await contestants[name]?.();
      if (measured === undefined) continue;
      times.get(name)?.wall.push(measured.wall);
      times.get(name)?.cpu.push(measured.cpu);
      last.set(name, measured);
    }
  }
  console.log(`### ${title}, ${rounds} rounds\n`);
  console.log("| | wall s | CPU s | wall ratio | CPU ratio | λ | largest difference of weights |");
  console.log("|---|---|---|---|---|---|---|");
  const [first = ""] = names;
  const own = {
    wall: median(times.get(first)?.wall ?? []),
    cpu: median(times.get(first)?.cpu ?? []),
  };
  const reference = last.get(first)?.coef ?? [];
  for (const name of names) {
    const wall = median(times.get(name)?.wall ?? []);
    const cpu = median(times.get(name)?.cpu ?? []);
    const difference = Math.max(
      ...(last.get(name)?.coef ?? []).map((w, j) => Math.abs(w - (reference[j] ?? Number.NaN))),
    );
    console.log(
      `| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${(wall / own.wall).toFixed(2)} | ` +
        `${(cpu / own.cpu).toFixed(2)} | ${last.get(name)?.lambda.toPrecision(12)} | ${difference.toExponential(1)} |`,
    );
  }
  console.log("");
}

type Size = readonly [rows: number, columns: number, lambdas: number];

/** Both of them on one problem, and what the other one is called. */
interface Growing {
  /** In `NORMLENS_BENCH`. */
  readonly name: string;
  readonly title: string;
  readonly peer: string;
  readonly isClass?: true;
  readonly sizes: readonly Size[];
  ours(problem: Problem, count: number): Promise<Measured>;
  theirs(problem: Problem, count: number): Measured;
}

const GROWING: readonly Growing[] = [
  {
    name: "growth",
    title: "Lasso path and 5 folds as rows, features and λ grow, gap 1e-6",
    peer: "LassoCV",
    sizes: [
      [2_500, 500, 100],
      [5_000, 500, 100],
      [10_000, 500, 100],
      [20_000, 500, 100],
      [10_000, 125, 100],
      [10_000, 250, 100],
      [10_000, 1_000, 100],
      [10_000, 500, 25],
      [10_000, 500, 400],
    ],
    ours: (problem, count) => lasso(problem, count, 1e-6),
    theirs: (problem, count) =>
      theirs(problem, "lasso", { count, tolerance: 1e-6, jobs: 1, precompute: "auto" }),
  },
  {
    name: "ridge growth",
    title: "Ridge, leave-one-out, as rows, features and λ grow",
    peer: "RidgeCV",
    sizes: [
      [1_000, 250, 100],
      [2_000, 250, 100],
      [4_000, 250, 100],
      [2_000, 125, 100],
      [2_000, 500, 100],
      [2_000, 250, 25],
      [2_000, 250, 400],
    ],
    ours: (problem, count) => ridge(problem, count, "loo"),
    theirs: (problem, count) => theirs(problem, "ridge", { alphas: ALPHAS(count), mode: "auto" }),
  },
  {
    name: "logistic growth",
    title: "Logistic regression, L2, 5 folds, as rows, features and λ grow",
    peer: "LogisticRegressionCV",
    isClass: true,
    sizes: [
      [2_000, 200, 20],
      [4_000, 200, 20],
      [8_000, 200, 20],
      [4_000, 100, 20],
      [4_000, 400, 20],
      [4_000, 200, 10],
      [4_000, 200, 80],
    ],
    ours: logistic,
    theirs: (problem, count) =>
      theirs(problem, "logistic", { lambdas: CLASS_LAMBDAS(count), jobs: 1 }),
  },
];

/** Seconds of both as one size grows. */
async function growth({ title, peer, isClass, sizes, ...by }: Growing): Promise<void> {
  console.log(`### ${title}\n`);
  console.log(
    `| rows × features, λ | ours, wall s | ours, CPU s | ${peer}, wall s | ${peer}, CPU s |`,
  );
  console.log("|---|---|---|---|---|");
  for (const [rows, columns, count] of sizes) {
    const problem = problemOf(rows, columns, isClass);
    const own = await by.ours(problem, count);
    const other = by.theirs(problem, count);
    const cells = [own.wall, own.cpu, other.wall, other.cpu].map((seconds) => seconds.toFixed(2));
    console.log(`| ${rows} × ${columns}, ${count} | ${cells.join(" | ")} |`);
  }
  console.log("");
}

async function main(): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  await build({
    entryPoints: ["trainer/src/linear/solver-worker-main.ts"],
    outfile: WORKER,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
  });
  const wanted = process.env["NORMLENS_BENCH"]?.split(",") ?? [
    "lasso",
    "ridge",
    "logistic",
    "growth",
    "ridge growth",
    "logistic growth",
  ];
  const rounds = Number(process.env["NORMLENS_BENCH_ROUNDS"] ?? 3);
  let made: Problem | undefined;
  const big = () => {
    made ??= problemOf(10_000, 1_000);
    return made;
  };
  if (wanted.includes("lasso")) {
    for (const tolerance of [1e-6, 1e-14]) {
      const settings = { count: 100, tolerance };
      await race(`Lasso, 100 λ, 5 folds, 10,000 × 1,000, gap ${tolerance}`, rounds, {
        "ours, 2 threads": () => lasso(big(), 100, tolerance),
        "ours, 1 thread": () => lasso(big(), 100, tolerance, 1),
        "LassoCV auto, 1 job": () =>
          theirs(big(), "lasso", { ...settings, jobs: 1, precompute: "auto" }),
        "LassoCV auto, 1 job, 1 BLAS thread": () =>
          theirs(big(), "lasso", { ...settings, jobs: 1, precompute: "auto" }, 1),
        "LassoCV auto, 2 jobs": () =>
          theirs(big(), "lasso", { ...settings, jobs: 2, precompute: "auto" }),
        "LassoCV Gram, 1 job": () =>
          theirs(big(), "lasso", { ...settings, jobs: 1, precompute: true }),
      });
    }
  }
  if (wanted.includes("ridge folds")) {
    // RidgeCV fits each λ on each fold anew, so that ten of them take their time.
    await race("Ridge, 10 λ, 5 folds, 10,000 × 1,000", 1, {
      "ours, 2 threads": () => ridge(big(), 10, "folds"),
      "ours with 100 λ, 2 threads": () => ridge(big(), 100, "folds"),
      "RidgeCV, cv=5": () => theirs(big(), "ridge", { alphas: ALPHAS(10), mode: "folds" }),
    });
  }
  if (wanted.includes("ridge")) {
    const alphas = ALPHAS(100);
    await race("Ridge, 100 λ, leave-one-out, 10,000 × 1,000", 1, {
      "ours, 2 threads": () => ridge(big(), 100, "loo"),
      "RidgeCV, auto": () => theirs(big(), "ridge", { alphas, mode: "auto" }),
      "RidgeCV, auto, 1 BLAS thread": () => theirs(big(), "ridge", { alphas, mode: "auto" }, 1),
      "RidgeCV, eigen": () => theirs(big(), "ridge", { alphas, mode: "eigen" }),
    });
  }
  if (wanted.includes("logistic")) {
    const classes = problemOf(10_000, 1_000, true);
    for (const count of [10, 50]) {
      const lambdas = CLASS_LAMBDAS(count);
      await race(`Logistic regression, L2, ${count} λ, 5 folds, 10,000 × 1,000`, rounds, {
        "ours, 2 threads": () => logistic(classes, count),
        "LogisticRegressionCV lbfgs, 1 job": () =>
          theirs(classes, "logistic", { lambdas, jobs: 1 }),
        "LogisticRegressionCV lbfgs, 1 job, 1 BLAS thread": () =>
          theirs(classes, "logistic", { lambdas, jobs: 1 }, 1),
      });
    }
  }
  for (const growing of GROWING) {
    if (wanted.includes(growing.name)) await growth(growing);
  }
}

await main();
