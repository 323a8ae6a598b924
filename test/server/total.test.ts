import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixAll } from "../../server/src/engine/apply-fixes.ts";
import { checkText } from "../../server/src/engine/check-text.ts";
import { LANGUAGES, type Language, type LintDocument } from "../../server/src/engine/document.ts";
import { selectRules } from "../../server/src/engine/rule-selection.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";
import { RULES } from "../../server/src/rules/rules.generated.ts";

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
