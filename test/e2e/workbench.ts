import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium, type Frame, type Locator, type Page } from "playwright-core";
import { expect } from "vitest";
import { BROWSER_ARGUMENTS, findBrowser } from "../../scripts/workbench/browser.mjs";
import { startWorkbench } from "../../scripts/workbench/server.mjs";

const ROOT = path.join(import.meta.dirname, "../..");
const START_LIMIT_MS = 90_000;
const STEP_LIMIT_MS = 30_000;
/** A key that nothing has come of by then was not heard. */
const ANSWER_LIMIT_MS = 6_000;

/** Pictures of the last run. */
const SHOTS = path.join(ROOT, "out/shots");

/** With NORMLENS_UPDATE_IMAGES=1 the README's pictures are made anew, of the whole example. */
const { NORMLENS_UPDATE_IMAGES: updateImages } = process.env;
export const isUpdatingImages = updateImages === "1";
const IMAGES = path.join(ROOT, "docs/images");
const THEME_CLASSES = {
  "Dark Modern": "vs-dark",
  "Light Modern": "vs",
  "Dark High Contrast": "hc-black",
  "Light High Contrast": "hc-light",
} as const;

const README_PICTURES = [
  "finding-fix",
  "lambda-hover",
  "sidebar-dark-modern",
  "panel-curves-dark-modern",
  "curves-several-runs",
  "panel-weights-light-modern",
  "panel-embeddings-hover",
  "panel-embeddings-lasso",
  "compare-light-modern",
  "lambda-path-dark-modern",
  "weight-file-light-modern",
];

/** A VS Code workbench in a browser, on a copy of a folder, with the packed extension installed. */
export interface Workbench {
  readonly page: Page;
  /** The copy that is open. */
  readonly folder: string;
  /** Addresses outside this machine that the page asked for. */
  readonly external: readonly string[];
  close(): Promise<void>;
}

interface Start {
  /** Folder that is copied and opened. */
  readonly folder: string;
  /** Called on the copy before the workbench starts. */
  prepare?(folder: string): void;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder as trusted, as not yet trusted, or no folder at all; the first where not given. */
  readonly opened?: "trusted" | "restricted" | "nothing";
}

function isOutside(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  // The workbench's own service worker answers for this name; nothing leaves the machine.
  const isWebview = hostname.endsWith(".vscode-resource.vscode-cdn.net");
  return /^(https?|wss?):$/.test(protocol) && hostname !== "127.0.0.1" && !isWebview;
}

async function launchBrowser(): Promise<Browser> {
  const { obstacle, ...browser } = findBrowser();
  if (obstacle !== undefined) throw new Error(`No browser: ${obstacle}`);
  return chromium.launch({ ...browser, headless: true, args: [...BROWSER_ARGUMENTS] });
}

export async function openWorkbench({
  folder,
  prepare,
  settings,
  opened,
}: Start): Promise<Workbench> {
  mkdirSync(SHOTS, { recursive: true });
  const home = mkdtempSync(path.join(tmpdir(), "normlens-e2e-"));
  const copy = path.join(home, "workspace");
  cpSync(folder, copy, { recursive: true, filter: (file) => !file.includes(".normlens/") });
  prepare?.(copy);
  const server = await startWorkbench({
    home,
    workspace: copy,
    vsix: path.join(ROOT, "out/normlens.vsix"),
    ...(opened === undefined ? {} : { opened }),
    settings: { "editor.minimap.enabled": false, "editor.hover.delay": 100, ...settings },
  });
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    colorScheme: "dark",
    reducedMotion: "reduce",
  });
  const external: string[] = [];
  context.on("request", (request) => {
    if (isOutside(request.url())) external.push(request.url());
  });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_LIMIT_MS);
  // The gateway lets one visitor in and sends it to the workbench itself.
  await page.goto(server.address);
  await statusBar(page).waitFor({ timeout: START_LIMIT_MS });
  const themed = page.locator(`.monaco-workbench.${THEME_CLASSES["Dark Modern"]}`);
  await themed.waitFor({ timeout: START_LIMIT_MS });
  return {
    page,
    folder: copy,
    external,
    async close() {
      await browser.close();
      await server.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export const statusBar = (page: Page): Locator => page.locator(".part.statusbar");

/** Keeps a picture of the page, or of a part of it in pixels. */
export async function screenshot(
  page: Page,
  name: string,
  clip?: Readonly<Record<"x" | "y" | "width" | "height", number>>,
): Promise<void> {
  const file = path.join(SHOTS, `${name}.png`);
  await page.screenshot({ path: file, ...(clip === undefined ? {} : { clip }) });
  if (isUpdatingImages && README_PICTURES.includes(name)) {
    cpSync(file, path.join(IMAGES, `${name}.png`));
  }
}

/**
 * Presses a key until what it opens is there: a part of the workbench that is just being made has the
 * focus and passes no keys on yet.
 */
async function pressUntilShown(page: Page, key: string, shown: Locator): Promise<void> {
  const isShown = () =>
    shown.waitFor({ timeout: ANSWER_LIMIT_MS }).then(
      () => true,
      () => false,
    );
  await expect
    .poll(
      async () => {
        // It may have come late: the same key could take what it offers.
        if (await shown.isVisible()) return true;
        await page.keyboard.press(key);
        return isShown();
      },
      { timeout: STEP_LIMIT_MS },
    )
    .toBe(true);
}

/** Opens the quick input with `key`, types `value` and takes the row that has `row` in it. */
async function quickInput(page: Page, key: string, value: string, row: string): Promise<void> {
  const box = page.locator(".quick-input-widget:visible input").first();
  await pressUntilShown(page, key, box);
  await box.fill(value);
  await pickRow(page, row);
}

/** Filters the list of an open quick input by `text` and takes the first row with it. */
export async function pickItem(page: Page, text: string): Promise<void> {
  await page.locator(".quick-input-widget input[type=text]").first().fill(text);
  await pickRow(page, text);
}

/** Takes the row of an open quick input that has `row` in it. */
async function pickRow(page: Page, row: string): Promise<void> {
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: row }).first().click();
}

export const runCommand = (page: Page, title: string): Promise<void> =>
  quickInput(page, "F1", `>${title}`, title);

export async function openFile(page: Page, name: string): Promise<void> {
  await quickInput(page, "Control+P", name, path.basename(name));
  await page
    .locator(".editor-group-container.active .tab.active")
    .filter({ hasText: path.basename(name) })
    .waitFor();
}

export const squiggles = (page: Page, severity: "error" | "warning" | "info"): Locator =>
  page.locator(`.monaco-editor .squiggly-${severity}`);

/** Text of the active editor that is in view, non-breaking spaces made plain. */
export async function visibleText(page: Page): Promise<string> {
  const lines = await page
    .locator(".editor-group-container.active .monaco-editor .view-line")
    .evaluateAll((elements) =>
      elements
        .map((element) => ({
          top: Number.parseFloat((element as HTMLElement).style.top),
          text: element.textContent ?? "",
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
  return lines.join("\n").replaceAll("\u00a0", " ");
}

export async function goToLine(page: Page, line: number, column = 1): Promise<void> {
  const box = page.locator(".quick-input-widget:visible input").first();
  await pressUntilShown(page, "Control+G", box);
  await box.fill(`:${line}:${column}`);
  await page.keyboard.press("Enter");
  await box.waitFor({ state: "hidden" });
  const place = `Ln ${line}, Col ${column}`;
  await page.locator(".statusbar-item").filter({ hasText: place }).waitFor();
}

/** Middle of a word that an editor shows, in pixels of the page. */
export async function pointOf(editor: Locator, word: string): Promise<{ x: number; y: number }> {
  return editor.locator(".view-lines").evaluate((lines, wanted) => {
    const texts = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() !== null) {
      const node = texts.currentNode;
      const start = node.textContent?.indexOf(wanted) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      const { left, top, width, height } = range.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }
    throw new RangeError(`No ${wanted} in the editor`);
  }, word);
}

/** Rests the pointer on a word of the active editor until a hover with `text` in it is there. */
export async function hoverOn(page: Page, word: string, text: string): Promise<Locator> {
  return hoverIn(page.locator(".editor-group-container.active .monaco-editor").first(), word, text);
}

/** The same in an editor of one's choice, such as a cell's. */
export async function hoverIn(editor: Locator, word: string, text: string): Promise<Locator> {
  const page = editor.page();
  const hover = page.locator(".monaco-hover:visible").filter({ hasText: text }).first();
  await expect
    .poll(async () => {
      const { x, y } = await pointOf(editor, word);
      await page.mouse.move(0, 0);
      await page.mouse.move(x, y, { steps: 3 });
      return hover.waitFor({ timeout: ANSWER_LIMIT_MS }).then(
        () => true,
        () => false,
      );
    })
    .toBe(true);
  return hover;
}

/** Writes another word in the place of one that an editor shows. */
export async function replaceWord(
  page: Page,
  editor: Locator,
  [word, other]: readonly [string, string],
): Promise<void> {
  const { x, y } = await pointOf(editor, word);
  await page.mouse.dblclick(x, y);
  await page.keyboard.type(other);
}

/** Opens the light-bulb menu at the cursor, keeps its picture and takes the named action. */
export async function quickFix(page: Page, title: string, picture: string): Promise<void> {
  const action = page
    .locator(".action-widget:visible .monaco-list-row.action")
    .filter({ hasText: title })
    .first();
  await pressUntilShown(page, "Control+.", action);
  await screenshot(page, picture);
  await action.click();
}

/** Opens the Problems panel and gives its row that has `text` in it. */
export async function problem(page: Page, text: string | RegExp): Promise<Locator> {
  await runCommand(page, "Problems: Focus on Problems View");
  const row = page.locator(".markers-panel .monaco-list-row").filter({ hasText: text }).first();
  await row.waitFor();
  return row;
}

/** Opens what a row of the Problems panel points at elsewhere: its line that has `text` in it. */
export async function openRelated(page: Page, row: Locator, text: string): Promise<void> {
  await row.click();
  const related = page
    .locator(".markers-panel .monaco-list-row")
    .filter({ has: page.locator(".related-info-resource"), hasText: text })
    .first();
  await pressUntilShown(page, "ArrowRight", related);
  await related.dblclick();
}

export const treeItem = (page: Page, text: string | RegExp): Locator =>
  page.locator(".part.sidebar [role=treeitem]").filter({ hasText: text }).first();

/**
 * Takes an entry of a row's context menu, again where the list was just drawing the row anew or a
 * panel that just opens took the menu away.
 */
export async function takeFromMenu(page: Page, row: string, entry: string): Promise<void> {
  const item = page.locator(".monaco-menu .action-item").filter({ hasText: entry }).first();
  await expect
    .poll(async () => {
      await treeItem(page, row).click({ button: "right" });
      try {
        await item.waitFor({ timeout: 3_000 });
        // A menu that has just opened takes no click for a tenth of a second.
        await page.waitForTimeout(300);
        await item.click({ timeout: 3_000 });
        return true;
      } catch {
        await page.keyboard.press("Escape");
        return false;
      }
    })
    .toBe(true);
}

/** Shows a view container; a click on the one that is shown already would close it. */
export async function openView(page: Page, title: string): Promise<void> {
  const item = page
    .locator(".part.activitybar .action-item")
    .filter({ has: page.locator(`.action-label[aria-label^="${title}"]`) });
  await item.waitFor();
  const isShown = await item.evaluate((element) => element.classList.contains("checked"));
  if (!isShown) await item.locator(".action-label").click();
}

/** Drags the edge of the side bar to `x` pixels from the left. */
export async function widenSidebar(page: Page, x: number): Promise<void> {
  const sidebar = page.locator(".part.sidebar");
  const box = await sidebar.boundingBox();
  if (box === null) throw new TypeError("The side bar is not shown");
  const [edge, middle] = [box.x + box.width, box.y + box.height / 2];
  if (Math.abs(edge - x) < 10) return;
  await page.mouse.move(edge, middle);
  await page.mouse.down();
  await page.mouse.move(x, middle, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => (await sidebar.boundingBox())?.width).not.toBe(box.width);
}

/** The innermost frame of a webview in which `selector` is found. */
export async function webview(page: Page, selector: string): Promise<Frame> {
  const end = Date.now() + STEP_LIMIT_MS;
  for (;;) {
    for (const frame of page.frames()) {
      if (frame === page.mainFrame()) continue;
      const found = await frame.$(selector).catch(() => null); // The frame may be navigating.
      if (found !== null) return frame;
    }
    if (Date.now() > end) throw new Error(`No webview shows ${selector} after ${STEP_LIMIT_MS} ms`);
    await page.waitForTimeout(50);
  }
}

export const THEMES = ["Dark Modern", "Light Modern", "Dark High Contrast"] as const;

/** Chooses a theme as a user does, and waits until it is on. */
export async function setTheme(page: Page, theme: keyof typeof THEME_CLASSES): Promise<void> {
  await quickInput(page, "F1", ">Preferences: Color Theme", "Preferences: Color Theme");
  const box = page.locator(".quick-input-widget:visible input[placeholder*=Theme]").first();
  await box.waitFor();
  await box.fill(theme);
  await page
    .locator(".quick-input-list .monaco-list-row.focused")
    .filter({ hasText: theme })
    .waitFor();
  await page.keyboard.press("Enter");
  await box.waitFor({ state: "hidden" });
  await page.locator(`.monaco-workbench.${THEME_CLASSES[theme]}`).waitFor();
}
