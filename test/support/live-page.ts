import path from "node:path";
import { build } from "esbuild";
import { type CDPSession, chromium, type Page } from "playwright-core";
import type { ToPage } from "../../core/protocol/webview.ts";
import { BROWSER_ARGUMENTS, findBrowser } from "../../scripts/workbench/browser.mjs";

const SOURCES = path.resolve("webview/src/main.ts");

/** What VS Code gives a page, for one that stands alone in a browser. */
const EDITOR = `
  window.sent = [];
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => { if (window.sent.length < 100) window.sent.push(message.type); },
    getState: () => undefined,
    setState: () => undefined,
  });`;

/** Live objects of a page once what is dead is collected. */
export interface PageMemory {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** The panel's page alone in a browser, without a workbench around it. */
export interface LivePage {
  readonly page: Page;
  /** Gives the page messages as the host does, and waits until it has drawn what they say. */
  deliver(messages: readonly ToPage[]): Promise<void>;
  memory(): Promise<PageMemory>;
  /** Closes the page and opens a new one in its place, as a panel does that is shown again. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

export async function openLivePage(): Promise<LivePage> {
  const { outputFiles } = await build({
    entryPoints: { page: SOURCES },
    outdir: "out",
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    loader: { ".ttf": "dataurl" },
    logLevel: "error",
  });
  const output = (end: string) => outputFiles.find((file) => file.path.endsWith(end))?.text ?? "";
  const html = `<!DOCTYPE html><html lang="en"><head><title>Run</title><style>${output(".css")}</style></head>
<body class="vscode-dark" data-kind="run" data-folder="/live"><div id="app"></div></body></html>`;
  const { obstacle, ...executable } = findBrowser();
  if (obstacle !== undefined) throw new Error(`No browser: ${obstacle}`);
  const browser = await chromium.launch({ ...executable, args: [...BROWSER_ARGUMENTS] });
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.route("http://panel.test/", (route) =>
    route.fulfill({ contentType: "text/html", body: html }),
  );
  await page.addInitScript(EDITOR);
  const renew = async () => {
    await page.goto("http://panel.test/");
    await page.addScriptTag({ content: output(".js") });
  };
  await renew();
  return {
    page,
    renew,
    deliver: (messages) => page.evaluate(receive, messages),
    memory: () => memoryOf(session),
    close: () => browser.close(),
  };
}

/** Runs in the page. */
async function receive(messages: readonly ToPage[]): Promise<void> {
  for (const message of messages) window.postMessage(message, "*");
  // Messages come in order: this one is after them, and the frame after it draws what they say.
  await new Promise((resolve) => {
    setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(resolve)), 0);
  });
}

async function memoryOf(session: CDPSession): Promise<PageMemory> {
  for (let round = 0; round < 3; round++) await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const named = (name: string) =>
    metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    heapBytes: named("JSHeapUsedSize"),
    nodes: named("Nodes"),
    listeners: named("JSEventListeners"),
  };
}
