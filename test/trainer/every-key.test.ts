import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkExperiment } from "../../core/experiment/check-experiment.ts";
import { WAYS, type Way, wayOf } from "../../core/experiment/experiment-way.ts";
import { EXPERIMENT_SCHEMA, type SchemaNode } from "../../core/experiment/schema-node.ts";
import { CASES, DATA, MODELS, SHOWN_ELSEWHERE, type Source } from "../support/key-cases.ts";
import { runExperiment } from "../support/run-experiment.ts";
import { tinyFiles } from "../support/tiny-files.ts";

const SECTIONS = ["data", "split", "model", "objective", "training", "select"];
const FILES = tinyFiles();
const EVERY_WAY = Object.keys(WAYS).filter((way): way is Way => way in WAYS);

/** Keys below `node` that have a value of their own; other modalities stand for the image. */
function keysOf(node: SchemaNode, path: readonly string[]): string[] {
  const below = Object.entries(node.properties ?? {})
    .filter(([key]) => key !== "text" && key !== "audio")
    .flatMap(([key, child]) => keysOf(child, [...path, key]));
  const isMapping = node.type === "object" && node.properties !== undefined;
  return isMapping ? below : [path.join("."), ...below];
}

const KEYS = SECTIONS.flatMap((section) =>
  keysOf(EXPERIMENT_SCHEMA.properties?.[section] ?? {}, [section]),
);

const textOf = (source: Source, way: Way) =>
  `name: Every key\ndata: ${DATA[source]}\n${MODELS[source][way]}\n`;

/** All that a run leaves behind, without its times, its names and what it was asked for. */
async function observe(text: string, set: readonly string[]) {
  const { result, log } = await runExperiment({ text, files: FILES }, set);
  if (result.run === "") return { error: result.error ?? "", files: [] };
  const record: object = JSON.parse(readFileSync(path.join(result.run, "run.json"), "utf8"));
  const files = readdirSync(result.run, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(safetensors|jsonl)$/.test(file))
    .toSorted()
    .map((file) => {
      const bytes = readFileSync(path.join(result.run, file));
      const timeless = file.endsWith("l")
        ? Buffer.from(bytes.toString("utf8").replaceAll(/"time":[^,}]*/g, ""))
        : bytes;
      return `${file} ${createHash("sha256").update(timeless).digest("hex")}`;
    });
  const ignored = [
    "id",
    "pid",
    "host",
    "started",
    "ended",
    "set",
    "versions",
    "git_commit",
    "seed",
  ];
  const facts = Object.entries(record).filter(([key]) => !ignored.includes(key));
  return { error: result.error, facts, files, log: log.replaceAll(/\d\d:\d\d:\d\d\S*/g, "") };
}

const baselines = new Map<string, ReturnType<typeof observe>>();

/** Experiments that differ in one key have much in common. */
function baseline(text: string, set: readonly string[]) {
  const key = JSON.stringify([text, set]);
  const found = baselines.get(key) ?? observe(text, set);
  baselines.set(key, found);
  return found;
}

/** The content of a file with values put in place, as `--set` does. */
function fileOf(text: string, set: readonly string[]): unknown {
  const root: unknown = parse(text);
  for (const source of set) {
    const [key = "", ...value] = source.split("=");
    const keys = key.split(".");
    const last = keys.pop() ?? "";
    const holder = keys.reduce<unknown>((node, name) => child(node, name), root);
    if (typeof holder === "object" && holder !== null) {
      Object.assign(holder, { [last]: parse(value.join("=")) });
    }
  }
  return root;
}

function problemPaths(text: string, set: readonly string[]): readonly string[] {
  const checked = checkExperiment(fileOf(text, set));
  return "problems" in checked ? checked.problems.map((problem) => problem.path.join(".")) : [];
}

function child(holder: unknown, key: string): unknown {
  if (typeof holder !== "object" || holder === null) return undefined;
  if (!Object.hasOwn(holder, key)) Object.assign(holder, { [key]: {} });
  return Object.entries(holder).find(([name]) => name === key)?.[1];
}

/** Whether a problem at `at` is one of the key: there, above it, below it, or of all its mapping. */
function isAbout(at: string, key: string): boolean {
  const holder = key.split(".").slice(0, -1).join(".");
  const own = holder.includes(".") ? `${holder}.` : `${key}.`;
  return `${key}.`.startsWith(`${at}.`) || at.startsWith(own);
}

const CHANGES = Object.entries(CASES).flatMap(([key, cases]) =>
  cases.flatMap((one) => one.ways.map((way) => ({ key, way, one }))),
);
const STRANGERS = Object.entries(CASES).flatMap(([key, cases]) =>
  EVERY_WAY.filter((way) => !cases.some(({ ways }) => ways.includes(way))).flatMap((way) =>
    cases.map((one) => ({ key, way, one })),
  ),
);

describe("every key of an experiment file", () => {
  test("is shown to take effect", () => {
    const shown = [...Object.keys(CASES), ...Object.keys(SHOWN_ELSEWHERE)];
    expect(shown.toSorted()).toEqual(KEYS.toSorted());
    for (const file of Object.values(SHOWN_ELSEWHERE)) expect(existsSync(file), file).toBe(true);
  });

  test.each(CHANGES)("$key changes what $way gives ($one.source)", async ({ key, way, one }) => {
    const { needs = [], value } = one;
    const text = textOf(one.source, way);
    expect(problemPaths(text, needs)).toEqual([]);
    const before = await baseline(text, needs);
    expect(before.error).toBeUndefined();
    const set = [...needs, `${key}=${value}`];
    expect(problemPaths(text, set)).not.toContain(key);
    expect(await observe(text, set)).not.toEqual(before);
  });

  test("gives equal runs where it is the same", async () => {
    for (const way of EVERY_WAY) {
      const text = textOf("pairs", way);
      expect(wayOf(parse(text)), way).toBe(way);
      expect(await observe(text, [])).toEqual(await observe(text, []));
    }
  }, 60_000);

  test.each(STRANGERS)("$key is refused by $way", ({ key, way, one }) => {
    const { needs = [], value } = one;
    // Data that this way has no use for are refused as such; the key itself then is beside pairs.
    const own = textOf(one.source, way);
    const text = problemPaths(own, []).length === 0 ? own : textOf("pairs", way);
    // What the key needs is beside it where that is no other kind of experiment.
    const isBeside = problemPaths(text, needs).length === 0 && wayOf(fileOf(text, needs)) === way;
    const paths = problemPaths(text, [...(isBeside ? needs : []), `${key}=${value}`]);
    expect(paths.some((at) => isAbout(at, key))).toBe(true);
  });
});
