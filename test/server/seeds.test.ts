import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { isAtLeast } from "../../core/protocol/severity.ts";
import { checkText } from "../../server/src/engine/check-text.ts";
import type { LintDocument } from "../../server/src/engine/document.ts";
import { lineIndex } from "../../server/src/engine/line-index.ts";
import { selectRules } from "../../server/src/engine/rule-selection.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";

/** The documents that the product was conceived from; they lie beside a developer's clone only. */
const FOLDER = path.join(import.meta.dirname, "../../../shared/seeds");
const names = existsSync(FOLDER) ? readdirSync(FOLDER).toSorted() : [];

/** Faults by document and line of that document; every one must be found, nothing else loudly. */
const FAULTS: readonly (readonly [prefix: string, faults: readonly string[]])[] = [
  // Both penalties count themselves 1 + λ times.
  ["000", ["49 NL303 error", "58 NL303 error"]],
  // Data gradient twice that of the objective, penalty gradient a scalar; Adam without any decay.
  ["001", ["78 NL311 warning", "78 NL312 error", "132 NL102 information", "181 NL101 warning"]],
  // A residual in the place of a gradient; an undefined m and `theta := …` to stumble over.
  ["002", ["70 NL311 error"]],
  // Clipping compares with one threshold and assigns another; pruning zeroes the largest.
  ["003", ["119 NL602 error", "172 NL601 error"]],
  // PCA fitted with a target, a classifier on real numbers, a score on the training data.
  [
    "004",
    [
      "201 NL904 information",
      "227 NL904 information",
      "234 NL906 error",
      "260 NL906 error",
      "267 NL901 warning",
    ],
  ],
];

/** The code of a document in its own lines: everything outside of ``` fences is blanked. */
function codeOf(text: string): string {
  let isCode = false;
  return text
    .split("\n")
    .map((line) => {
      if (line.startsWith("```")) {
        isCode = !isCode;
        return "";
      }
      return isCode ? line : "";
    })
    .join("\n");
}

function documentOf(prefix: string): LintDocument {
  const name = names.find((item) => item.startsWith(`${prefix}_`)) ?? "";
  const text = codeOf(readFileSync(path.join(FOLDER, name), "utf8"));
  return { path: `${prefix}.py`, language: "python", text, project: NO_PROJECT };
}

describe.skipIf(names.length === 0)("the documents the product was conceived from", () => {
  test.each(FAULTS)("%s: every fault on its line, nothing else", (prefix, faults) => {
    const document = documentOf(prefix);
    const lines = lineIndex(document.text);
    const found = checkText(document, selectRules({})).map(({ code, severity, span }) => ({
      severity,
      shown: `${lines.positionAt(span.start).line + 1} ${code} ${severity}`,
    }));
    // What `normlens check` reports unless told otherwise.
    const reported = found.filter(({ severity }) => isAtLeast(severity, "information"));
    expect(reported.map((finding) => finding.shown)).toEqual(expect.arrayContaining([...faults]));
    const loud = found.filter(({ severity }) => isAtLeast(severity, "warning"));
    expect(loud.map((finding) => finding.shown).filter((item) => !faults.includes(item))).toEqual(
      [],
    );
  });

  test("each fenced block on its own never makes the engine stumble", () => {
    for (const [prefix] of FAULTS) {
      const { text, ...rest } = documentOf(prefix);
      for (const block of text.split(/\n{2,}/)) {
        expect(() => checkText({ ...rest, text: block }, selectRules({}))).not.toThrow();
      }
    }
  });
});
