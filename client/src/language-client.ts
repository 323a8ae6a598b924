import type { ExtensionContext, LogOutputChannel } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

const LANGUAGES = ["python", "yaml", "json", "jsonc"];

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
      documentSelector: LANGUAGES.map((language) => ({ language })),
      synchronize: { configurationSection: "normlens" },
      outputChannel,
    },
  );
}
