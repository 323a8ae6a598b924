// The list of 10,000 runs: the first one, and a refresh after one run changed, as the worker makes them.
//
// The folders lie in the page cache, as after a look at them. Wall time and processor seconds.
import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRunLister, type RunList } from "../../core/runs/list-runs.ts";
import { nodeRunFileSystem } from "../../core/runs/node-run-file-system.ts";
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

async function writeRun(folder: string, index: number): Promise<void> {
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
  const record = recordText({ id, name: `Run ${index}`, started, findings });
  await fs.writeFile(path.join(folder, "run.json"), record);
  await fs.writeFile(path.join(folder, "metrics.jsonl"), METRICS);
}

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function measured(list: () => Promise<RunList>, wanted: number): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { runs, problems } = await list();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  if (runs.length !== wanted || problems.length > 0) throw new RangeError("The list is not whole");
  return { wallMs, cpuMs: (user + system) / 1000 };
}

function median(costs: readonly Cost[]): string {
  const of = (pick: (cost: Cost) => number) =>
    costs.map(pick).toSorted((a, b) => a - b)[costs.length >> 1] ?? Number.NaN;
  return `${of(({ wallMs }) => wallMs).toFixed(0)} ms | ${of(({ cpuMs }) => cpuMs).toFixed(0)} ms`;
}

const home = await fs.mkdtemp(path.join(tmpdir(), "normlens-bench-runs-"));
try {
  const folders = Array.from({ length: RUNS }, (_, index) => path.join(home, `run-${index}`));
  for (const [index, folder] of folders.entries()) await writeRun(folder, index);
  const files = nodeRunFileSystem(fs);
  const firsts: Cost[] = [];
  const refreshes: Cost[] = [];
  const clones: Cost[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const lister = createRunLister(files, () => Promise.resolve(true));
    let last: RunList = { runs: [], problems: [] };
    const list = async () => {
      last = await lister.list(home);
      return last;
    };
    firsts.push(await measured(list, RUNS));
    const changed = folders[round] ?? home;
    await fs.writeFile(path.join(changed, "run.json"), recordText({ id: "x", name: `v${round}` }));
    refreshes.push(await measured(list, RUNS));
    if (!last.runs.some(({ name }) => name === `v${round}`)) throw new RangeError("Stale list");
    clones.push(await measured(async () => structuredClone(last), RUNS));
  }
  console.log(`| ${RUNS} runs | wall | processor |\n|---|--:|--:|`);
  console.log(`| first list | ${median(firsts)} |`);
  console.log(`| refresh after one run changed | ${median(refreshes)} |`);
  console.log(`| handing the list from the worker to the editor | ${median(clones)} |`);
} finally {
  await fs.rm(home, { recursive: true, force: true });
}
