import type { CodeAction } from "vscode-languageserver";
import type { Span } from "../../../core/protocol/span.ts";
import { codeActions, FIX_ALL_KIND, isFixAllAsked, isRewriteAsked } from "./code-actions.ts";
import { guarded } from "./guard.ts";
import { type LambdaAction, lambdaActions } from "./lambda-actions.ts";
import type { Session } from "./session.ts";
import type { SourceDocument } from "./source-document.ts";

/** Fixes, ways to silence, refactorings of a λ, fix-all. */
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
        const selection = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
        return codeActions({
          document,
          findings: await analysis.findings(document),
          selection,
          rewrites: isRewriteAsked(context.only)
            ? await rewritesAt(session, document, selection)
            : [],
          only: context.only,
          fixed: isFixAllAsked(context.only) ? await analysis.fixed(document) : text,
          diagnosticOf: (finding) => session.diagnosticOf(document, finding),
          hasDocumentChanges: abilities.hasDocumentChanges,
        });
      },
    ),
  );
}

async function rewritesAt(
  { lambdas, project }: Session,
  document: SourceDocument,
  selection: Span,
): Promise<readonly LambdaAction[]> {
  const lambda = await lambdas.at(document, selection);
  const syntax = lambda === undefined ? undefined : document.syntax(project.facts());
  return lambda === undefined || syntax === undefined
    ? []
    : lambdaActions(document, syntax, lambda);
}

export const CODE_ACTION_KINDS: readonly string[] = ["quickfix", "refactor.rewrite", FIX_ALL_KIND];
