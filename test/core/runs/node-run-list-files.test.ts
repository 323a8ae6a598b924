import fsNow from "node:fs";
import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeRunFileSystem } from "../../../core/runs/node-run-file-system.ts";
import { nodeRunListFiles } from "../../../core/runs/node-run-list-files.ts";

const files = nodeRunListFiles(fsNow);
let folder = "";
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), "normlens-files-"));
  await fs.writeFile(path.join(folder, "a"), "hello");
  await fs.mkdir(path.join(folder, "b"));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const text = (file: string, from: "start" | "end", most: number) =>
  new TextDecoder().decode(files.read(`${folder}/${file}`, { from, most })?.bytes);

describe("nodeRunListFiles", () => {
  test("lists folders and says of a file what the waiting file system says", async () => {
    expect(files.entries(folder).toSorted((x, y) => (x.name < y.name ? -1 : 1))).toEqual([
      { name: "a", isFolder: false },
      { name: "b", isFolder: true },
    ]);
    const state = await nodeRunFileSystem(fs).stat(`${folder}/a`);
    expect(files.stat(`${folder}/a`)).toEqual(state);
    expect(files.read(`${folder}/a`, { from: "start", most: 1 })?.state).toEqual(state);
  });

  test.each([
    ["start", 2, "he"],
    ["end", 2, "lo"],
    ["start", 99, "hello"],
    ["end", 99, "hello"],
  ] as const)("reads from the %s at most %d bytes", (from, most, found) => {
    expect(text("a", from, most)).toBe(found);
  });

  test("reads files longer than what it keeps room for", async () => {
    const long = "0123456789abcdef".repeat(20_000);
    await fs.writeFile(`${folder}/a`, long);
    expect(text("a", "start", 1e6)).toBe(long);
    expect(text("a", "end", 200_001)).toBe(long.slice(-200_001));
  });

  test("takes a missing file or folder for an empty one", () => {
    expect(files.entries(`${folder}/none`)).toEqual([]);
    expect(files.entries(`${folder}/a`)).toEqual([]);
    expect(files.stat(`${folder}/a/b`)).toBeUndefined();
    expect(files.read(`${folder}/none`, { from: "start", most: 9 })).toBeUndefined();
  });

  test("throws on any other fault, and leaves no file open", async () => {
    const open = async () => (await fs.readdir("/proc/self/fd")).length;
    const before = process.platform === "linux" ? await open() : 0;
    for (let time = 0; time < 20; time++) {
      expect(() => files.read(`${folder}/b`, { from: "start", most: 9 })).toThrow(/EISDIR/);
    }
    if (process.platform === "linux") expect((await open()) - before).toBeLessThan(10);
  });
});
