import path from "node:path";
import { expect, test } from "vitest";
import type { LintSettings } from "../../../core/protocol/lint-settings.ts";
import { selectionForFile } from "../../../server/src/workspace/selection-for-file.ts";

const root = path.resolve("/project");
const found = (settings: LintSettings) => ({
  path: path.join(root, "normlens.toml"),
  settings,
  problems: [],
});

function isRunning(code: string, file: string, ...[first, second]: readonly LintSettings[]) {
  const base = second === undefined ? undefined : { settings: second, root };
  const settings = first === undefined ? undefined : found(first);
  const { rules } = selectionForFile(path.join(root, file), settings, base);
  return rules.some((rule) => rule.code === code);
}

test.each([
  ["tests/**", "tests/deep/a.py", false],
  ["tests/**", "src/a.py", true],
  ["*.py", "src/a.py", false],
  ["/a.py", "src/a.py", true],
])("per-file-ignores %s on %s", (pattern, file, expected) => {
  expect(isRunning("NL601", file, { perFileIgnores: { [pattern]: ["NL601"] } })).toBe(expected);
});

test("what the settings file says wins over the editor, key by key", () => {
  expect(isRunning("NL601", "a.py", { select: ["NL601"] }, { select: ["NL602"] })).toBe(true);
  expect(isRunning("NL602", "a.py", { select: ["NL601"] }, { select: ["NL602"] })).toBe(false);
  expect(isRunning("NL601", "a.py", {}, { ignore: ["NL601"] })).toBe(false);
});

test("patterns of the editor are relative to the workspace folder", () => {
  const editor = { perFileIgnores: { "/tests/a.py": ["NL601"] } };
  expect(isRunning("NL601", "tests/a.py", {}, editor)).toBe(false);
  expect(isRunning("NL601", "src/tests/a.py", {}, editor)).toBe(true);
});
