// How long a check of a whole repository takes, beside Ruff and beside flake8 with TorchFix.
//
// The body is the `transformers` wheel of PyPI, several thousand files of training code; it and the
// other tools are fetched into out/bench/repository at first use.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "../..");
const FOLDER = path.join(ROOT, "out/bench/repository");
const PACKAGES = ["ruff==0.17.5", "flake8==7.5.0", "torchfix==0.7.0"];
const BODY = "transformers==5.23.0";
/** Rules of Ruff that look at about as many things as ours do. */
const RUFF_RULES = "F,B,NPY,PD,E7";
const ROUNDS = 5;
/** Of the models, flake8 is given every so many. */
const PART = 10;

const BIN = path.join(FOLDER, "venv/bin");
const TREE = path.join(FOLDER, "body/transformers");

/** How long a program ran, in seconds. */
interface Times {
  readonly wall: number;
  /** Of all its threads and processes; other programs of the machine hardly change it. */
  readonly processor: number;
}

/** Runs a program and prints its times; Node does not tell those of its children. */
const LAUNCHER = `
import json, resource, subprocess, sys, time
begin = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
wall = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
# 1 is what a linter says when it has found something.
if done.returncode not in (0, 1):
    sys.exit(f"{sys.argv[1]} ended with {done.returncode}: {done.stderr}")
print(json.dumps({"wall": wall, "processor": used.ru_utime + used.ru_stime}))
`;

function run(command: string, args: readonly string[]): Times {
  const { status, error, stdout, stderr } = spawnSync(
    "python3",
    ["-c", LAUNCHER, command, ...args],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** `undefined` when all is there, else why it is not. */
function setUp(): string | undefined {
  if (existsSync(TREE)) return undefined;
  mkdirSync(FOLDER, { recursive: true });
  try {
    run("python3", ["-m", "venv", path.join(FOLDER, "venv")]);
    const pip = path.join(BIN, "pip");
    run(pip, ["install", "--quiet", ...PACKAGES]);
    run(pip, ["install", "--quiet", "--no-deps", "--target", path.join(FOLDER, "body"), BODY]);
    // A repository of its own: what ours ignores would not be checked.
    mkdirSync(path.join(TREE, ".git"));
    return undefined;
  } catch (error) {
    rmSync(FOLDER, { recursive: true, force: true });
    return error instanceof Error ? error.message : String(error);
  }
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

interface Contestant {
  readonly name: string;
  readonly run: () => Times;
}

/** All contestants in turn, round by round, so that a noisy moment hits each of them alike. */
function alternate(contestants: readonly Contestant[], rounds: number): Map<string, Times> {
  const times = new Map(contestants.map(({ name }) => [name, [] as Times[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, run: measure } of contestants) times.get(name)?.push(measure());
  }
  return new Map(
    [...times].map(([name, list]) => [
      name,
      {
        wall: median(list.map(({ wall }) => wall)),
        processor: median(list.map(({ processor }) => processor)),
      },
    ]),
  );
}

function table(results: ReadonlyMap<string, Times>, reference: string): void {
  const base = results.get(reference) ?? { wall: Number.NaN, processor: Number.NaN };
  console.log(`| what | median s | to ${reference} | processor s | to ${reference} |`);
  console.log("|---|---:|---:|---:|---:|");
  for (const [name, { wall, processor }] of results) {
    const cells = [
      wall.toFixed(2),
      (wall / base.wall).toFixed(2),
      processor.toFixed(2),
      (processor / base.processor).toFixed(2),
    ];
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
}

function sizeOf(folder: string): { files: number; bytes: number } {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".py"),
  );
  const bytes = files.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
  return { files: files.length, bytes };
}

/** Nothing is measured of a check that left files out. */
function expectChecked(cli: string, files: number): void {
  const { stdout } = spawnSync(process.execPath, [cli, "check", TREE, "--no-cache"], {
    encoding: "utf8",
  });
  const checked = Number(/(\d+) files checked/.exec(stdout)?.[1] ?? 0);
  if (checked < files) throw new Error(`normlens checked ${checked} of ${files} files`);
}

function main(): void {
  const cli = path.join(ROOT, "dist/cli.js");
  run(process.execPath, ["scripts/build.mjs"]);
  const obstacle = setUp();
  if (obstacle !== undefined) {
    console.log(`Skipped: the tools to compare with could not be fetched: ${obstacle}`);
    return;
  }
  const ruff = path.join(BIN, "ruff");
  const check = (...args: string[]) => run(process.execPath, [cli, "check", ...args]);
  const cache = path.join(FOLDER, "cache");
  const ruffCache = path.join(FOLDER, "ruff-cache");
  const lint = (...args: string[]) =>
    run(ruff, ["check", "--quiet", "--isolated", "--select", RUFF_RULES, ...args, TREE]);

  const { files, bytes } = sizeOf(TREE);
  console.log(`${BODY}: ${files} Python files, ${(bytes / 1e6).toFixed(1)} MB\n`);
  expectChecked(cli, files);
  check(TREE, "--cache-dir", cache);
  lint("--cache-dir", ruffCache);
  table(
    alternate(
      [
        { name: `ruff, cold`, run: () => lint("--no-cache") },
        { name: "normlens, cold", run: () => check(TREE, "--no-cache") },
        { name: "ruff, warm cache", run: () => lint("--cache-dir", ruffCache) },
        { name: "normlens, warm cache", run: () => check(TREE, "--cache-dir", cache) },
      ],
      ROUNDS,
    ),
    "ruff, cold",
  );

  const models = path.join(TREE, "models");
  const part = readdirSync(models, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort()
    .filter((_, index) => index % PART === 0)
    .map((name) => path.join(models, name));
  const partBytes = part.map(sizeOf).reduce((sum, { bytes: some }) => sum + some, 0);
  console.log(`\nOnly every ${PART}th model, ${(partBytes / 1e6).toFixed(1)} MB:\n`);
  table(
    alternate(
      [
        { name: "normlens, cold", run: () => check(...part, "--no-cache") },
        {
          name: "flake8 with TorchFix",
          run: () => run(path.join(BIN, "flake8"), ["--isolated", "--select", "TOR", ...part]),
        },
      ],
      1,
    ),
    "normlens, cold",
  );
}

main();
