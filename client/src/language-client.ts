import type { ExtensionContext, LogOutputChannel } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { SERVER_FLAGS } from "../../core/protocol/server-flags.ts";
import { DOCUMENT_SELECTOR } from "./document-selector.ts";

/** A client for the bundled server, not yet started. */
export function createLanguageClient(
  context: ExtensionContext,
  outputChannel: LogOutputChannel,
): LanguageClient {
  return new LanguageClient(
    "normlens",
    "NormLens",
    {
      module: context.asAbsolutePath("dist/server.js"),
      transport: TransportKind.ipc,
      options: { execArgv: [...SERVER_FLAGS] },
    },
    {
      documentSelector: DOCUMENT_SELECTOR,
      synchronize: { configurationSection: "normlens" },
      outputChannel,
    },
  );
}
