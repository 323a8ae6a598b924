import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Document, isMap, isScalar, isSeq, LineCounter, parse, parseDocument } from "yaml";
import { checkExperiment } from "../../core/experiment/check-experiment.ts";
import type { Experiment } from "../../core/experiment/experiment.ts";
import {
  type ExperimentPath,
  type ExperimentProblem,
  problemLine,
  problemText,
} from "../../core/experiment/experiment-problem.ts";
import { overrideParts } from "../../core/experiment/override-parts.ts";
import { ExperimentRefused } from "./experiment-refused.ts";
import { systemFault } from "./system-fault.ts";
import { yamlFault } from "./yaml-fault.ts";

export interface ExperimentFile {
  readonly experiment: Experiment;
  /** Verbatim. */
  readonly text: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  /** Name for people: relative to the workspace when it lies inside. */
  readonly name: string;
  /** Whether there is a value at a place, the file's own or one of `set`; defaults do not count. */
  has(path: ExperimentPath): boolean;
  /** A refusal of the value at a place of the file. */
  refuse(problem: ExperimentProblem): ExperimentRefused;
}

interface Override {
  readonly source: string;
  readonly path: ExperimentPath;
  readonly value: unknown;
}

/**
 * Reads `file`, puts the values of `set` ("key=value", keys dotted) in place and checks it all.
 *
 * @throws {ExperimentRefused} One line per fault, `file:line:column: what is wrong; what is
 * allowed`, or `--set key=value: …` where a replaced value is at fault.
 */
export function readExperimentFile(
  file: string,
  workspace: string,
  set: readonly string[],
): ExperimentFile {
  const inside = path.relative(workspace, file);
  const name = inside.startsWith("..") || path.isAbsolute(inside) ? file : inside;
  const bytes = readBytes(file, name);
  const text = bytes.toString("utf8");
  const lines = new LineCounter();
  const document = parseDocument(text, { version: "1.2", lineCounter: lines });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const fault = yamlFault(document);
  if (fault !== undefined) {
    const { line, column } = place(fault.offset);
    throw new ExperimentRefused([`${name}:${line}:${column}: ${fault.message}`]);
  }
  // In a file that is no mapping there is nothing to replace; the check below says so.
  const overrides = isMap(document.contents)
    ? set.map((source) => applyOverride(document, source))
    : [];

  const describe = (problem: ExperimentProblem) => {
    const override = overrides.findLast(({ path: at }) => startsWith(problem.path, at));
    if (override !== undefined) return `--set ${override.source}: ${problemText(problem)}`;
    return problemLine(name, place(offsetOf(document, problem)), problem);
  };

  const checked = checkExperiment(document.toJS());
  if ("problems" in checked) throw new ExperimentRefused(checked.problems.map(describe));
  return {
    experiment: checked.experiment,
    text,
    hash: createHash("sha256").update(bytes).digest("hex"),
    name,
    has: (at) => document.hasIn(at),
    refuse: (problem) => new ExperimentRefused([describe(problem)]),
  };
}

function readBytes(file: string, name: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ExperimentRefused([`Cannot read ${name}: ${systemFault(error)}`]);
  }
}

function applyOverride(document: Document, source: string): Override {
  const { key, path: at, value: written } = overrideParts(source);
  if (key === "") {
    throw new ExperimentRefused([
      `--set ${source}: expected key=value, for example training.epochs=5`,
    ]);
  }
  const fault = pathFault(document, at);
  if (fault !== undefined) throw new ExperimentRefused([`--set ${source}: ${fault}`]);
  try {
    const value: unknown = parse(written, { version: "1.2" });
    document.setIn(at, document.createNode(value));
    return { source, path: at, value };
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new ExperimentRefused([`--set ${source}: ${why}`]);
  }
}

/** Why there can be no value at `at`; keys that the file does not have yet are no fault. */
function pathFault(document: Document, at: ExperimentPath): string | undefined {
  for (const [index, key] of at.entries()) {
    const above = at.slice(0, index);
    const holder = above.length === 0 ? document.contents : document.getIn(above, true);
    if (holder === undefined || isMap(holder)) continue;
    const name = `\`${above.join(".")}\``;
    if (!isSeq(holder)) return `${name} is a single value and has no \`${key}\``;
    const { length } = holder.items;
    if (typeof key !== "number" || key > length) {
      return `${name} is a list of ${length}, take a number from 0 to ${length} for its entry`;
    }
  }
  return undefined;
}

function startsWith(whole: ExperimentPath, start: ExperimentPath): boolean {
  return start.every((key, index) => whole[index] === key);
}

/** Offset of the problem's place, or of the nearest thing around it that is in the file. */
function offsetOf(document: Document, { path: at, at: part }: ExperimentProblem): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, key] of at.entries()) {
    const child = childOf(node, key);
    if (child === undefined) return offset;
    const isWantedKey = index === at.length - 1 && part === "key";
    node = isWantedKey ? child.key : (child.value ?? child.key);
    offset = startOf(node) ?? offset;
  }
  return offset;
}

function childOf(
  node: unknown,
  key: string | number,
): { readonly key: unknown; readonly value: unknown } | undefined {
  if (isMap(node)) {
    return node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  }
  if (!isSeq(node) || typeof key !== "number" || key >= node.items.length) return undefined;
  return { key: node.items[key], value: node.items[key] };
}

function startOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined;
}
