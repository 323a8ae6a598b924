import { expect, test } from "vitest";
import { languageOf } from "../../../server/src/engine/language-of.ts";

test.each([
  ["a.py", "python"],
  ["stubs/a.pyi", "python"],
  ["A.YAML", "yaml"],
  ["a.b.yml", "yaml"],
  ["file:///x/a.json", "json"],
  ["a.jsonc", "json"],
  ["pyproject.toml", "toml"],
  ["a.js", "javascript"],
  ["a.TSX", "javascript"],
  ["a.mts", "javascript"],
  ["a.d.ts", undefined],
  ["a.d.mts", undefined],
  ["tf.min.js", undefined],
  ["a.ipynb", undefined],
  ["py", undefined],
  ["dir.py/file", undefined],
  ["", undefined],
])("languageOf(%j) is %s", (path, expected) => expect(languageOf(path)).toBe(expected));
