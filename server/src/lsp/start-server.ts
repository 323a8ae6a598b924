import {
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { VERSION } from "../../../core/protocol/version.generated.ts";
import { CODE_ACTION_KINDS, serveCodeActions } from "./serve-code-actions.ts";
import { serveCompletion } from "./serve-completion.ts";
import { serveDiagnostics } from "./serve-diagnostics.ts";
import { serveHover } from "./serve-hover.ts";
import { serveInlayHints } from "./serve-inlay-hints.ts";
import { serveLayers } from "./serve-layers.ts";
import { serveWorkspace } from "./serve-workspace.ts";
import { createSession, type SessionOptions } from "./session.ts";

function capabilities(pullsDiagnostics: boolean): InitializeResult["capabilities"] {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    notebookDocumentSync: {
      notebookSelector: [{ notebook: "jupyter-notebook", cells: [{ language: "python" }] }],
    },
    codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] },
    hoverProvider: true,
    inlayHintProvider: true,
    completionProvider: { triggerCharacters: [":", " ", "-", "="] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(pullsDiagnostics
      ? {
          diagnosticProvider: {
            identifier: "normlens",
            // What a YAML file means depends on the Python code that loads it.
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }
      : {}),
  };
}

/** Serves one client over `connection` until it says `exit`. */
export function startServer(connection: Connection, options: SessionOptions): void {
  connection.onInitialize((params): InitializeResult => {
    const session = createSession(connection, params, options);
    session.listen();
    const refreshes = [serveDiagnostics(session), serveInlayHints(session)];
    serveCodeActions(session);
    serveHover(session);
    serveCompletion(session);
    serveLayers(session);
    serveWorkspace(session, () => {
      for (const refresh of refreshes) refresh();
    });
    return {
      capabilities: capabilities(session.abilities.pullsDiagnostics),
      serverInfo: { name: "NormLens", version: VERSION },
    };
  });
  connection.listen();
}
