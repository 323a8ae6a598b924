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
import { parse } from "../../../server/src/engine/parse.ts";
import { SOURCE_DOCUMENTS } from "../../../server/src/lsp/source-document.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";

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

const editedDocument = (text: string): LintDocument => ({
  path: "a.py",
  language: "python",
  text,
  project: NO_PROJECT,
});

/** A document that is read from a file once: nothing is remembered of its text. */
const fileDocument = (text: string): LintDocument => ({
  ...editedDocument(text),
  bytes: new TextEncoder().encode(text),
});

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
          const fresh = fileDocument(document.text);
          const found = lint(editedDocument(document.text), syntax);
          expect(shown(found)).toEqual(shown(lint(fresh, parse(fresh))));
        }
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

test("edited code mentions what a file of the same text does", () => {
  const groups = RULES.flatMap(({ mentions }) => mentions);
  for (const text of [...TEXTS, TEXTS.join("\n")]) {
    const [ofEdited, ofFile] = [mentions(editedDocument(text)), mentions(fileDocument(text))];
    const different = groups.filter((group) => ofEdited.all([group]) !== ofFile.all([group]));
    expect({ text, different: different.map(String) }).toEqual({ text, different: [] });
  }
});
