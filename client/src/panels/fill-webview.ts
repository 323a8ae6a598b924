import { randomBytes } from "node:crypto";
import { type ExtensionContext, type LogOutputChannel, Uri, type WebviewPanel } from "vscode";
import { faultText } from "../../../core/protocol/decoder.ts";
import { decodeFromPage, type FromPage } from "../../../core/protocol/webview.ts";
import { type PanelAssets, panelHtml } from "./panel-html.ts";

interface Deps {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
}

/** Puts the page into a panel; `onMessage` gets what the page sends, checked. */
export function fillWebview(
  { context: { extensionUri }, log }: Deps,
  { webview, title }: WebviewPanel,
  target: Pick<PanelAssets, "kind" | "folder">,
  onMessage: (message: FromPage) => void,
): void {
  const dist = Uri.joinPath(extensionUri, "dist");
  const asset = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.onDidReceiveMessage((value: unknown) => {
    const message = decodeFromPage(value);
    if (message.ok) onMessage(message.value);
    else log.warn(`The panel "${title}" sent what is not understood: ${faultText(message)}`);
  });
  webview.html = panelHtml({
    script: asset("page.js"),
    style: asset("page.css"),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString("base64url"),
    title,
    ...target,
  });
}
