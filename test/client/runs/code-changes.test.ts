import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { codeChanges } from "../../../client/src/runs/code-changes.ts";

function repository() {
  const root = mkdtempSync(path.join(tmpdir(), "normlens-git-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const git = (...parameters: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=n", "-c", "user.email=n@n", ...parameters], {
      cwd: root,
      encoding: "utf8",
    });
  const write = (name: string, text: string) => writeFileSync(path.join(root, name), text);
  git("init", "-q");
  write("train.py", "a = 1\n");
  write("notes.md", "a\n");
  git("add", ".");
  git("commit", "-qm", "first");
  return { root, write, git, commit: git("rev-parse", "HEAD").trim() };
}

test("codeChanges() names files of code that differ from the commit, saved or committed", async () => {
  const { root, write, git, commit } = repository();
  expect(await codeChanges(root, commit)).toEqual({ commit, files: [] });
  write("notes.md", "b\n");
  expect((await codeChanges(root, commit))?.files).toEqual([]);
  write("train.py", "a = 2\n");
  expect((await codeChanges(root, commit))?.files).toEqual(["train.py"]);
  git("commit", "-qam", "second");
  expect((await codeChanges(root, commit))?.files).toEqual(["train.py"]);
});

test.each(["0".repeat(40), "--output=x", "HEAD"])(
  "codeChanges() of commit %s tells nothing",
  async (commit) => {
    const { root } = repository();
    expect(await codeChanges(root, commit)).toBeUndefined();
  },
);
