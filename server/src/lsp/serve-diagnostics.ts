import type { Diagnostic, DocumentDiagnosticReport } from "vscode-languageserver";
import { debouncer } from "./debounce.ts";
import { guarded } from "./guard.ts";
import type { Session } from "./session.ts";
import type { SourceDocument } from "./source-document.ts";

/** A pause in typing after which findings are pushed to clients that cannot pull. */
const PUSH_DELAY_MS = 150;

const NOTHING: DocumentDiagnosticReport = { kind: "full", items: [] };

async function diagnosticsOf(session: Session, document: SourceDocument): Promise<Diagnostic[]> {
  const findings = await session.analysis.findings(document);
  session.pauses.begin(document);
  return findings.map((finding) => session.diagnosticOf(document, finding));
}

/** Findings when the client asks; what it has already is not sent again. */
function servePull(session: Session): void {
  const { connection, documents, analysis, log } = session;
  connection.languages.diagnostics.on(
    guarded(log, "Diagnostics", NOTHING, async (params): Promise<DocumentDiagnosticReport> => {
      const document = documents.get(params.textDocument.uri);
      if (document === undefined) return NOTHING;
      const resultId = analysis.stateOf(document);
      if (params.previousResultId === resultId) return { kind: "unchanged", resultId };
      return { kind: "full", resultId, items: await diagnosticsOf(session, document) };
    }),
  );
}

/** Findings after a pause in typing. Old ones stay until the new ones are known. */
function servePush(session: Session): () => void {
  const { connection, documents, notebooks, log } = session;
  const pushes = debouncer(PUSH_DELAY_MS);
  const push = guarded(log, "Diagnostics", undefined, async (uri: string) => {
    const document = documents.get(uri);
    if (document === undefined) return;
    const diagnostics = await diagnosticsOf(session, document);
    if (documents.get(uri)?.version !== document.version) return;
    await connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  });
  const schedule = (uri: string) => pushes.schedule(uri, () => void push(uri));
  documents.onDidChangeContent(({ document }) => {
    for (const { uri } of notebooks.neighbours(document)) schedule(uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    pushes.cancel(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  connection.onExit(() => pushes.dispose());
  return () => {
    for (const uri of documents.keys()) schedule(uri);
  };
}

/**
 * Serves diagnostics, by pull where the client can. The result makes the client see the state
 * anew, after something other than a document has changed.
 */
export function serveDiagnostics(session: Session): () => void {
  const { connection, documents, abilities, log, pauses } = session;
  documents.onDidChangeContent(() => pauses.end());
  if (!abilities.pullsDiagnostics) return servePush(session);
  servePull(session);
  const refresh = guarded(log, "Refresh", undefined, async () => {
    await connection.languages.diagnostics.refresh();
  });
  return () => {
    if (abilities.refreshesDiagnostics) void refresh();
  };
}
