// One pass over a weight file beside NumPy's and PyTorch's reductions, one thread each.
//
// The file lies in the page cache. Rounds alternate; wall time and processor seconds, medians.
import { spawnSync } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { nodeInflate } from "../../core/formats/node-inflate.ts";
import { withWeightFile } from "../../core/weights/node-weight-files.ts";
import { createScanKernels } from "../../core/weights/scan/kernels.ts";
import { type ScannedTensor, scanFile } from "../../core/weights/scan/scan-file.ts";
import { createRandom } from "../../trainer/src/random.ts";

const FILE = path.resolve("out/bench/weights.safetensors");
const PYTHON = path.resolve(
  ".venv",
  process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
);
const PEERS = path.resolve("test/bench/weights_peers.py");
const ROUNDS = 5;
const SIDE = 2048;
/** Tensors of each type; a file of 1.2 GB. */
const TENSORS = 48;

interface Measured {
  readonly wall: number;
  readonly cpu: number;
  readonly results: Readonly<Record<string, readonly number[]>>;
}

/** Tensors of normal numbers, every fifth with 30 % zeros, in binary32 and in bfloat16. */
async function writeFile(): Promise<number> {
  const random = createRandom(1, "bench/weights");
  const normal = Float32Array.from({ length: SIDE * SIDE }, () => 0.02 * random.normal());
  const sparse = normal.map((value) => (random.uniform() < 0.3 ? 0 : value));
  const entries: [string, object][] = [];
  let offset = 0;
  for (const [dtype, width] of [
    ["F32", 4],
    ["BF16", 2],
  ] as const) {
    for (let index = 0; index < TENSORS; index++) {
      const end = offset + SIDE * SIDE * width;
      entries.push([
        `${dtype}.${index}`,
        { dtype, shape: [SIDE, SIDE], data_offsets: [offset, end] },
      ]);
      offset = end;
    }
  }
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  await fs.mkdir(path.dirname(FILE), { recursive: true });
  const handle = await fs.open(FILE, "w");
  await handle.write(length);
  await handle.write(header);
  for (const width of [4, 2]) {
    for (let index = 0; index < TENSORS; index++) {
      const values = index % 5 === 0 ? sparse : normal;
      await handle.write(width === 4 ? new Uint8Array(values.buffer) : upperHalves(values));
    }
  }
  await handle.close();
  return offset;
}

function upperHalves(values: Float32Array): Uint8Array {
  const words = new Uint32Array(values.buffer);
  return new Uint8Array(Uint16Array.from(words, (word) => word >>> 16).buffer);
}

async function ours(): Promise<Measured> {
  const platform = {
    open: fs.open,
    path,
    inflate: nodeInflate({ pipeline, createInflateRaw, readable: Readable.from }),
  };
  const kernels = createScanKernels();
  const signal = new AbortController().signal;
  const wall = performance.now();
  const cpu = process.cpuUsage();
  const tensors = await withWeightFile(platform, FILE, async (weights) => {
    if ("problem" in weights) throw new Error(weights.problem);
    const found: ScannedTensor[] = [];
    for await (const tensor of scanFile(kernels, weights.tensors, { signal })) {
      if ("problem" in tensor) throw new Error(tensor.problem);
      found.push(tensor);
    }
    return found;
  });
  const { user, system } = process.cpuUsage(cpu);
  return {
    wall: (performance.now() - wall) / 1000,
    cpu: (user + system) / 1e6,
    results: Object.fromEntries(
      tensors.map(({ name, zeros, l1, l2, maxAbs, nonFinite }) => [
        name,
        [zeros, l1, l2, maxAbs, nonFinite],
      ]),
    ),
  };
}

function theirs(name: string): Measured | undefined {
  const { status, stdout, stderr } = spawnSync(PYTHON, [PEERS, name, FILE], { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout);
  console.log(`${name} did not run: ${stderr.trim().split("\n").at(-1)}`);
  return undefined;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Largest relative difference of norms; counts and maxima have to be the same. */
function difference(a: Measured, b: Measured): number {
  let largest = 0;
  for (const [name, [zeros, l1 = 0, l2 = 0, max, bad]] of Object.entries(a.results)) {
    const other = b.results[name] ?? [];
    if (zeros !== other[0] || max !== other[3] || bad !== other[4]) return Number.POSITIVE_INFINITY;
    largest = Math.max(
      largest,
      Math.abs(l1 / (other[1] ?? 0) - 1),
      Math.abs(l2 / (other[2] ?? 0) - 1),
    );
  }
  return largest;
}

const bytes = await writeFile();
await ours();
const peers = ["numpy", "torch", "read"].filter((name) => theirs(name) !== undefined);
const rounds: Record<string, Measured[]> = { ours: [] };
for (let round = 0; round < ROUNDS; round++) {
  rounds["ours"]?.push(await ours());
  for (const name of peers) {
    const measured = theirs(name);
    if (measured !== undefined) rounds[name] = [...(rounds[name] ?? []), measured];
  }
}
const of = (name: string, what: "wall" | "cpu") =>
  median((rounds[name] ?? []).map((one) => one[what]));
console.log(
  `${(bytes / 1e9).toFixed(2)} GB, ${2 * TENSORS} tensors of ${SIDE}×${SIDE}, half of the tensors bfloat16.\n`,
);
console.log(
  "| who | wall s | CPU s | GB/s | ours is faster by wall | by CPU | largest difference |",
);
console.log("|---|---|---|---|---|---|---|");
for (const name of ["ours", ...peers]) {
  const [wall, cpu] = [of(name, "wall"), of(name, "cpu")];
  const [first, second] = [rounds["ours"]?.[0], rounds[name]?.[0]];
  const isCompared = name === "numpy" || name === "torch";
  const error =
    isCompared && first !== undefined && second !== undefined
      ? difference(first, second).toExponential(1)
      : "";
  console.log(
    `| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${(bytes / wall / 1e9).toFixed(2)} | ${(wall / of("ours", "wall")).toFixed(2)}× | ${(cpu / of("ours", "cpu")).toFixed(2)}× | ${error} |`,
  );
}
await fs.rm(FILE);
