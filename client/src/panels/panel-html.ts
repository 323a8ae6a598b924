/** What the page's skeleton refers to, as URIs that the webview may load. */
export interface PanelAssets {
  readonly script: string;
  readonly style: string;
  /** The webview's own source for the content policy. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly kind: "run" | "weight-file";
  /** Of a run: kept in the page's state, so that a restored panel knows it. */
  readonly folder: string;
  readonly title: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** The page's skeleton: no inline script, no remote source, no `unsafe-eval`. */
export function panelHtml(assets: PanelAssets): string {
  const { script, style, cspSource, nonce, kind, folder, title } = assets;
  const policy = [
    "default-src 'none'",
    `img-src ${cspSource} data: blob:`,
    `font-src ${cspSource}`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${style}">
</head>
<body data-kind="${kind}" data-folder="${escapeHtml(folder)}">
<div id="app"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
