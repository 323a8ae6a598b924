import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePython } from "../../server/src/syntax/python/parse.ts";
import { pythonNodes } from "../support/python-nodes.ts";
import { pythonSource } from "../support/python-source.ts";
import { describeWithPython, runPython } from "./run-python.ts";

type Trees = Readonly<Record<string, readonly string[] | null>>;

const ROOT = path.join(import.meta.dirname, "../..");
const FOLDERS = ["examples", "python", "scripts", "test"];

/** The repository's own Python files, by path. */
function ownFiles(): Readonly<Record<string, string>> {
  const files = FOLDERS.flatMap((folder) => {
    const inside = path.join(ROOT, folder);
    const names = readdirSync(ROOT).includes(folder)
      ? readdirSync(inside, { recursive: true })
      : [];
    return names.map((name) => path.join(inside, String(name)));
  }).filter((file) => file.endsWith(".py"));
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, "utf8")]));
}

function compare(sources: Readonly<Record<string, string>>): number {
  const expected = runPython("python_trees.py", sources) as Trees;
  let compared = 0;
  for (const [name, text] of Object.entries(sources)) {
    const theirs = expected[name];
    if (theirs === null || theirs === undefined) continue;
    const module = parsePython(text);
    expect(pythonNodes(module), text).toEqual(theirs);
    expect(module.errors, text).toEqual([]);
    compared += 1;
  }
  return compared;
}

describeWithPython("parsePython() sees what CPython's ast sees", () => {
  test("in this repository's Python files", () => {
    expect(compare(ownFiles())).toBeGreaterThan(10);
  });

  test("in generated programs", () => {
    const programs = fc.sample(pythonSource, { numRuns: 400, seed: 7 });
    const sources = Object.fromEntries(programs.map((text, index) => [String(index), text]));
    // Some are refused: `return` outside of a function and the like.
    expect(compare(sources)).toBeGreaterThan(300);
  }, 60_000);
});
