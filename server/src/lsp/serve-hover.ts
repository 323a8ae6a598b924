import type { Hover } from "vscode-languageserver";
import { experimentHover } from "../config/experiment-hover.ts";
import { isExperimentFile } from "../config/is-experiment-file.ts";
import { findingHover } from "./finding-hover.ts";
import { guarded } from "./guard.ts";
import type { Session } from "./session.ts";
import type { SourceDocument } from "./source-document.ts";
import { toRange } from "./to-diagnostic.ts";

/** What the schema says about a key of an experiment file. */
function schemaHover(document: SourceDocument, offset: number): Hover | null {
  if (!isExperimentFile(document.uri)) return null;
  const hover = experimentHover(document.text, offset);
  return hover === undefined
    ? null
    : {
        contents: { kind: "markdown", value: hover.markdown },
        range: toRange(hover.span, document.lines),
      };
}

/** Explains the finding below the pointer, else the key of an experiment file. */
export function serveHover(session: Session): void {
  const { connection, documents, analysis, pageOf, log } = session;
  connection.onHover(
    guarded(log, "Hover", null, async ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      if (document === undefined) return null;
      const offset = document.lines.offsetAt(position);
      const findings = await analysis.findings(document);
      return findingHover({ document, findings, offset, pageOf }) ?? schemaHover(document, offset);
    }),
  );
}
