import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type CacheEntry,
  openCheckCache,
  projectDigest,
} from "../../../cli/src/check/check-cache.ts";
import { findingOf } from "../../support/finding-of.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "normlens-cache-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const FILE = { kind: "file", path: "/w/a.py", sizeBytes: 6, modifiedMs: 1 } as const;
const ENTRY: CacheEntry = {
  sizeBytes: 6,
  modifiedMs: 1,
  hash: "h",
  selection: "all",
  findings: [findingOf("w > t\n", "w > t")],
};
const never = (): string => {
  throw new Error("The project was asked for");
};

function filled(entry: CacheEntry = ENTRY) {
  const cache = openCheckCache(folder);
  cache.put(FILE.path, entry);
  expect(cache.save([])).toBeUndefined();
  return openCheckCache(folder);
}

describe("openCheckCache()", () => {
  test("finds again what it was given", () => {
    expect(filled().find(FILE, "all", never)).toEqual(ENTRY);
  });

  test.each([
    ["another file", { ...FILE, path: "/w/b.py" }, "all"],
    ["other rules", FILE, "few"],
  ])("knows nothing of %s", (_name, file, selection) => {
    expect(filled().find(file, selection, never)).toBeUndefined();
  });

  test.each([
    ["size", { ...FILE, sizeBytes: 7 }],
    ["time", { ...FILE, modifiedMs: 2 }],
  ])("gives the hash to compare with where the %s is another", (_name, file) => {
    const cache = filled();
    expect(cache.find(file, "all", never)).toEqual({ hash: "h" });
    expect(cache.touch(file)).toMatchObject({ findings: ENTRY.findings });
    expect(cache.find(file, "all", never)).toMatchObject({ findings: ENTRY.findings });
  });

  test("what depends on the project holds while the project is the same", () => {
    const cache = filled({ ...ENTRY, project: "now" });
    expect(cache.find(FILE, "all", () => "now")).toBeDefined();
    expect(cache.find(FILE, "all", () => "later")).toBeUndefined();
  });

  test.each(["", "{", "[]", '{"build": "0", "entries": {}}', '{"build": 1}'])(
    "is empty where the file holds %j",
    async (text) => {
      filled();
      await writeFile(path.join(folder, "check.json"), text);
      expect(openCheckCache(folder).find(FILE, "all", never)).toBeUndefined();
    },
  );

  test("forgets files that are gone, and hides itself from Git", async () => {
    const cache = filled();
    expect(cache.save(["/w"])).toBeUndefined();
    expect(openCheckCache(folder).find(FILE, "all", never)).toBeUndefined();
    expect(await readFile(path.join(folder, ".gitignore"), "utf8")).toBe("*\n");
  });

  test("says why it cannot be written", async () => {
    const file = path.join(folder, "file");
    await writeFile(file, "");
    const cache = openCheckCache(path.join(file, "below"));
    cache.put(FILE.path, ENTRY);
    expect(cache.save([])).toMatch(/ENOTDIR|EEXIST|ENOENT/);
  });
});

test("projectDigest() changes with any file's name, size and time", () => {
  const digests = [
    [],
    [FILE],
    [{ ...FILE, path: "/w/b.py" }],
    [{ ...FILE, sizeBytes: 7 }],
    [{ ...FILE, modifiedMs: 2 }],
  ].map(projectDigest);
  expect(new Set(digests).size).toBe(digests.length);
});
