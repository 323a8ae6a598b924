import type {
  TextDocumentContentChangeEvent,
  TextDocumentsConfiguration,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Language } from "../engine/document.ts";
import { languageOf } from "../engine/language-of.ts";
import { type LineIndex, lineIndex } from "../engine/line-index.ts";
import { parse } from "../engine/parse.ts";
import type { Syntax } from "../facts/extractor.ts";
import { NO_PROJECT } from "../project/project-facts.ts";
import { pythonProgram } from "../semantics/resolve.ts";
import {
  type PythonSource,
  parsePythonSource,
  reparsePython,
  type TextChange,
} from "../syntax/python/parse.ts";

/** One version of an open document; parsed when first asked, from the last parsed version's tree. */
export interface SourceDocument {
  readonly uri: string;
  readonly version: number;
  readonly languageId: string;
  /** `undefined` for languages that NormLens does not read. */
  readonly language: Language | undefined;
  readonly text: string;
  readonly lines: LineIndex;
  syntax(): Syntax | undefined;
  /** What the next version may start from; `undefined` when it must be parsed from scratch. */
  base(): ParsedBase | undefined;
}

/** The last parse of a Python document and what was typed since. */
interface ParsedBase {
  readonly source: PythonSource;
  readonly changes: readonly TextChange[];
}

/** After so many changes without a parse, starting over costs less than replaying them. */
const MOST_CHANGES = 500;

const BY_LANGUAGE_ID: ReadonlyMap<string, Language> = new Map<string, Language>([
  ["python", "python"],
  ["yaml", "yaml"],
  ["dockercompose", "yaml"],
  ["json", "json"],
  ["jsonc", "json"],
  ["toml", "toml"],
]);

function sourceDocument(
  uri: string,
  languageId: string,
  version: number,
  text: string,
  base?: ParsedBase,
): SourceDocument {
  const language = BY_LANGUAGE_ID.get(languageId) ?? languageOf(uri);
  let python: PythonSource | undefined;
  let parsed: Syntax | undefined;
  let lines: LineIndex | undefined;
  return {
    uri,
    version,
    languageId,
    language,
    text,
    get lines() {
      lines ??= lineIndex(text);
      return lines;
    },
    syntax() {
      if (parsed !== undefined || language === undefined) return parsed;
      if (language === "python") {
        python =
          base === undefined
            ? parsePythonSource(text)
            : reparsePython(base.source, text, base.changes);
        parsed = { language, program: pythonProgram(python.module) };
      } else {
        parsed = parse({ path: uri, language, text, project: NO_PROJECT });
      }
      return parsed;
    },
    base: () => (python === undefined ? base : { source: python, changes: [] }),
  };
}

/** The text after `changes`, and these in offsets, each in the text that the one before it left. */
function applyChanges(
  document: SourceDocument,
  changes: readonly TextDocumentContentChangeEvent[],
): { readonly text: string; readonly changes: readonly TextChange[] } {
  let current = TextDocument.create(document.uri, document.languageId, 0, document.text);
  const edits = changes.map((change): TextChange => {
    const from = "range" in change ? current.offsetAt(change.range.start) : 0;
    const to = "range" in change ? current.offsetAt(change.range.end) : current.getText().length;
    current = TextDocument.update(current, [change], 0);
    // A client may name the ends of a range in either order.
    return { start: Math.min(from, to), end: Math.max(from, to), length: change.text.length };
  });
  return { text: current.getText(), changes: edits };
}

/** How `TextDocuments` makes and updates documents. */
export const SOURCE_DOCUMENTS: TextDocumentsConfiguration<SourceDocument> = {
  create: (uri, languageId, version, text) => sourceDocument(uri, languageId, version, text),
  update(document, events, version) {
    const { text, changes } = applyChanges(document, events);
    const before = document.base();
    const all = [...(before?.changes ?? []), ...changes];
    const base =
      before === undefined || all.length > MOST_CHANGES
        ? undefined
        : { source: before.source, changes: all };
    return sourceDocument(document.uri, document.languageId, version, text, base);
  },
};
