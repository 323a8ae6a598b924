// Training samples per second of every backend that this machine has, on two small models.
//
// Rounds alternate between the backends, so that a change of load falls on all of them.
import { setBackend } from "@tensorflow/tfjs-core";
import { BACKEND_NAMES, type BackendName } from "../../trainer/src/backends/backend.ts";
import { selectBackend } from "../../trainer/src/backends/select.ts";
import { BATCH_SIZE, cnn, mlp, type Training, type Workload } from "../support/workloads.ts";

const ROUNDS = 7;
/** A round steps at least once and stops after this long. */
const ROUND_MS = 300;

interface Contestant {
  readonly backend: BackendName;
  readonly training: Training;
  readonly rates: number[];
}

async function main(): Promise<void> {
  const backends = await availableBackends();
  for (const workload of [mlp, cnn]) printTable(workload, await race(workload, backends));
}

/** Every backend that passes its self-test, fastest first. */
async function availableBackends(): Promise<readonly BackendName[]> {
  const available: BackendName[] = [];
  for (const name of BACKEND_NAMES) {
    try {
      const { device } = await selectBackend(name, () => undefined);
      console.log(`${name}: ${device}`);
      available.push(name);
    } catch (error) {
      console.log(`${name}: left out. ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return available;
}

async function race(
  workload: Workload,
  backends: readonly BackendName[],
): Promise<readonly Contestant[]> {
  const contestants: Contestant[] = [];
  for (const backend of backends) {
    await setBackend(backend);
    const training = workload.start();
    await finished(training);
    contestants.push({ backend, training, rates: [] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { backend, training, rates } of contestants) {
      await setBackend(backend);
      rates.push(await samplesPerSecond(training));
    }
  }
  for (const { backend, training } of contestants) {
    await setBackend(backend);
    training.dispose();
  }
  return contestants;
}

async function samplesPerSecond(training: Training): Promise<number> {
  const start = performance.now();
  let steps = 0;
  do {
    await finished(training);
    steps++;
  } while (performance.now() - start < ROUND_MS);
  return (steps * BATCH_SIZE * 1000) / (performance.now() - start);
}

/** One step, waited for: a loss that was read is a step that was computed. */
async function finished(training: Training): Promise<void> {
  const loss = training.step();
  const [value = Number.NaN] = await loss.data();
  loss.dispose();
  if (!Number.isFinite(value)) throw new RangeError(`The loss is ${value}`);
}

function printTable(workload: Workload, contestants: readonly Contestant[]): void {
  const slowest = median(contestants.at(-1)?.rates ?? []);
  console.log(`\n${workload.name}, batch ${BATCH_SIZE}, Adam, median of ${ROUNDS} rounds`);
  console.log("| backend | samples/s | lowest – highest | ratio to the slowest |");
  console.log("|---|---:|---:|---:|");
  for (const { backend, rates } of contestants) {
    const range = `${rounded(Math.min(...rates))} – ${rounded(Math.max(...rates))}`;
    const ratio = (median(rates) / slowest).toFixed(1);
    console.log(`| ${backend} | ${rounded(median(rates))} | ${range} | ${ratio} |`);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((first, second) => first - second);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

function rounded(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

void main();
