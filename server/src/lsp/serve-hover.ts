import { findingHover } from "./finding-hover.ts";
import { guarded } from "./guard.ts";
import type { Session } from "./session.ts";

/** Explains the finding below the pointer. */
export function serveHover(session: Session): void {
  const { connection, documents, analysis, pageOf, log } = session;
  connection.onHover(
    guarded(log, "Hover", null, async ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      if (document === undefined) return null;
      const findings = await analysis.findings(document);
      return findingHover({
        document,
        findings,
        offset: document.lines.offsetAt(position),
        pageOf,
      });
    }),
  );
}
