import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
} from "vscode-languageserver";
import { dialectCompletions } from "../config/dialect-completions.ts";
import { experimentCompletions } from "../config/experiment-completions.ts";
import { isExperimentFile } from "../config/is-experiment-file.ts";
import type { LintDocument } from "../engine/document.ts";
import { lambdaCompletions } from "../engine/lambda-completions.ts";
import { NO_PROJECT } from "../project/project-facts.ts";
import { isHistory, pathOfUri } from "./document-path.ts";
import { guarded } from "./guard.ts";
import type { Session } from "./session.ts";
import type { SourceDocument } from "./source-document.ts";
import { toRange } from "./to-diagnostic.ts";

interface Choice {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail: string;
  readonly documentation: string;
  readonly newText: string;
}

/**
 * In the order given: it says what is common, or what the schema says first. In code they come
 * after the names that another server knows, so that Enter never takes a number unasked.
 */
function toItems(
  choices: readonly Choice[],
  span: Parameters<typeof toRange>[0],
  { lines, language }: SourceDocument,
): CompletionItem[] {
  const range = toRange(span, lines);
  const rank = language === "python" ? "~" : "";
  return choices.map(({ label, kind, detail, documentation, newText }, index) => ({
    label,
    kind,
    ...(detail === "" ? {} : { detail }),
    ...(documentation === "" ? {} : { documentation: { kind: "markdown", value: documentation } }),
    insertTextFormat: InsertTextFormat.PlainText,
    textEdit: { range, newText },
    sortText: rank + String(index).padStart(3, "0"),
  }));
}

/** Keys and values of experiment files, in the schema's order. */
function experimentItems(document: SourceDocument, offset: number): CompletionItem[] {
  const { span, items } = experimentCompletions(document.text, offset);
  const choices = items.map(({ kind, ...item }) => ({
    ...item,
    kind: kind === "key" ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
  }));
  return toItems(choices, span, document);
}

/** Keys that regularize, of the tool that a config is for. */
function dialectItems(
  source: SourceDocument,
  document: LintDocument,
  offset: number,
): CompletionItem[] {
  const { span, items } = dialectCompletions(document, offset);
  const choices = items.map((item) => ({
    ...item,
    kind: CompletionItemKind.Property,
    documentation: "",
  }));
  return toItems(choices, span, source);
}

/** Numbers for a λ, with what they would do. */
async function lambdaItems(
  { lambdas }: Session,
  source: SourceDocument,
  document: LintDocument,
  offset: number,
): Promise<CompletionItem[]> {
  const assume = await lambdas.assumptions(source.uri);
  const { span, items } = lambdaCompletions(document, offset, assume);
  const choices = items.map((item) => ({
    ...item,
    kind: CompletionItemKind.Value,
    newText: item.label,
  }));
  return toItems(choices, span, source);
}

const NOTHING: CompletionList = { isIncomplete: false, items: [] };

export function serveCompletion(session: Session): void {
  const { connection, documents, log } = session;
  connection.onCompletion(
    guarded(log, "Completion", NOTHING, async ({ textDocument, position }) => {
      const source = documents.get(textDocument.uri);
      if (source?.language === undefined || isHistory(source.uri)) return NOTHING;
      const { uri, language, text } = source;
      const offset = source.lines.offsetAt(position);
      const document = { path: pathOfUri(uri) ?? uri, language, text, project: NO_PROJECT };
      const isExperiment = isExperimentFile(uri);
      const values = await lambdaItems(session, source, document, offset);
      const keys = isExperiment
        ? experimentItems(source, offset)
        : values.length > 0
          ? []
          : dialectItems(source, document, offset);
      return { isIncomplete: false, items: [...keys, ...values] };
    }),
  );
}
