import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
} from "vscode-languageserver";
import { experimentCompletions } from "../config/experiment-completions.ts";
import { isExperimentFile } from "../config/is-experiment-file.ts";
import { guarded } from "./guard.ts";
import type { Session } from "./session.ts";
import type { SourceDocument } from "./source-document.ts";
import { toRange } from "./to-diagnostic.ts";

/** Keys and values of experiment files, in the schema's order. */
function completionItems(document: SourceDocument, offset: number): CompletionItem[] {
  const { span, items } = experimentCompletions(document.text, offset);
  const range = toRange(span, document.lines);
  return items.map(({ label, kind, detail, documentation, newText }, index) => ({
    label,
    kind: kind === "key" ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
    ...(detail === "" ? {} : { detail }),
    ...(documentation === "" ? {} : { documentation: { kind: "markdown", value: documentation } }),
    insertTextFormat: InsertTextFormat.PlainText,
    textEdit: { range, newText },
    sortText: String(index).padStart(3, "0"),
  }));
}

const NOTHING: CompletionList = { isIncomplete: false, items: [] };

export function serveCompletion(session: Session): void {
  const { connection, documents, log } = session;
  connection.onCompletion(
    guarded(log, "Completion", NOTHING, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      if (document === undefined || !isExperimentFile(document.uri)) return NOTHING;
      const offset = document.lines.offsetAt(position);
      return { isIncomplete: false, items: completionItems(document, offset) };
    }),
  );
}
