import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeRunFileSystem } from "../../../core/runs/node-run-file-system.ts";
import { readWhole, runsFolderOf } from "../../../core/runs/run-file-system.ts";

const files = nodeRunFileSystem(fs);
let folder = "";
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), "normlens-files-"));
  await fs.writeFile(path.join(folder, "a"), "hello");
  await fs.mkdir(path.join(folder, "b"));
});
afterEach(() => fs.rm(folder, { recursive: true }));

describe("nodeRunFileSystem", () => {
  test("lists, tells and reads by range", async () => {
    expect((await files.entries(folder)).toSorted((x, y) => (x.name < y.name ? -1 : 1))).toEqual([
      { name: "a", isFolder: false },
      { name: "b", isFolder: true },
    ]);
    const state = await files.stat(`${folder}/a`);
    expect(state?.sizeBytes).toBe(5);
    expect(Math.abs((state?.modifiedMs ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(new TextDecoder().decode(await files.read(`${folder}/a`, 1, 3))).toBe("el");
    expect(await files.read(`${folder}/a`, 3, 99)).toHaveLength(2);
    expect(await files.read(`${folder}/a`, 9, 99)).toHaveLength(0);
  });

  test("takes a missing file or folder for an empty one", async () => {
    expect(await files.entries(`${folder}/none`)).toEqual([]);
    expect(await files.entries(`${folder}/a`)).toEqual([]);
    expect(await files.stat(`${folder}/a/b`)).toBeUndefined();
    expect(await files.read(`${folder}/none`, 0, 9)).toHaveLength(0);
  });

  test("rejects on any other fault", async () => {
    await expect(files.read(`${folder}/b`, 0, 9)).rejects.toThrow(/EISDIR/);
  });

  test("gives a file that takes the name another identity", async () => {
    const before = await files.stat(`${folder}/a`);
    await fs.writeFile(`${folder}/c`, "other");
    await fs.rename(`${folder}/c`, `${folder}/a`);
    expect((await files.stat(`${folder}/a`))?.identity).not.toBe(before?.identity);
  });
});

describe("readWhole", () => {
  test("refuses a file that is too large", async () => {
    expect(await readWhole(files, `${folder}/a`, 5)).toHaveLength(5);
    expect(await readWhole(files, `${folder}/a`, 4)).toBe("5 bytes; more than 4 are not read");
    expect(await readWhole(files, `${folder}/none`, 4)).toBeUndefined();
  });
});

describe("runsFolderOf", () => {
  test.each(["/w", "/w/", "/w//"])("of %s is /w/.normlens/runs", (root) => {
    expect(runsFolderOf(root)).toBe("/w/.normlens/runs");
  });
});
