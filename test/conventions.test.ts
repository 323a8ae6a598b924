import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { RULES } from "../server/src/rules/rules.generated.ts";

const ROOT = path.join(import.meta.dirname, "..");
const SOURCES = ["core", "server", "trainer", "client", "webview", "cli", "scripts", "test"];

/** Beyond this a file is two ideas; below it STYLE asks for judgement, so it is only reported. */
const MOST_LINES = 600;
const USUAL_LINES = 250;

const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");

/** Files below `folder`, relative to the root, `/` between the parts. */
function filesUnder(folder: string): string[] {
  const top = path.join(ROOT, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => !/(^|\/)(node_modules|dist|out|shots)\//.test(file))
    .sort();
}

const isSource = (file: string) =>
  /\.(ts|mjs)$/.test(file) && !/\.generated\.ts$|\.d\.ts$/.test(file);

const sourceFiles = SOURCES.flatMap(filesUnder).filter(isSource);
const testFiles = sourceFiles.filter((file) => file.endsWith(".test.ts"));

/** Where the test of a source file lies: the same path below test/, without `src`. */
function testOf(file: string): string {
  return `test/${file.replace("/src/", "/").replace(/\.ts$/, ".test.ts")}`;
}

const unitsIn = (folder: string) => filesUnder(folder).filter(isSource);

describe("one unit of growth is one file and one test", () => {
  test.each([
    ["server/src/rules", []],
    ["server/src/facts", ["server/src/facts/extractor.ts"]],
    ["cli/src/commands", []],
    ["client/src/commands", []],
    ["trainer/src/penalties", []],
  ])("every unit in %s has its test file", (folder, exempt) => {
    const untested = unitsIn(folder)
      .filter((file) => !exempt.some((name) => name === file))
      .filter((file) => !testFiles.includes(testOf(file)));
    expect(untested).toEqual([]);
  });

  test.each([
    ["core/formats"],
    ["core/measures"],
    ["core/weights/formats"],
    ["server/src/config/dialects"],
    ["trainer/src/losses"],
    ["trainer/src/alignment-methods"],
    ["trainer/src/transfer-losses"],
    ["trainer/src/pair-losses"],
    ["trainer/src/models"],
    ["trainer/src/optimizers"],
    ["trainer/src/data"],
  ])("every unit in %s has its test file, or a test near it names it", (folder) => {
    const near = path.posix.dirname(folder.replace("/src", ""));
    const texts = testFiles.filter((file) => file.startsWith(`test/${near}/`)).map(read);
    const untested = unitsIn(folder)
      .filter((file) => path.posix.dirname(file) === folder)
      .filter((file) => {
        const name = path.basename(file, ".ts");
        return !testFiles.includes(testOf(file)) && !texts.some((text) => text.includes(name));
      });
    expect(untested).toEqual([]);
  });
});

describe("rules", () => {
  test.each(unitsIn("server/src/rules"))("%s is named after its rule and its family", (file) => {
    const [name, family] = file.replace(/\.ts$/, "").split("/").toReversed();
    const rule = RULES.find((item) => item.name === name);
    expect(rule?.family).toBe(family);
  });

  test("codes and names are unique and well-formed", () => {
    const codes = RULES.map(({ code }) => code);
    const names = RULES.map(({ name }) => name);
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(names).size).toBe(names.length);
    for (const code of codes) expect(code).toMatch(/^NL(\d{3}|C\d{2})$/);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  });
});

describe("generated files and manifests", () => {
  test("what `npm run gen` writes is current, the rules' pages too", () => {
    const run = () => execFileSync(process.execPath, ["scripts/gen.mjs", "--check"], { cwd: ROOT });
    expect(run).not.toThrow();
  });

  test("package.json declares exactly the commands that the client has", () => {
    const manifest: { contributes?: { commands?: { command: string }[] } } = JSON.parse(
      read("package.json"),
    );
    const declared = (manifest.contributes?.commands ?? []).map(({ command }) => command);
    const written = unitsIn("client/src/commands").map((file) => {
      const name = path.basename(file, ".ts");
      return `normlens.${name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
    });
    expect(declared.toSorted()).toEqual(written.toSorted());
  });

  test("no package is needed at run time: everything is bundled", () => {
    const manifest: { dependencies?: object } = JSON.parse(read("package.json"));
    expect(manifest.dependencies ?? {}).toEqual({});
  });
});

describe("every source file", () => {
  test("is named in kebab-case", () => {
    const wrong = sourceFiles.filter(
      (file) => !/^[a-z0-9]+([-.][a-z0-9]+)*\.(ts|mjs)$/.test(path.basename(file)),
    );
    expect(wrong).toEqual([]);
  });

  test("is about one thing: no utils, helpers, common, misc", () => {
    const vague = sourceFiles.filter((file) =>
      /^(utils?|helpers?|common|misc)\.(ts|mjs)$/.test(path.basename(file)),
    );
    expect(vague).toEqual([]);
  });

  test("leaves nothing to do without an issue", () => {
    const open = sourceFiles.flatMap((file) =>
      read(file)
        .split("\n")
        .flatMap((line, index) =>
          /\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))/.test(line) ? [`${file}:${index + 1}`] : [],
        ),
    );
    // This file names the words that it looks for.
    expect(open.filter((place) => !place.startsWith("test/conventions.test.ts"))).toEqual([]);
  });

  test(`has at most ${MOST_LINES} lines; those above ${USUAL_LINES} are named`, () => {
    const sizes = sourceFiles
      .map((file) => ({ file, lines: read(file).split("\n").length - 1 }))
      .filter(({ lines }) => lines > USUAL_LINES)
      .toSorted((a, b) => b.lines - a.lines);
    for (const { file, lines } of sizes) console.info(`${lines} lines: ${file}`);
    expect(sizes.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
  });
});
