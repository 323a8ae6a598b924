import path from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { BROWSER_ARGUMENTS, findBrowser } from "../../scripts/workbench/browser.mjs";

const ENTRY = path.resolve("webview/src/main.ts");

/** The panel's page as it ships, in a headless browser, without an editor behind it. */
export interface PanelPage {
  readonly page: Page;
  readonly browser: Browser;
}

/** `kind` is what the page is for: a run or a weight file. What it sends is dropped. */
export async function openPanelPage(kind: "run" | "weight-file"): Promise<PanelPage> {
  const { obstacle, ...found } = findBrowser();
  if (obstacle !== undefined) throw new Error(`No browser: ${obstacle}`);
  const { outputFiles } = await build({
    entryPoints: { page: ENTRY },
    outdir: "out",
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    loader: { ".ttf": "dataurl" },
  });
  const textOf = (end: string) => outputFiles.find((file) => file.path.endsWith(end))?.text ?? "";
  const browser = await chromium.launch({ ...found, headless: true, args: [...BROWSER_ARGUMENTS] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.setContent(
    `<!DOCTYPE html><html lang="en"><body class="vscode-dark" data-kind="${kind}" data-folder="bench"><div id="app"></div></body></html>`,
  );
  await page.addStyleTag({ content: textOf(".css") });
  await page.evaluate(() => {
    const nothing = () => undefined;
    const api = { postMessage: nothing, getState: nothing, setState: nothing };
    Object.assign(window, { acquireVsCodeApi: () => api });
  });
  await page.addScriptTag({ content: textOf(".js") });
  return { page, browser };
}
