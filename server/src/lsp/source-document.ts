import type {
  TextDocumentContentChangeEvent,
  TextDocumentsConfiguration,
} from "vscode-languageserver";
import type { Language } from "../engine/document.ts";
import { languageOf } from "../engine/language-of.ts";
import { type LineIndex, lineIndex } from "../engine/line-index.ts";
import { parse } from "../engine/parse.ts";
import type { Syntax } from "../facts/extractor.ts";
import type { ProjectFacts } from "../project/project-facts.ts";
import { isTensorFlowCode } from "../syntax/javascript/is-tensorflow-code.ts";

/** One version of an open document; parsed when first asked. */
export interface SourceDocument {
  readonly uri: string;
  readonly version: number;
  readonly languageId: string;
  /** `undefined` for languages that NormLens does not read. */
  readonly language: Language | undefined;
  readonly text: string;
  readonly lines: LineIndex;
  /**
   * Parsed anew for another state of the project: what is derived from a parse is kept with it.
   * `undefined` also for code that has nothing to do with training.
   */
  syntax(project: ProjectFacts): Syntax | undefined;
}

const BY_LANGUAGE_ID: ReadonlyMap<string, Language> = new Map<string, Language>([
  ["python", "python"],
  ["javascript", "javascript"],
  ["javascriptreact", "javascript"],
  ["typescript", "javascript"],
  ["typescriptreact", "javascript"],
  ["yaml", "yaml"],
  ["dockercompose", "yaml"],
  ["json", "json"],
  ["jsonc", "json"],
  ["toml", "toml"],
]);

/** A version of a document; nothing is computed before it is asked for. */
export function sourceDocument(
  uri: string,
  languageId: string,
  version: number,
  text: string,
): SourceDocument {
  const language = BY_LANGUAGE_ID.get(languageId) ?? languageOf(uri);
  let parsed: { readonly project: ProjectFacts; readonly syntax: Syntax } | undefined;
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
    syntax(project) {
      if (language === undefined) return undefined;
      if (language === "javascript" && !isTensorFlowCode(text)) return undefined;
      if (parsed?.project !== project) {
        parsed = { project, syntax: parse({ path: uri, language, text, project }) };
      }
      return parsed.syntax;
    },
  };
}

/** The text after `changes`, each in positions of the text that the one before it left. */
function textAfter(
  { text, lines }: SourceDocument,
  changes: readonly TextDocumentContentChangeEvent[],
): string {
  let now = text;
  for (const change of changes) {
    if (!("range" in change)) {
      now = change.text;
      continue;
    }
    // The lines of the version before are known, for its findings had to be shown.
    const { offsetAt } = now === text ? lines : lineIndex(now);
    const [a, b] = [offsetAt(change.range.start), offsetAt(change.range.end)];
    now = now.slice(0, Math.min(a, b)) + change.text + now.slice(Math.max(a, b));
  }
  return now;
}

/** How `TextDocuments` makes and updates documents. */
export const SOURCE_DOCUMENTS: TextDocumentsConfiguration<SourceDocument> = {
  create: (uri, languageId, version, text) => sourceDocument(uri, languageId, version, text),
  update: (document, changes, version) =>
    sourceDocument(document.uri, document.languageId, version, textAfter(document, changes)),
};
