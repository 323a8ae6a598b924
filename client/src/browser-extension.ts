import { type ExtensionContext, Uri, window } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { DOCUMENT_SELECTOR } from "./document-selector.ts";

let client: LanguageClient | undefined;

/** Editors in a web page: findings, hovers and completion; training needs a machine. */
export async function activate(context: ExtensionContext): Promise<void> {
  const outputChannel = window.createOutputChannel("NormLens", { log: true });
  const server = Uri.joinPath(context.extensionUri, "dist/server-browser.js").toString(true);
  client = new LanguageClient("normlens", "NormLens", new Worker(server), {
    documentSelector: DOCUMENT_SELECTOR,
    synchronize: { configurationSection: "normlens" },
    outputChannel,
  });
  context.subscriptions.push(outputChannel);
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
