// The list of 10,000 runs, as the extension has it from its worker: how long until the newest rows
// can be drawn, until all are there, and what it costs to look again.
//
// The folders lie in the page cache, as after a look at them. Wall time, processor seconds of all
// threads, and what the process holds more than before.
import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startRunWorker } from "../../client/src/runs/run-worker-host.ts";
import type { RunList } from "../../core/runs/run-list.ts";
import { nodeBundle } from "../support/node-bundle.ts";
import { metricText, recordText } from "../support/run-files.ts";

const RUNS = 10_000;
/** Logged steps of each run: with its evaluations 30 kB of metrics. */
const STEPS = 200;
const ROUNDS = 5;
const DAY_MS = 86_400_000;

const METRICS = Array.from({ length: STEPS }, (_, index) => {
  const step = index + 1;
  const train = { "train/loss": 1 / step, "train/data_loss": 0.9 / step, "train/penalty": 0.1 };
  const evaluated = { "validation/data_loss": 1 / step, "weights/all/zero_fraction": 0.5 };
  return metricText(step, step % 20 === 0 ? { ...train, ...evaluated } : train);
}).join("");

/** What a run of three modalities ends with is 150 metrics, a plain network's is 10. */
const finalOf = (metrics: number) => ({
  ...Object.fromEntries(
    Array.from({ length: metrics }, (_, index) => [`test/recall@1/${index}_to_x`, index / 7]),
  ),
  "validation/data_loss": 0.25,
  "weights/all/zero_fraction": 0.5,
});

interface Kind {
  readonly name: string;
  readonly metrics: number;
  /** Records of older versions do not say how far a run came, so its metrics are read. */
  readonly isComplete: boolean;
}

const KINDS: readonly Kind[] = [
  { name: "records of 2 kB", metrics: 10, isComplete: true },
  { name: "records of 8 kB", metrics: 150, isComplete: true },
  { name: "records that leave the end to the metrics", metrics: 0, isComplete: false },
];

async function writeRun(folder: string, index: number, kind: Kind): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  const id = path.basename(folder);
  const started = new Date(Date.UTC(2026, 0, 1) + (index * 300 * DAY_MS) / RUNS).toISOString();
  const findings = Array.from({ length: 3 }, (_, line) => ({
    code: "NL102",
    name: "weight-decay-on-bias",
    path: "train.py",
    line,
    message: "`weight_decay` falls on biases, too.",
  }));
  const final = kind.isComplete ? finalOf(kind.metrics) : {};
  const end = kind.isComplete ? { reached: { step: STEPS, epoch: 10 } } : {};
  const record = recordText({ id, name: `Run ${index}`, started, findings, final, ...end });
  await fs.writeFile(path.join(folder, "run.json"), record);
  await fs.writeFile(path.join(folder, "metrics.jsonl"), METRICS);
}

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

function stopwatch(): () => Cost {
  const cpu = process.cpuUsage();
  const start = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 };
  };
}

interface Round {
  readonly firstRows: Cost;
  readonly allRows: Cost;
  readonly refresh: Cost;
  readonly running: Cost;
  readonly mebibytes: number;
}

async function measured(work: () => Promise<RunList>): Promise<Cost> {
  const lap = stopwatch();
  const { runs, problems } = await work();
  const cost = lap();
  if (runs.length !== RUNS || problems.length > 0) throw new RangeError("The list is not whole");
  return cost;
}

async function round(script: string, root: string, changed: string): Promise<Round> {
  const rss = process.memoryUsage().rss;
  let lap = stopwatch();
  let firstRows: Cost | undefined;
  let shown: RunList = { runs: [], problems: [] };
  const worker = startRunWorker(script, {
    onList(list) {
      shown = list;
      firstRows ??= lap();
    },
    onFailure: (reason) => console.error(reason),
  });
  // The thread starts with the editor, whatever is listed then.
  await worker.list([]);
  lap = stopwatch();
  const allRows = await measured(() => worker.list([root]));
  const mebibytes = (process.memoryUsage().rss - rss) / 2 ** 20;
  const record = recordText({ id: "x", name: changed, status: "running", host: "elsewhere" });
  await fs.writeFile(path.join(changed, "run.json"), record);
  const refresh = await measured(() => worker.list([root]));
  if (!shown.runs.some(({ name }) => name === changed)) throw new RangeError("The list is stale");
  const running = await measured(() => worker.listRunning());
  worker.dispose();
  if (firstRows === undefined) throw new RangeError("No rows were shown");
  return { firstRows, allRows, refresh, running, mebibytes };
}

function median(values: readonly number[]): string {
  return (values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN).toFixed(0);
}

function printed(name: string, rounds: readonly Round[]): string {
  const row = (label: string, pick: (round: Round) => Cost) => {
    const costs = rounds.map(pick);
    const [wall, cpu] = [costs.map(({ wallMs }) => wallMs), costs.map(({ cpuMs }) => cpuMs)];
    return `| ${name}: ${label} | ${median(wall)} | ${median(cpu)} |`;
  };
  return [
    row("first rows", ({ firstRows }) => firstRows),
    row("all rows", ({ allRows }) => allRows),
    row("refresh, one run changed", ({ refresh }) => refresh),
    row("a look at the one in progress", ({ running }) => running),
    // Later rounds find memory that earlier ones gave back.
    `| ${name}: memory, MiB | ${Math.max(...rounds.map(({ mebibytes }) => mebibytes)).toFixed(0)} | |`,
  ].join("\n");
}

const home = await fs.mkdtemp(path.join(tmpdir(), "normlens-bench-runs-"));
try {
  const script = path.join(home, "run-worker.cjs");
  await nodeBundle("client/src/worker/main.ts", script);
  console.log(`| ${RUNS} runs | wall ms | CPU ms |\n|---|--:|--:|`);
  for (const [index, kind] of KINDS.entries()) {
    const root = path.join(home, `workspace-${index}`);
    const folders = Array.from({ length: RUNS }, (_, run) =>
      path.join(root, ".normlens/runs", `run-${String(run).padStart(5, "0")}`),
    );
    for (const [run, folder] of folders.entries()) await writeRun(folder, run, kind);
    const rounds: Round[] = [];
    for (let time = 0; time < ROUNDS; time++) {
      rounds.push(await round(script, root, folders[time] ?? home));
    }
    console.log(printed(kind.name, rounds));
  }
} finally {
  await fs.rm(home, { recursive: true, force: true });
}
