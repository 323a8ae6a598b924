import type { ClientCapabilities } from "vscode-languageserver";

/** What the client can do, asked once at the start. */
export interface ClientAbilities {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesInlayHints: boolean;
  readonly hasConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly changesFolders: boolean;
  readonly hasDocumentChanges: boolean;
  readonly hasRelatedInformation: boolean;
  readonly hasCodeDescription: boolean;
}

export function clientAbilities({ textDocument, workspace }: ClientCapabilities): ClientAbilities {
  const diagnostics = textDocument?.diagnostic ?? textDocument?.publishDiagnostics;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    hasConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    hasDocumentChanges: workspace?.workspaceEdit?.documentChanges === true,
    hasRelatedInformation:
      diagnostics?.relatedInformation === true ||
      textDocument?.publishDiagnostics?.relatedInformation === true,
    hasCodeDescription:
      diagnostics?.codeDescriptionSupport === true ||
      textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
  };
}
