import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixAll } from "../../server/src/engine/apply-fixes.ts";
import { checkText } from "../../server/src/engine/check-text.ts";
import { LANGUAGES, type Language, type LintDocument } from "../../server/src/engine/document.ts";
import { selectRules } from "../../server/src/engine/rule-selection.ts";
import { MOST_CHARACTERS } from "../../server/src/engine/size-limits.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";
import { RULES } from "../../server/src/rules/rules.generated.ts";
import { parsePython } from "../../server/src/syntax/python/parse.ts";

const ALL = selectRules({});

function documentOf(language: Language, text: string, path = "a"): LintDocument {
  return { path, language, text, project: NO_PROJECT };
}

/** What must hold for any text: no throw, spans inside the text, fixes that stay inside of it. */
function judge(document: LintDocument): void {
  for (const { span, related, fixes } of checkText(document, ALL)) {
    const spans = [
      span,
      ...related.flatMap((item) => ("span" in item ? [item.span] : [])),
      ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span)),
    ];
    for (const { start, end } of spans) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(document.text.length);
    }
  }
}

const EXAMPLES = RULES.flatMap(({ docs }) =>
  [docs.bad, docs.good].map((text) => ({ language: docs.language, text })),
);
const FOLDER = path.join(import.meta.dirname, "../../examples/python");
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".py"))
  .map((name) => readFileSync(path.join(FOLDER, name), "utf8"));
const example = fc.constantFrom(...EXAMPLES);
const language = fc.constantFrom(...LANGUAGES);

describe("the engine takes any text", () => {
  test("random bytes", () => {
    fc.assert(
      fc.property(language, fc.uint8Array({ maxLength: 300 }), (kind, bytes) => {
        judge(documentOf(kind, new TextDecoder("latin1").decode(bytes)));
      }),
      { numRuns: 150 },
    );
  });

  test("random Unicode, lone surrogates too", () => {
    fc.assert(
      fc.property(language, fc.string({ unit: "binary", maxLength: 200 }), (kind, text) => {
        judge(documentOf(kind, text));
      }),
      { numRuns: 150 },
    );
    judge(documentOf("python", "x = '\uD800' # \uDC00"));
  });

  test("documented examples, cut off anywhere", () => {
    fc.assert(
      fc.property(example, fc.nat(2000), fc.nat(2000), (code, from, to) => {
        judge(documentOf(code.language, code.text.slice(from % (code.text.length + 1))));
        judge(documentOf(code.language, code.text.slice(0, to % (code.text.length + 1))));
      }),
      { numRuns: 200 },
    );
  });

  test("documented examples with a piece of another one inside, in any language", () => {
    fc.assert(
      fc.property(example, example, language, fc.nat(2000), (code, other, kind, at) => {
        const cut = at % (code.text.length + 1);
        const text = code.text.slice(0, cut) + other.text + code.text.slice(cut);
        judge(documentOf(code.language, text));
        judge(documentOf(kind, text));
      }),
      { numRuns: 200 },
    );
  });

  test.each<[string, Language, string]>([
    ["parentheses", "python", `x = ${"(".repeat(20_000)}`],
    ["lists that are closed", "python", `x = ${"[".repeat(5_000)}${"]".repeat(5_000)}`],
    ["lists that are never closed", "python", `x = ${"[".repeat(2_000)}`],
    ["dictionaries that are never closed", "python", `x = ${'{"a": '.repeat(2_000)}`],
    ["sets and calls that are never closed", "python", `x = ${"{f(".repeat(2_000)}`],
    ["a long block", "python", `if a:\n${" x = 1\n".repeat(130_000)}`],
    ["attributes", "python", `x = a${".b".repeat(20_000)}`],
    ["calls", "python", `x = ${"f(".repeat(5_000)}${")".repeat(5_000)}`],
    ["sums", "python", `loss = ${"w + ".repeat(20_000)}w`],
    ["powers", "python", `loss = ${"w ** ".repeat(10_000)}w`],
    ["negations", "python", `x = ${"-".repeat(20_000)}1`],
    ["comparisons", "python", `x = ${"not ".repeat(20_000)}a`],
    [
      "blocks",
      "python",
      Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join(""),
    ],
    ["elifs", "python", `if a: pass\n${"elif b: pass\n".repeat(5_000)}`],
    [
      "aliases of aliases",
      "python",
      Array.from({ length: 5_000 }, (_, i) => `a${i + 1} = a${i}\n`).join(""),
    ],
    ["an assignment to itself", "python", "a = a\nb = c\nc = b\nb.step(c)\n"],
    [
      "mappings",
      "yaml",
      Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""),
    ],
    ["a long flow sequence", "yaml", `a: [${"1, ".repeat(130_000)}]`],
    ["flow sequences", "yaml", `a: ${"[".repeat(5_000)}`],
    ["anchors that multiply", "yaml", `a: &a [1]\n${"b: [*a, *a, *a]\n".repeat(200)}`],
    ["arrays", "json", "[".repeat(20_000)],
    ["objects", "json", '{"a":'.repeat(20_000)],
  ])("deep or long: %s", (_name, kind, text) => {
    judge(documentOf(kind, text));
  });

  test("real files, cut off anywhere and put together anew", () => {
    const cut = fc.tuple(fc.constantFrom(...FILES), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(cut, cut, ([text, at], [other, from]) => {
        const head = text.slice(0, Math.floor(at * text.length));
        judge(documentOf("python", head + other.slice(Math.floor(from * other.length))));
      }),
      { numRuns: 60 },
    );
  });

  test("fixing all ends, and a second time changes nothing", () => {
    for (const { language: kind, text } of EXAMPLES) {
      const check = (document: LintDocument) => checkText(document, ALL);
      for (const level of ["safe", "unsafe"] as const) {
        const once = fixAll(documentOf(kind, text), level, check);
        const twice = fixAll(documentOf(kind, once.text), level, check);
        expect(twice).toEqual({ text: once.text, count: 0 });
      }
    }
  });
});

/** Milliseconds that this process has had a processor: others may take it away while a text is judged. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Time of work whose share of this machine is known, in milliseconds: what a second is worth here. */
function calibrate(): number {
  const begin = processorMs();
  let sum = 0;
  for (let round = 0; round < 5_000_000; round += 1) sum = (sum + round * 7) % 1_000_003;
  expect(sum).toBeGreaterThan(0);
  return processorMs() - begin;
}

/** Once compiled the calibrating loop takes some 17.5 ms where 2,000 lines take at most a second. */
const LOOPS_A_SECOND = 57;
/** Collecting garbage takes more in a process that has held other tests. */
const SLACK = 3;

const lines = (count: number, line: (index: number) => string) =>
  `import torch\n${Array.from({ length: count }, (_, index) => line(index)).join("")}`;

describe("no text takes the engine more than a second for 2,000 lines", () => {
  test.each<[string, Language, string]>([
    ["sums of norms", "python", lines(2_000, () => "loss = loss + torch.norm(w)\n")],
    ["penalties that add up", "python", lines(2_000, (i) => `loss += 0.1 * w${i}.pow(2).sum()\n`)],
    ["functions", "python", lines(1_000, (i) => `def f${i}(w):\n    return (w ** 2).sum()\n`)],
    ["conditions", "python", lines(1_000, (i) => `if a${i}:\n    w = torch.norm(w) ** 2 + w\n`)],
    [
      "gradients",
      "python",
      lines(500, (i) => `def g${i}(w, X, y):\n    g = X.T @ (X @ w - y) + w\n    w -= g\n`),
    ],
    ["aliases", "python", lines(2_000, (i) => `a${i + 1} = a${i} * 0.5 + torch.norm(a${i})\n`)],
    ["brackets that stay open", "python", lines(2_000, () => "x = torch.norm((\n")],
    ["one line of numbers", "python", `w = torch.norm([${"1.5, ".repeat(1_000_000)}])`],
    ["one line of brackets", "python", `w = torch.norm(${"([{".repeat(1_700_000)}`],
    ["one line of open f-strings", "python", `w = torch.norm(${"f'''{".repeat(1_000_000)}`],
    ["one line of YAML", "yaml", `weight_decay: [${"1.5, ".repeat(1_000_000)}]`],
    ["one line of JSON", "json", `{"weight_decay": [${"1.5, ".repeat(1_000_000)}1]}`],
  ])("%s", (_name, kind, text) => {
    const second = calibrate() * LOOPS_A_SECOND;
    const begin = processorMs();
    judge(documentOf(kind, text));
    expect(processorMs() - begin).toBeLessThan(second * SLACK);
  });

  test.each([
    "(\na\n",
    "f'{'",
    "f'''{",
    "'\"",
    "([{",
    "a?",
    "if a:\n ",
    "match x\n",
    "with (",
    "a + ",
    "a = ",
    "lambda: ",
  ])("as much Python as is parsed, all of it %j", (piece) => {
    const second = calibrate() * LOOPS_A_SECOND;
    const begin = processorMs();
    parsePython(piece.repeat(MOST_CHARACTERS.python / piece.length));
    expect(processorMs() - begin).toBeLessThan(second * SLACK);
  });
});
