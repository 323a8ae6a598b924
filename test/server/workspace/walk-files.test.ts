import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isWalked, type WalkedFile, walkFiles } from "../../../server/src/workspace/walk-files.ts";

let root = "";

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "normlens-walk-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(name: string, text = ""): Promise<void> {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function walk(...names: readonly string[]): Promise<string[]> {
  const shown: string[] = [];
  for await (const file of walkFiles(names.map((name) => path.join(root, name)))) {
    shown.push(show(file));
  }
  return shown;
}

function show(file: WalkedFile): string {
  const name = path.relative(root, file.path).split(path.sep).join("/");
  return file.kind === "file" ? name : `${file.kind}: ${name}`;
}

describe("walkFiles()", () => {
  test("finds Python, YAML and JSON in a stable order, and skips foreign folders", async () => {
    for (const name of [
      "b.py",
      "a.yaml",
      "c.json",
      "note.txt",
      "src/d.yml",
      "node_modules/e.py",
      ".venv/f.py",
      ".normlens/runs/g.json",
      ".git/h.py",
      ".github/i.yml",
    ]) {
      await put(name);
    }
    expect(await walk("")).toEqual([".github/i.yml", "a.yaml", "b.py", "c.json", "src/d.yml"]);
  });

  test("leaves out the JavaScript that a bundler wrote", async () => {
    const names = ["src/a.ts", "src/b.jsx", "dist/c.js", "build/d/e.mjs", "build/f.py"];
    for (const name of [...names, "src/g.min.js", "src/h.d.ts"]) await put(name);
    expect(await walk(".")).toEqual(["build/f.py", "src/a.ts", "src/b.jsx"]);
    expect(await walk("dist")).toEqual(["dist/c.js"]);
  });

  test("obeys .gitignore: nested, negated, anchored, for folders, and from above the start", async () => {
    await put(".gitignore", "build/\n*.json\n/only-here.py\n");
    await put("src/.gitignore", "!keep.json\n");
    for (const name of [
      "build/a.py",
      "b.json",
      "only-here.py",
      "src/only-here.py",
      "src/keep.json",
      "src/c.json",
    ]) {
      await put(name);
    }
    expect(await walk("")).toEqual(["src/keep.json", "src/only-here.py"]);
    expect(await walk("src")).toEqual(["src/keep.json", "src/only-here.py"]);
  });

  test("a .gitignore above the repository is not ours", async () => {
    await put(".gitignore", "*.py\n");
    await put("repo/.git/HEAD");
    await put("repo/a.py");
    expect(await walk("repo")).toEqual(["repo/a.py"]);
  });

  test("a file that is named comes, ignored or not, and only once", async () => {
    await put(".gitignore", "*.py\n");
    await put("a.py");
    expect(await walk("a.py", "", "a.py")).toEqual(["a.py"]);
  });

  test("links are not followed, so a loop ends", async () => {
    await put("a/b.py");
    await symlink(root, path.join(root, "a/loop"));
    await symlink(path.join(root, "a/b.py"), path.join(root, "a/link.py"));
    expect(await walk("")).toEqual(["a/b.py"]);
  });

  test.skipIf(process.platform === "win32")("a pipe is never read: it might not end", async () => {
    execFileSync("mkfifo", [path.join(root, "pipe.py")]);
    expect(await walk("pipe.py", "")).toEqual(["problem: pipe.py"]);
  });

  test("what cannot be checked is said", async () => {
    await put("note.txt");
    await put("big.json", " ".repeat(4 * 1024 * 1024 + 1));
    expect(await walk("gone.py", "note.txt", "")).toEqual([
      "problem: gone.py",
      "problem: note.txt",
      "skipped: big.json",
    ]);
  });
});

describe("isWalked()", () => {
  test.each([
    ["src/a.py", true],
    ["src/a.txt", false],
    [".normlens/runs/1/run.json", false],
    ["sub/.venv/lib/a.py", false],
    ["data/a.json", false],
    ["data/deep/a.json", false],
    ["../beside.py", false],
  ])("%s: %s", async (name, expected) => {
    await put(".gitignore", "data/\n");
    expect(isWalked(path.join(root, name), [root])).toBe(expected);
  });

  test("a folder that was opened counts, whatever its name", () => {
    const opened = path.join(root, "node_modules/mine");
    expect(isWalked(path.join(opened, "a.py"), [opened])).toBe(true);
  });
});
