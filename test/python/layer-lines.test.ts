import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { lineIndex } from "../../server/src/engine/line-index.ts";
import { layerRoots } from "../../server/src/layers/layer-roots.ts";
import { locateLayers } from "../../server/src/layers/locate-layers.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";
import { pythonProgram } from "../../server/src/semantics/resolve.ts";
import { parsePython } from "../../server/src/syntax/python/parse.ts";
import { pythonModules } from "../../server/src/workspace/python-modules.ts";
import { describeWithPyTorch, runPython } from "./run-python.ts";

const FOLDER = path.join(import.meta.dirname, "../fixtures/layers");
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".py"));
const project = { ...NO_PROJECT, pythonModule: pythonModules() };
const ROOTS = FILES.flatMap((name) => {
  const file = path.join(FOLDER, name);
  const program = pythonProgram(parsePython(readFileSync(file, "utf8")));
  return layerRoots({ program, path: file, project });
});
const LINES = new Map(
  FILES.map((name) => [name, lineIndex(readFileSync(path.join(FOLDER, name), "utf8"))]),
);

interface Place {
  readonly file: string;
  readonly line: number;
}

function isPlaces(
  value: unknown,
): value is Record<string, Record<string, [string, number] | null>> {
  return typeof value === "object" && value !== null;
}

describeWithPyTorch("lines of layers as PyTorch ran them", () => {
  const truth = runPython("layer_lines.py", {});
  if (!isPlaces(truth)) throw new TypeError("layer_lines.py answered no object");

  test.each(Object.entries(truth))(
    "%s: every tensor is found, none in a wrong place",
    (_model, lines) => {
      const names = Object.keys(lines);
      const located = locateLayers(ROOTS, names, names);
      const wrong = located.flatMap(({ name, makers }) => {
        const places = makers.map(({ home, span }): Place => {
          const file = path.basename(home.path);
          return { file, line: (LINES.get(file)?.positionAt(span.start).line ?? -1) + 1 };
        });
        const [file, line] = lines[name] ?? [];
        const isFound =
          file === undefined
            ? places.length > 0
            : places.some((place) => place.file === file && place.line === line);
        return isFound ? [] : [{ name, places, truth: lines[name] }];
      });
      expect(wrong).toEqual([]);
    },
  );

  test("nearly all are found in one place alone", () => {
    const counts = Object.values(truth).flatMap((lines) => {
      const names = Object.keys(lines);
      return locateLayers(ROOTS, names, names).map(({ makers }) => makers.length);
    });
    const alone = counts.filter((count) => count === 1).length;
    expect(counts.length).toBeGreaterThan(150);
    expect(alone / counts.length).toBeGreaterThan(0.8);
  });
});
