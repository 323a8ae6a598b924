import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { settingsFinder } from "../../../server/src/workspace/settings-finder.ts";

let root = "";

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "normlens-settings-"));
  await mkdir(path.join(root, "a/b"), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("settingsFinder()", () => {
  test("takes the nearest file that says something, normlens.toml before pyproject.toml", async () => {
    await writeFile(path.join(root, "normlens.toml"), 'ignore = ["NL6"]\n');
    await writeFile(path.join(root, "a/pyproject.toml"), "[project]\n");
    const finder = settingsFinder();
    expect(finder.find(path.join(root, "a/b"))?.path).toBe(path.join(root, "normlens.toml"));

    await writeFile(path.join(root, "a/pyproject.toml"), "[tool.normlens]\n");
    finder.clear();
    expect(finder.find(path.join(root, "a/b"))?.path).toBe(path.join(root, "a/pyproject.toml"));

    await writeFile(path.join(root, "a/normlens.toml"), "");
    finder.clear();
    expect(finder.find(path.join(root, "a/b"))?.path).toBe(path.join(root, "a/normlens.toml"));
  });

  test("remembers until it is told to forget", async () => {
    const finder = settingsFinder();
    expect(finder.find(path.join(root, "a"))?.path).toBeUndefined();
    await writeFile(path.join(root, "a/normlens.toml"), "");
    expect(finder.find(path.join(root, "a"))?.path).toBeUndefined();
    finder.clear();
    expect(finder.find(path.join(root, "a"))?.path).toBe(path.join(root, "a/normlens.toml"));
  });

  test("a file that cannot be read is a problem, not a crash", async () => {
    await mkdir(path.join(root, "normlens.toml"));
    expect(settingsFinder().find(root)?.problems[0]).toContain("Cannot be read");
  });
});
