import type { ExtensionContext, LogOutputChannel } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

/** Documents that the server reads. */
export const DOCUMENT_SELECTOR = [
  ...["python", "yaml", "json", "jsonc", "toml"].map((language) => ({ language })),
  // VS Code itself has no language of this name: without an extension such files are plain text.
  { pattern: "**/*.toml" },
];

/** A client for the bundled server, not yet started. */
export function createLanguageClient(
  context: ExtensionContext,
  outputChannel: LogOutputChannel,
): LanguageClient {
  return new LanguageClient(
    "normlens",
    "NormLens",
    { module: context.asAbsolutePath("dist/server.js"), transport: TransportKind.ipc },
    {
      documentSelector: DOCUMENT_SELECTOR,
      synchronize: { configurationSection: "normlens" },
      outputChannel,
    },
  );
}
