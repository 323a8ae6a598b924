// Ranks of 10,000 pairs' partners among all, both ways, beside NumPy in binary64.
//
// Rounds alternate; wall time and CPU seconds, medians. Every rank has to be the same.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Matrix } from "../../core/measures/matrix.ts";
import { retrievalBothWays } from "../../core/measures/retrieval.ts";
import { createRandom } from "../../trainer/src/random.ts";
import { startPythonPeer } from "../support/python-peer.ts";

const OUT = path.resolve("out/bench");
const [ROWS, COLUMNS, ROUNDS] = [10_000, 512, 3];

interface Ranked {
  readonly wall: number;
  readonly cpu: number;
  /** Recall@1, 5, 10, median rank and mean reciprocal rank, there and back. */
  readonly figures: readonly (readonly number[])[];
}

/** Partners whose noise is `noise` times as long as they are. */
function pairs(noise: number): readonly [Float32Array, Float32Array] {
  const random = createRandom(1, "bench/retrieval");
  const x = Float32Array.from({ length: ROWS * COLUMNS }, () => random.normal());
  return [x, x.map((value) => value + noise * random.normal())];
}

function ours([x, z]: readonly [Float32Array, Float32Array]) {
  const matrix = (data: Float32Array): Matrix => ({ rows: ROWS, columns: COLUMNS, data });
  const wall = performance.now();
  const cpu = process.cpuUsage();
  const both = retrievalBothWays(matrix(x), matrix(z));
  const { user, system } = process.cpuUsage(cpu);
  const measured: Ranked = {
    wall: (performance.now() - wall) / 1000,
    cpu: (user + system) / 1e6,
    figures: both.map((one) => [one.recall1, one.recall5, one.recall10, one.medianRank, one.mrr]),
  };
  return { measured, ranks: both.flatMap(({ ranks }) => [...ranks]) };
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const shown = (figures: readonly number[] | undefined) =>
  figures?.map((value) => value.toPrecision(6)).join(" · ");

mkdirSync(OUT, { recursive: true });
const given = pairs(6);
const files = given.map((data, index) => {
  const file = path.join(OUT, `retrieval-${index}.f32`);
  writeFileSync(file, new Uint8Array(data.buffer));
  return file;
});
const theirRanks = path.join(OUT, "retrieval-ranks.f64");
const peers = new Map<string, Exclude<Awaited<ReturnType<typeof startPythonPeer>>, string>>();
for (const [name, environment] of [
  ["NumPy", {}],
  ["NumPy, 1 thread", { OPENBLAS_NUM_THREADS: "1" }],
] as const) {
  const peer = await startPythonPeer("retrieval_peers.py", environment);
  if (typeof peer === "string") console.log(`${name} did not run: ${peer}`);
  else peers.set(name, peer);
}

ours(given);
const rounds = new Map<string, Ranked[]>();
const add = (name: string, one: Ranked) => rounds.set(name, [...(rounds.get(name) ?? []), one]);
const different = new Map<string, number>();
for (let round = 0; round < ROUNDS; round++) {
  const { measured, ranks } = ours(given);
  add("ours, 1 thread", measured);
  for (const [name, peer] of peers) {
    add(name, (await peer.ask(["rank", ...files, ROWS, COLUMNS, theirRanks].join(" "))) as Ranked);
    const bytes = readFileSync(theirRanks);
    const theirs = new Float64Array(bytes.buffer.slice(bytes.byteOffset), 0, 2 * ROWS);
    different.set(name, ranks.filter((rank, index) => rank !== theirs[index]).length);
  }
}
console.log("| who | wall s | CPU s | recall@1 · 5 · 10 · median rank · MRR | ranks that differ |");
console.log("|---|---:|---:|---|---:|");
for (const [name, all] of rounds) {
  const [wall, cpu] = (["wall", "cpu"] as const).map((key) => median(all.map((one) => one[key])));
  console.log(
    `| ${name} | ${wall?.toFixed(2)} | ${cpu?.toFixed(2)} | ${shown(all[0]?.figures[0])} | ${different.get(name) ?? ""} |`,
  );
}
for (const peer of peers.values()) peer.end();
