// An editor's document is judged again and again: nothing that is remembered of one version may
// show in the findings of another.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LintDocument } from "../../../server/src/engine/document.ts";
import type { Finding } from "../../../server/src/engine/finding.ts";
import { lint } from "../../../server/src/engine/lint.ts";
import { mentions } from "../../../server/src/engine/mentions.ts";
import { SOURCE_DOCUMENTS } from "../../../server/src/lsp/source-document.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";
import { unfilteredFindings } from "../../support/unfiltered-findings.ts";

const FOLDER = path.join(import.meta.dirname, "../../../examples/python");
const TEXTS = [
  ...readdirSync(FOLDER)
    .filter((name) => name.endsWith(".py"))
    .map((name) => readFileSync(path.join(FOLDER, name), "utf8")),
  ...RULES.flatMap(({ docs }) => (docs.language === "python" ? [docs.bad] : [])),
];

/** What changes the meaning of what stands around it, and what rules look for. */
const INSERTED = [
  ..."w ( ) : # \" ' = , . \n".split(" "),
  ..."def class return '''  *0.5 +penalty weight_decay norm( .sum() temperature grad @ -= abs(".split(
    " ",
  ),
  "\ndef f(x):\n    return x\n",
  "\nimport numpy as np\n",
  "",
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.constantFrom(0, 0, 1, 4, 30),
  text: fc.constantFrom(...INSERTED),
});

const shown = (findings: readonly Finding[]) => findings.map((finding) => JSON.stringify(finding));

/** The findings of a document that nothing is known of, with no rule left out before parsing. */
function freshFindings(text: string): readonly string[] {
  const document = SOURCE_DOCUMENTS.create("file:///a.py", "python", 0, text);
  const syntax = document.syntax(NO_PROJECT);
  const source = { path: "a.py", language: "python", text, project: NO_PROJECT } as const;
  return syntax === undefined ? [] : shown([...unfilteredFindings(source, syntax, RULES)]);
}

test("findings do not depend on the versions before", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TEXTS),
      fc.array(edit, { minLength: 1, maxLength: 6 }),
      (start, edits) => {
        let document = SOURCE_DOCUMENTS.create("file:///a.py", "python", 0, start);
        for (const { at, removed, text } of edits) {
          const from = Math.floor(at * document.text.length);
          const range = {
            start: document.lines.positionAt(from),
            end: document.lines.positionAt(from + removed),
          };
          document = SOURCE_DOCUMENTS.update(document, [{ range, text }], document.version + 1);
          const syntax = document.syntax(NO_PROJECT);
          if (syntax === undefined) throw new TypeError("Python was not parsed");
          const source = {
            path: "a.py",
            language: "python",
            text: document.text,
            project: NO_PROJECT,
          } as const;
          expect(shown(lint(source, syntax))).toEqual(freshFindings(document.text));
        }
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

test("edited code mentions what a file of the same text does", () => {
  const groups = RULES.flatMap(({ mentions }) => mentions);
  for (const text of [...TEXTS, TEXTS.join("\n")]) {
    const edited: LintDocument = { path: "a.py", language: "python", text, project: NO_PROJECT };
    const file = { ...edited, bytes: new TextEncoder().encode(text) };
    const [ofEdited, ofFile] = [mentions(edited), mentions(file)];
    const different = groups.filter((group) => ofEdited.all([group]) !== ofFile.all([group]));
    expect({ text, different: different.map(String) }).toEqual({ text, different: [] });
  }
});
