import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changedLines, rangesInDiff } from "../../../cli/src/check/changed-lines.ts";

let root = "";
const file = (name: string) => path.join(root, name);
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=n", "-c", "user.email=n@e", ...args], { cwd: root });

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "normlens-diff-"));
  git("init", "-q");
  await writeFile(file("a.py"), "one\ntwo\nthree\nfour\n");
  await writeFile(file("häß lich.py"), "one\n");
  await writeFile(file("same.py"), "one\n");
  git("add", ".");
  git("commit", "-qm", "first");
  await writeFile(file("a.py"), "one\n2\n++ b/not.py\nfour\nfive\n");
  await writeFile(file("häß lich.py"), "zero\none\n");
  await writeFile(file("new.py"), "one\n");
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("changedLines()", () => {
  test("knows changed and added lines, odd names and files that Git does not know", async () => {
    const changes = await changedLines([root], "HEAD");
    if (changes instanceof Error) throw changes;
    const touched = [1, 2, 3, 4, 5].filter((line) => changes.touches(file("a.py"), line, line));
    expect(touched).toEqual([2, 3, 5]);
    expect(changes.touches(file("a.py"), 4, 5)).toBe(true);
    expect(changes.touches(file("häß lich.py"), 1, 1)).toBe(true);
    expect(changes.touches(file("häß lich.py"), 2, 2)).toBe(false);
    expect(changes.touches(file("new.py"), 1, 1)).toBe(true);
    expect(changes.hasFile(file("same.py"))).toBe(false);
    expect(changes.hasFile(file("not.py"))).toBe(false);
  });

  test.each(["no-such-revision", "--output=x"])("refuses %s in Git's words", async (revision) => {
    const changes = await changedLines([root], revision);
    expect(changes).toBeInstanceOf(Error);
    expect(String(changes)).toContain(revision);
  });

  test("says so where there is no repository", async () => {
    expect(String(await changedLines([tmpdir()], "HEAD"))).toContain("not a git repository");
  });
});

describe("rangesInDiff()", () => {
  test.each([
    ["", {}],
    ["+++ b/a.py\n@@ -3,2 +2,0 @@\n-x\n-y\n", { "a.py": [] }],
    ["+++ b/a.py\n@@ -0,0 +1 @@\n+x\n", { "a.py": [{ first: 1, last: 1 }] }],
    [
      '+++ "b/a\\303\\244\\t.py"\n@@ -1 +4,3 @@\n-x\n+1\n+2\n+3\n',
      { "aä\t.py": [{ first: 4, last: 6 }] },
    ],
    ["+++ /dev/null\n@@ -1 +0,0 @@\n-x\n", {}],
  ])("%j", (diff, expected) => {
    expect(Object.fromEntries(rangesInDiff(`diff --git x y\n${diff}`))).toEqual(expected);
  });
});
