import type { CodeAction } from "vscode-languageserver";
import { codeActions, FIX_ALL_KIND, isFixAllAsked } from "./code-actions.ts";
import { guarded } from "./guard.ts";
import type { Session } from "./session.ts";

/** Fixes, ways to silence, fix-all. */
export function serveCodeActions(session: Session): void {
  const { connection, documents, analysis, abilities, log } = session;
  connection.onCodeAction(
    guarded(
      log,
      "Code actions",
      [],
      async ({ textDocument, range, context }): Promise<CodeAction[]> => {
        const document = documents.get(textDocument.uri);
        if (document === undefined) return [];
        const { lines, text } = document;
        return codeActions({
          document,
          findings: await analysis.findings(document),
          selection: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) },
          only: context.only,
          fixed: isFixAllAsked(context.only) ? await analysis.fixed(document) : text,
          diagnosticOf: (finding) => session.diagnosticOf(document, finding),
          hasDocumentChanges: abilities.hasDocumentChanges,
        });
      },
    ),
  );
}

export const CODE_ACTION_KINDS: readonly string[] = ["quickfix", FIX_ALL_KIND];
