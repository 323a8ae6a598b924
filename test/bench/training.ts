// Training steps of the product beside PyTorch's on this machine's processor, with Adam on batches of 64.
//
// Every contestant is a process of its own; rounds alternate between them, so that a change of load
// falls on all alike. PyTorch is fetched into out/bench/training at first use.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { BATCH_SIZE, NETWORKS, type Network } from "./training/networks.ts";
import { runWorker } from "./training/worker.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const FOLDER = path.join(ROOT, "out/bench/training");
const PYTHON = path.join(FOLDER, "venv/bin/python");
/** The build without CUDA where pip's indexes have it; else the usual one, with gigabytes of it. */
const TORCH = ["torch==2.13.0+cpu", "torch==2.13.0"];
const ROUNDS = 5;

interface Answer {
  readonly seconds: number;
  readonly cpu: number;
  readonly peak_mb: number;
  readonly loss: number;
}

interface Contestant {
  readonly name: string;
  /** Makes steps, and says what they took. */
  run(steps: number): Promise<Answer>;
  end(): void;
}

async function main(): Promise<void> {
  const [role, name, backend] = process.argv.slice(2);
  if (role === "worker") {
    const network = NETWORKS.find((one) => one.name === name);
    if (network !== undefined) await runWorker(network, backend === "wasm" ? "wasm" : "tensorflow");
    return;
  }
  const missing = setUp();
  if (missing !== undefined) {
    console.log(`Left out: ${missing}`);
    return;
  }
  console.log(
    `Batches of ${BATCH_SIZE}, Adam, medians of ${ROUNDS} alternated rounds; ratios to the best PyTorch of each round\n`,
  );
  console.log("| network | who | samples/s | CPU ms a step | peak MB | ratio by wall | by CPU |");
  console.log("|---|---|---:|---:|---:|---:|---:|");
  const only = process.env["NORMLENS_BENCH_NETWORKS"]?.split(",");
  for (const network of NETWORKS) {
    if (only?.includes(network.name) !== false) await race(network);
  }
}

function setUp(): string | undefined {
  if (existsSync(PYTHON)) return undefined;
  mkdirSync(FOLDER, { recursive: true });
  const python = spawnSync("python3", ["-m", "venv", path.join(FOLDER, "venv")]);
  const isThere =
    python.status === 0 &&
    TORCH.some((torch) => {
      const args = ["-m", "pip", "install", "--quiet", torch, "numpy"];
      return spawnSync(PYTHON, args, { stdio: "inherit" }).status === 0;
    });
  if (isThere) return undefined;
  rmSync(FOLDER, { recursive: true, force: true });
  return "Python with PyTorch could not be set up";
}

function contestants(network: Network): readonly Contestant[] {
  const script = path.join(ROOT, "test/bench/training/training.py");
  const torch = (name: string, threads: number) => start(PYTHON, [script, name, String(threads)]);
  const all = availableParallelism();
  const ours = (backend: string) =>
    start(process.execPath, [process.argv[1] ?? "", "worker", network.name, backend]);
  return [
    { name: `PyTorch, ${all} threads`, ...torch(network.name, all) },
    // Under load its threads wait for each other, and one alone may be faster.
    ...(all === 1 ? [] : [{ name: "PyTorch, 1 thread", ...torch(network.name, 1) }]),
    ...(network.name === "cnn"
      ? [{ name: "PyTorch, 1 thread, channels last", ...torch("cnn-channels-last", 1) }]
      : []),
    { name: "NormLens, tensorflow", ...ours("tensorflow") },
    ...(network.name === "cnn" ? [{ name: "NormLens, wasm", ...ours("wasm") }] : []),
  ];
}

function start(command: string, args: readonly string[]): Omit<Contestant, "name"> {
  const child: ChildProcess = spawn(command, [...args], { stdio: ["pipe", "pipe", "inherit"] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error(`${command} has no pipes`);
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    async run(steps) {
      stdin.write(`${steps}\n`);
      const { value } = await lines.next();
      const answer: Answer = JSON.parse(String(value));
      return answer;
    },
    end: () => stdin.end(),
  };
}

async function race(network: Network): Promise<void> {
  const racing = contestants(network);
  const answers = new Map<string, Answer[]>(racing.map(({ name }) => [name, []]));
  for (const { run } of racing) await run(3);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, run } of racing) answers.get(name)?.push(await run(network.steps));
  }
  for (const { end } of racing) end();
  const peers = [...answers].filter(([name]) => name.startsWith("PyTorch")).map(([, own]) => own);
  for (const [name, own] of answers) {
    // Beside whichever setting of PyTorch's was best in the same round.
    const ratio = (of: (answer: Answer) => number) =>
      median(
        own.map((answer, round) => {
          const best = Math.min(...peers.flatMap((peer) => peer[round] ?? []).map(of));
          return best / of(answer);
        }),
      );
    const rate = median(own.map(({ seconds }) => (network.steps * BATCH_SIZE) / seconds));
    const cpu = median(own.map((answer) => (answer.cpu * 1000) / network.steps));
    const cells = [
      network.title,
      name,
      Math.round(rate).toLocaleString("en-US"),
      cpu.toFixed(1),
      Math.round(own.at(-1)?.peak_mb ?? Number.NaN),
      ratio(({ seconds }) => seconds).toFixed(2),
      ratio((answer) => answer.cpu).toFixed(2),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

void main();
