// UMAP beside umap-learn, which has compiled its functions before; trustworthiness by scikit-learn.
//
// 10,000 vectors of dimension 512, fifteen neighbours, each side's default number of epochs (500). Rounds
// alternate; wall time and CPU seconds of all threads, medians.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Matrix } from "../../core/measures/matrix.ts";
import { createUmap } from "../../core/measures/umap/umap.ts";
import { createRandom } from "../../trainer/src/random.ts";
import { startPythonPeer } from "../support/python-peer.ts";

const OUT = path.resolve("out/bench");
const [ROWS, COLUMNS, CLASSES, ROUNDS] = [10_000, 512, 20, 3];
type Metric = "euclidean" | "cosine";

/**
 * Embeddings as a network makes them: classes of a few degrees of freedom each, bent by a layer of tanh,
 * of unit length, and noise in every dimension.
 */
function embeddings(freedom: number, noise: number): Matrix & { readonly data: Float32Array } {
  const random = createRandom(1, `bench/umap/${freedom}`);
  const [inner, hidden] = [16, 128];
  const normals = (count: number, scale: number) =>
    Float64Array.from({ length: count }, () => scale * random.normal());
  const times = (x: Float64Array, weights: Float64Array, width: number) => {
    const y = new Float64Array(width);
    for (const [i, value] of x.entries()) {
      for (let j = 0; j < width; j++) y[j] = (y[j] ?? 0) + value * (weights[i * width + j] ?? 0);
    }
    return y;
  };
  const classes = Array.from({ length: CLASSES }, () => {
    return { centre: normals(inner, 1.5), ways: normals(freedom * inner, 1 / Math.sqrt(freedom)) };
  });
  const bent = normals(inner * hidden, 1 / 4);
  const out = normals(hidden * COLUMNS, 1 / Math.sqrt(hidden));
  const data = new Float32Array(ROWS * COLUMNS);
  for (let row = 0; row < ROWS; row++) {
    const { centre, ways } = classes[random.integer(CLASSES)] ?? {
      centre: normals(0, 0),
      ways: out,
    };
    const place = times(normals(freedom, 1), ways, inner).map((x, k) => x + (centre[k] ?? 0));
    const vector = times(times(place, bent, hidden).map(Math.tanh), out, COLUMNS);
    const length = Math.hypot(...vector);
    data.set(
      vector.map((x) => x / length + noise * random.normal()),
      row * COLUMNS,
    );
  }
  return { rows: ROWS, columns: COLUMNS, data };
}

interface Timed {
  readonly wall: number;
  readonly cpu: number;
}

function ours(x: Matrix, metric: Metric, places: string): Timed {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  const umap = createUmap(x, { metric });
  while (!umap.step());
  const { user, system } = process.cpuUsage(cpu);
  writeFileSync(places, new Uint8Array(umap.positions().buffer));
  return { wall: (performance.now() - wall) / 1000, cpu: (user + system) / 1e6 };
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

mkdirSync(OUT, { recursive: true });
const peer = await startPythonPeer("umap_peers.py");
if (typeof peer === "string") {
  console.log(`umap-learn did not run: ${peer}; \`node scripts/setup-umap.mjs\` installs it.\n`);
}
console.log("| data, metric | who | wall s | CPU s | wall ratio | CPU ratio | trustworthiness |");
console.log("|---|---|---:|---:|---:|---:|---:|");
for (const [name, freedom, noise, metric] of [
  ["3 degrees of freedom, noise 0.1", 3, 0.1, "euclidean"],
  ["6 degrees of freedom, noise 0.45", 6, 0.45, "euclidean"],
  ["6 degrees of freedom, noise 0.45", 6, 0.45, "cosine"],
] as const) {
  const x = embeddings(freedom, noise / Math.sqrt(COLUMNS));
  const file = path.join(OUT, "umap.f32");
  writeFileSync(file, new Uint8Array(x.data.buffer));
  const task = (what: string, places: string) =>
    [what, file, ROWS, COLUMNS, metric, places].join(" ");
  const [mine, theirs] = [path.join(OUT, "umap-ours.f32"), path.join(OUT, "umap-theirs.f32")];
  const rounds: { readonly ours: Timed; readonly theirs?: Timed }[] = [];
  ours(x, metric, mine);
  for (let round = 0; round < ROUNDS; round++) {
    const one = ours(x, metric, mine);
    if (typeof peer === "string") rounds.push({ ours: one });
    else rounds.push({ ours: one, theirs: (await peer.ask(task("fit", theirs))) as Timed });
  }
  const [wall, cpu] = (["wall", "cpu"] as const).map((key) =>
    median(rounds.map((round) => round.ours[key])),
  );
  for (const who of ["ours", "umap-learn"] as const) {
    if (who === "umap-learn" && typeof peer === "string") continue;
    const of = (key: keyof Timed) =>
      median(rounds.map((round) => (who === "ours" ? round.ours : round.theirs)?.[key] ?? NaN));
    const judged =
      typeof peer === "string"
        ? { trustworthiness: Number.NaN }
        : ((await peer.ask(task("trust", who === "ours" ? mine : theirs))) as {
            readonly trustworthiness: number;
          });
    console.log(
      `| ${name}, ${metric} | ${who} | ${of("wall").toFixed(2)} | ${of("cpu").toFixed(2)} | ${(of("wall") / (wall ?? 1)).toFixed(2)} | ${(of("cpu") / (cpu ?? 1)).toFixed(2)} | ${judged.trustworthiness.toFixed(4)} |`,
    );
  }
}
if (typeof peer !== "string") peer.end();
