import type { CodeAction } from "vscode-languageserver";
import { codeActions, FIX_ALL_KIND, isFixAllAsked, isRewriteAsked } from "./code-actions.ts";
import { guarded } from "./guard.ts";
import { lambdaActions } from "./lambda-actions.ts";
import type { Session } from "./session.ts";

/** Fixes, ways to silence, refactorings of a λ, fix-all. */
export function serveCodeActions(session: Session): void {
  const { connection, documents, analysis, lambdas, abilities, log } = session;
  connection.onCodeAction(
    guarded(
      log,
      "Code actions",
      [],
      async ({ textDocument, range, context }): Promise<CodeAction[]> => {
        const document = documents.get(textDocument.uri);
        if (document === undefined) return [];
        const { lines, text } = document;
        const selection = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
        const lambda = isRewriteAsked(context.only)
          ? await lambdas.at(document, selection)
          : undefined;
        return codeActions({
          document,
          findings: await analysis.findings(document),
          selection,
          rewrites: lambda === undefined ? [] : lambdaActions(document, lambda),
          only: context.only,
          fixed: isFixAllAsked(context.only) ? await analysis.fixed(document) : text,
          diagnosticOf: (finding) => session.diagnosticOf(document, finding),
          hasDocumentChanges: abilities.hasDocumentChanges,
        });
      },
    ),
  );
}

export const CODE_ACTION_KINDS: readonly string[] = ["quickfix", "refactor.rewrite", FIX_ALL_KIND];
