import { type InlayHint, InlayHintRefreshRequest } from "vscode-languageserver";
import { lambdaHint } from "../lambda/lambda-markdown.ts";
import { guarded } from "./guard.ts";
import type { Session } from "./session.ts";

/**
 * Time scales behind weight decays, where the user has switched them on. The result makes the
 * client ask anew, after settings have changed.
 */
export function serveInlayHints(session: Session): () => void {
  const { connection, documents, editor, lambdas, log, abilities } = session;
  connection.languages.inlayHint.on(
    guarded(log, "Inlay hints", [], async ({ textDocument, range }): Promise<InlayHint[]> => {
      const document = documents.get(textDocument.uri);
      if (document === undefined || !(await editor.hasInlayHints(document.uri))) return [];
      const { lines } = document;
      const [from, to] = [lines.offsetAt(range.start), lines.offsetAt(range.end)];
      return (await lambdas.of(document)).flatMap(({ fact, described }) => {
        const { end } = fact.span;
        const hint = from <= end && end <= to ? lambdaHint(described) : undefined;
        if (hint === undefined) return [];
        const tooltip = { kind: "markdown" as const, value: hint.tooltip };
        return [{ position: lines.positionAt(end), label: hint.label, tooltip, paddingLeft: true }];
      });
    }),
  );
  const refresh = guarded(log, "Refresh of inlay hints", undefined, async () => {
    await connection.sendRequest(InlayHintRefreshRequest.type);
  });
  return () => {
    if (abilities.refreshesInlayHints) void refresh();
  };
}
