import { randomBytes } from "node:crypto";
import { type ExtensionContext, Uri, type WebviewPanel } from "vscode";
import { type FromPage, parseFromPage } from "../../../core/protocol/webview.ts";
import { type PanelAssets, panelHtml } from "./panel-html.ts";

/** Puts the page into a panel; `onMessage` gets what the page sends, checked. */
export function fillWebview(
  { extensionUri }: ExtensionContext,
  { webview, title }: WebviewPanel,
  target: Pick<PanelAssets, "kind" | "folder">,
  onMessage: (message: FromPage) => void,
): void {
  const dist = Uri.joinPath(extensionUri, "dist");
  const asset = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.onDidReceiveMessage((value: unknown) => {
    const message = parseFromPage(value);
    if (message !== undefined) onMessage(message);
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
