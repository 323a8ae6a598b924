/**
 * What a settings file (`normlens.toml`, `[tool.normlens]`) or the editor says about rules, and what
 * is to be assumed where code does not tell.
 *
 * An id is a code (`NL501`), a name (`prune-zeroes-largest`), a family (`config`), the beginning of
 * codes (`NL9`), `preview` (the rules that are new) or `all`.
 */
import { isJsonObject } from "../formats/json-object.ts";
import { SEVERITIES, type Severity } from "./severity.ts";

/** Numbers to take where the code does not tell them; whatever is made of them is called assumed. */
export interface Assumptions {
  /** Training samples. */
  readonly datasetSize?: number;
  /** Samples of a step. */
  readonly batchSize?: number;
  readonly learningRate?: number;
  readonly stepsPerEpoch?: number;
  /** Optimizer steps of the whole training. */
  readonly steps?: number;
}

export interface LintSettings {
  /** Only these rules run; all when absent. */
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  /** Ids that are ignored in files whose path matches the pattern, in gitignore's syntax. */
  readonly perFileIgnores?: Readonly<Record<string, readonly string[]>>;
  readonly severity?: Readonly<Record<string, Severity | "off">>;
  readonly assume?: Assumptions;
}

export interface ParsedLintSettings {
  readonly settings: LintSettings;
  /** One sentence for each thing that was not understood and therefore left out. */
  readonly problems: readonly string[];
}

type Reader = (value: unknown) => LintSettings | string;

const kebab = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isSeverity(value: unknown): value is Severity | "off" {
  return value === "off" || SEVERITIES.some((severity) => severity === value);
}

function readPerFileIgnores(value: unknown): LintSettings | string {
  if (!isJsonObject(value)) return "must be a table from file pattern to a list of rule ids";
  const entries = Object.entries(value).filter((entry): entry is [string, readonly string[]] =>
    isStringList(entry[1]),
  );
  return entries.length === Object.keys(value).length
    ? { perFileIgnores: Object.fromEntries(entries) }
    : "must hold a list of rule ids for each file pattern";
}

function readSeverity(value: unknown): LintSettings | string {
  if (!isJsonObject(value)) return "must be a table from rule id to severity";
  const entries = Object.entries(value).filter((entry): entry is [string, Severity | "off"] =>
    isSeverity(entry[1]),
  );
  return entries.length === Object.keys(value).length
    ? { severity: Object.fromEntries(entries) }
    : `must hold one of ${SEVERITIES.join(", ")} or off for each rule id`;
}

/** Names as files write them. */
const ASSUMABLE: Readonly<Record<string, keyof Assumptions>> = {
  "dataset-size": "datasetSize",
  "batch-size": "batchSize",
  "learning-rate": "learningRate",
  "steps-per-epoch": "stepsPerEpoch",
  steps: "steps",
};

function readAssume(value: unknown): LintSettings | string {
  const wanted = `must be a table of positive numbers; known are ${Object.keys(ASSUMABLE).join(", ")}`;
  if (!isJsonObject(value)) return wanted;
  let assume: Assumptions = {};
  for (const [key, number] of Object.entries(value)) {
    if (number === null || number === undefined) continue;
    const name = Object.entries(ASSUMABLE).find(([known]) => known === kebab(key))?.[1];
    const isPositive = typeof number === "number" && Number.isFinite(number) && number > 0;
    if (name === undefined || !isPositive) return wanted;
    assume = { ...assume, [name]: number };
  }
  return { assume };
}

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["select", (value) => (isStringList(value) ? { select: value } : "must be a list of rule ids")],
  ["ignore", (value) => (isStringList(value) ? { ignore: value } : "must be a list of rule ids")],
  ["per-file-ignores", readPerFileIgnores],
  ["severity", readSeverity],
  ["assume", readAssume],
]);

/**
 * Reads settings whose keys are in kebab-case (files) or camelCase (the editor). Never throws: what
 * is not understood becomes a problem and the rest stays.
 */
export function parseLintSettings(value: unknown): ParsedLintSettings {
  if (!isJsonObject(value)) return { settings: {}, problems: ["The settings must be a table."] };
  const problems: string[] = [];
  let settings: LintSettings = {};
  for (const [key, entry] of Object.entries(value)) {
    if (entry === null || entry === undefined) continue;
    const read = READERS.get(kebab(key));
    const result =
      read === undefined
        ? `is not known; known are ${[...READERS.keys()].join(", ")}`
        : read(entry);
    if (typeof result === "string") problems.push(`\`${key}\` ${result}.`);
    else settings = { ...settings, ...result };
  }
  return { settings, problems };
}

/** `strong` wins wherever it says anything, key by key, also among the assumed numbers. */
export function mergeLintSettings(weak: LintSettings, strong: LintSettings): LintSettings {
  const merged = { ...weak, ...strong };
  const isInBoth = weak.assume !== undefined && strong.assume !== undefined;
  return isInBoth ? { ...merged, assume: { ...weak.assume, ...strong.assume } } : merged;
}

/** What settings set, by key; each assumed number by itself: `assume.datasetSize`. */
export function keysOf({ assume, ...rest }: LintSettings): readonly string[] {
  return [...Object.keys(rest), ...Object.keys(assume ?? {}).map((key) => `assume.${key}`)];
}
