import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../../cli/src/commands/check.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";
import { recordedIo } from "../../support/command-io.ts";

const BAD = `import numpy as np

def prune(w, t):
    w[np.abs(w) > t] = 0
    return w
`;
const FIXED = BAD.replace("> t", "< t");
const CLEAN = "x = 1\n";

let root = "";

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "normlens-check-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function run(args: readonly string[], changes: Parameters<typeof recordedIo>[0] = {}) {
  const io = recordedIo({ cwd: root, ...changes });
  const code = await check.run(args, io);
  return { code, ...io.written };
}

const read = (name: string) => readFile(path.join(root, name), "utf8");

describe("normlens check", () => {
  test("a clean folder is 0, findings are 1", async () => {
    await put({ "clean.py": CLEAN });
    expect(await run([])).toEqual({ code: 0, out: "No findings · 1 file checked\n", error: "" });
    await put({ "src/prune.py": BAD });
    const { code, out } = await run([]);
    expect(code).toBe(1);
    expect(out).toContain("src/prune.py:4:7 error NL601 prune-zeroes-largest\n");
    expect(await run(["--exit-zero"])).toMatchObject({ code: 0 });
    expect(await run(["clean.py"])).toMatchObject({ code: 0 });
  });

  test("a baseline hides what is known and tells what is new", async () => {
    await put({ "prune.py": BAD });
    const options = ["--baseline", "known.json"];
    expect(await run(options)).toMatchObject({ code: 2, out: "" });
    const written = await run([...options, "--write-baseline"]);
    expect(written).toMatchObject({ code: 0, error: "" });
    expect(written.out).toContain("1 known to the baseline");
    await put({ "other.py": BAD });
    const { code, out } = await run(options);
    expect(code).toBe(1);
    expect(out).toContain("other.py:4:7");
    expect(out).not.toContain("prune.py:4:7");
    await put({ "known.json": "{}" });
    expect((await run(options)).error).toBe(
      "normlens check: --baseline known.json: is no baseline: write one with --write-baseline\n",
    );
  });

  test("an unchanged file is not read again, a changed one is", async () => {
    await put({ "prune.py": BAD, "clean.py": CLEAN });
    const first = await run([]);
    const again = await run([]);
    expect(again).toEqual(first);
    const cache = path.join(root, ".normlens/cache/check.json");
    const kept = JSON.parse(await readFile(cache, "utf8"));
    for (const entry of Object.values<{ findings: { message?: string }[] }>(kept.entries)) {
      for (const finding of entry.findings) finding.message = "From the cache.";
    }
    await writeFile(cache, JSON.stringify(kept));
    expect((await run([])).out).toContain("From the cache.");
    expect((await run(["--no-cache"])).out).toBe(first.out);
    await put({ "prune.py": `\n${BAD}` });
    expect((await run([])).out).toContain("prune.py:5:7");
    expect((await run(["--cache-dir", "elsewhere"])).out).toContain("prune.py:5:7");
    expect(await run(["--select", "NL1"])).toMatchObject({ code: 0 });
  });

  test("a finding in a config changes with the code that reads it", async () => {
    await put({ "train.py": "x = 1\n", "conf.yaml": "weight_decay: 1e-2\n" });
    const before = await run([]);
    await put({ "train.py": 'import yaml\ncfg = yaml.safe_load(open("conf.yaml"))\n' });
    const after = await run([]);
    expect(after.out).toContain("conf.yaml:1:15 error NLC01");
    expect(after.out).not.toBe(before.out);
  });

  test("--diff tells of changed lines only", async () => {
    await put({ "prune.py": BAD, "old.py": BAD });
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=n", "-c", "user.email=n@e", ...args], { cwd: root });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    expect(await run(["--diff", "HEAD"])).toMatchObject({
      code: 0,
      out: "No findings · 0 files checked\n",
    });
    await put({ "prune.py": `${BAD}\n${BAD}` });
    const { out } = await run(["--diff", "HEAD"]);
    expect(out).toContain("prune.py:10:7");
    expect(out).not.toContain(":4:7");
    expect(await run(["--diff", "nowhere"])).toMatchObject({ code: 2, out: "" });
  });

  test.each([[["--format", "xml"]], [["--nonsense"]], [["gone.py"]], [["notes.txt"]]])(
    "%j is 2, and says why on standard error",
    async (args) => {
      await put({ "notes.txt": "" });
      const { code, error } = await run(args);
      expect(code).toBe(2);
      expect(error).not.toBe("");
    },
  );

  test("a file that cannot be read is 2, and the others are checked all the same", async () => {
    await put({ "prune.py": BAD });
    await writeFile(path.join(root, "latin.py"), Buffer.from([0x23, 0xe9, 0x0a]));
    const { code, out, error } = await run([]);
    expect(code).toBe(2);
    expect(out).toContain("prune.py:4:7");
    expect(error).toBe("latin.py: Cannot be read: not UTF-8 text\n");
  });

  test("settings count, flags more, broken settings are 2", async () => {
    await put({ "prune.py": BAD, "normlens.toml": 'ignore = ["NL601"]\n' });
    expect(await run([])).toMatchObject({ code: 0 });
    expect(await run(["--select", "NL601"])).toMatchObject({ code: 1 });
    await put({ "normlens.toml": '[severity]\nNL601 = "hint"\n' });
    expect(await run([])).toEqual({
      code: 0,
      out: "No findings · 2 files checked · 1 hint not shown, --min-severity hint shows it\n",
      error: "",
    });
    expect(await run(["--min-severity", "hint"])).toMatchObject({ code: 1 });
    expect(await run(["--min-severity=hint", "--ignore=sparsity"])).toMatchObject({ code: 0 });
    await put({ "normlens.toml": "ignore = 3\n" });
    const { code, error } = await run([]);
    expect(code).toBe(2);
    expect(error).toContain("normlens.toml: `ignore` must be a list of rule ids.");
  });

  test("--fix writes safe fixes and reports what is left", async () => {
    await put({ "prune.py": `\uFEFF${BAD}`, "clean.py": CLEAN });
    expect(await run(["--fix"])).toEqual({
      code: 0,
      out: "No findings · 2 files checked · 1 fix applied\n",
      error: "",
    });
    expect(await read("prune.py")).toBe(`\uFEFF${FIXED}`);
    expect(await read("clean.py")).toBe(CLEAN);
  });

  test("standard input is judged as the file it is named after", async () => {
    await put({ "pkg/normlens.toml": 'ignore = ["NL601"]\n' });
    const stdin = BAD;
    expect(await run(["--stdin-filename", "prune.py"], { stdin })).toMatchObject({ code: 1 });
    expect(await run(["--stdin-filename", "pkg/prune.py"], { stdin })).toMatchObject({ code: 0 });
    expect(await run(["--stdin-filename", "prune.txt"], { stdin })).toMatchObject({ code: 2 });
    const fixed = await run(["--stdin-filename", "prune.py", "--fix"], { stdin });
    expect(fixed).toMatchObject({ code: 0, out: FIXED });
    expect(fixed.error).toContain("1 fix applied");
  });

  test("standard input keeps its byte order mark, and must be text", async () => {
    const args = ["--stdin-filename", "prune.py", "--fix"];
    const marked = await run(args, { stdin: `\uFEFF${BAD}` });
    expect(marked).toMatchObject({ code: 0, out: `\uFEFF${FIXED}` });
    const { code, error } = await run(args, { stdin: Uint8Array.of(0xff, 0xfe, 0x00) });
    expect(code).toBe(2);
    expect(error).toContain("prune.py: Cannot be read: not UTF-8 text\n");
  });

  test("every machine format is one document on standard output", async () => {
    await put({ "prune.py": BAD });
    const json: { findings: { code: string }[] } = JSON.parse((await run(["--format=json"])).out);
    expect(json.findings.map(({ code }) => code)).toEqual(["NL601"]);
    const sarif: { runs: { results: { ruleId: string }[] }[] } = JSON.parse(
      (await run(["--format=sarif"])).out,
    );
    expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(["NL601"]);
    expect((await run(["--format=github"])).out).toMatch(/^::error file=prune\.py,line=4,/);
  });

  test("colour needs a terminal and nobody who said no", async () => {
    await put({ "prune.py": BAD });
    const colour = "\u001B[";
    expect((await run([])).out).not.toContain(colour);
    expect((await run([], { isTerminal: true })).out).toContain(colour);
    expect((await run([], { isTerminal: true, env: { NO_COLOR: "1" } })).out).not.toContain(colour);
  });

  test("an interruption ends it with 2", async () => {
    await put({ "prune.py": BAD });
    const signal = AbortSignal.abort();
    expect(await run([], { signal })).toMatchObject({ code: 2 });
  });
});

const EXTENSIONS = { python: "py", yaml: "yaml", json: "json", toml: "toml" } as const;

test.each(RULES.map((rule) => [rule.code, rule] as const))(
  "finds the bad example of %s in a file",
  async (code, { docs }) => {
    const name = docs.path ?? `example.${EXTENSIONS[docs.language]}`;
    const others = (docs.project ?? []).map((file) => [file.path, file.text] as const);
    await put(Object.fromEntries([...others, [name, docs.bad]]));
    const options = ["--no-cache", "--select", code, "--min-severity", "hint"];
    expect((await run(options)).out).toContain(` ${code} `);
  },
);
