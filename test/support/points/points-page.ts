import { type Browser, chromium, type Page } from "playwright-core";
import { BROWSER_ARGUMENTS, findBrowser } from "../../../scripts/workbench/browser.mjs";
import type { Palette, PointFrame } from "../../../webview/src/charts/points/point-renderer.ts";

export type RendererName = "webgl" | "splat";

/** Plain numbers, as they pass into a browser. */
export interface DrawnScene {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly styles: readonly number[];
  readonly palette: Palette;
  readonly frame: PointFrame;
}

/** Milliseconds of each frame: of drawing alone, and from one frame to the next. */
export interface PannedFrames {
  readonly draws: readonly number[];
  readonly intervals: readonly number[];
}

interface Drawn {
  readonly kind: string;
  readonly pixels: readonly number[];
}

/** What `page.ts` offers in the browser. */
export interface PointsPage {
  draw(name: RendererName, scene: DrawnScene): readonly number[];
  pan(
    name: RendererName,
    view: {
      readonly count: number;
      readonly seed: number;
      readonly frame: PointFrame;
      readonly frames: number;
    },
  ): Promise<PannedFrames>;
  /** What is drawn before and after the GPU goes away. */
  lose(scene: DrawnScene): Promise<{ readonly before: Drawn; readonly after: Drawn }>;
  /** The name that WebGL gives its renderer. */
  gpu(): string;
}

declare global {
  interface Window {
    readonly pointsPage: PointsPage;
  }
}

/** A headless browser with `script`, the bundled `page.ts`, under the content policy of the panel. */
export async function openPointsPage(
  script: string,
): Promise<{ readonly page: Page; readonly browser: Browser }> {
  const { obstacle, ...found } = findBrowser();
  if (obstacle !== undefined) throw new Error(`No browser: ${obstacle}`);
  const browser = await chromium.launch({ ...found, headless: true, args: [...BROWSER_ARGUMENTS] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  const policy = "default-src 'none'; script-src 'nonce-points'; style-src 'nonce-points'";
  await page.setContent(
    `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="${policy}">` +
      `<body><script nonce="points">${script}</script></body>`,
  );
  return { page, browser };
}
