import path from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type DrawnScene,
  openPointsPage,
  type RendererName,
} from "../support/points/points-page.ts";

const RENDERERS: readonly RendererName[] = ["webgl", "splat"];
const GROUND = [30, 34, 40] as const;
const INKS = [
  [250, 60, 60],
  [60, 250, 60],
  [60, 60, 250],
] as const;
const WIDTH = 120;
const HEIGHT = 80;

const SCENE: DrawnScene = {
  from: [0, 0, 0, 0, 0, 0, 0, 0],
  to: [0, 0, 2, 1, 4, 2, 6, 3],
  // Circle, triangle, square; the last point is hidden.
  styles: [0, 0, 2, 0, 1, 1, 2, 0, 2, 2, 1, 0, 0, 0, 0, 0],
  palette: { ground: GROUND, inks: INKS },
  frame: {
    camera: { scale: 15, left: 12, top: 70 },
    width: WIDTH,
    height: HEIGHT,
    ratio: 1,
    radius: 5,
    share: 1,
  },
};

/** Red, green and blue at CSS pixels of a drawn scene. */
function at(pixels: readonly number[], x: number, y: number, ratio = 1): number[] {
  const first = 4 * (Math.floor(y * ratio) * WIDTH * ratio + Math.floor(x * ratio));
  return pixels.slice(first, first + 3);
}

describe("the renderers of points, in a browser under the panel's content policy", () => {
  let page: Page;
  let browser: Browser;
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [path.resolve("test/support/points/page.ts")],
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
    });
    ({ page, browser } = await openPointsPage(outputFiles[0]?.text ?? ""));
  });
  afterAll(() => browser?.close());

  const draw = (name: RendererName, scene: DrawnScene) =>
    page.evaluate(([which, what]) => window.pointsPage.draw(which, what), [name, scene] as const);

  test.each(RENDERERS)("%s draws each point in its ink at its place", async (name) => {
    const pixels = await draw(name, SCENE);
    expect(at(pixels, 12, 70)).toEqual(INKS[0]);
    expect(at(pixels, 42, 55)).toEqual(INKS[1]);
    // Dimmed: 22 % ink, the rest ground.
    const dimmed = INKS[2].map((ink, channel) =>
      Math.round(0.22 * ink + 0.78 * (GROUND[channel] ?? 0)),
    );
    expect(at(pixels, 72, 40)).toEqual(dimmed);
    expect(at(pixels, 102, 25)).toEqual(GROUND);
    expect(at(pixels, 5, 5)).toEqual(GROUND);
    expect(pixels.every((byte, index) => index % 4 !== 3 || byte === 255)).toBe(true);
  });

  test.each(RENDERERS)("%s draws shapes of the areas that their names promise", async (name) => {
    const radius = 20;
    const frame = { ...SCENE.frame, camera: { scale: 1, left: 60, top: 40 }, radius };
    const areas = { 0: Math.PI, 1: 1.15 * 2.05, 2: 1.78 ** 2, 3: 2 * 1.25 ** 2, 4: 2.88 };
    for (const [shape, area] of Object.entries(areas)) {
      const styles = [Number(shape), 0, 2, 0];
      const pixels = await draw(name, { ...SCENE, from: [0, 0], to: [0, 0], styles, frame });
      let red = 0;
      for (let index = 0; index < pixels.length; index += 4) {
        red += ((pixels[index] ?? 0) - GROUND[0]) / (INKS[0][0] - GROUND[0]);
      }
      expect(Math.abs(red / (area * radius ** 2) - 1)).toBeLessThan(0.02);
    }
  });

  test.each(RENDERERS)("%s lays full points over dimmed ones, later over earlier", async (name) => {
    const styles = [0, 0, 2, 0, 0, 1, 2, 0, 0, 2, 1, 0];
    const same = [2, 1, 2, 1, 2, 1];
    const pixels = await draw(name, { ...SCENE, from: same, to: same, styles });
    expect(at(pixels, 42, 55)).toEqual(INKS[1]);
  });

  test.each(RENDERERS)(
    "%s leaves a rim of ground around a point that covers another",
    async (name) => {
      const near = [2, 1, 2.5, 1];
      const scene = { ...SCENE, from: near, to: near, styles: [2, 0, 2, 0, 2, 1, 2, 0] };
      const frame = { ...SCENE.frame, ratio: 4 };
      const pixels = await draw(name, { ...scene, frame });
      // Squares of half 4.45 at x = 42 and 49.5: the second begins at 45.05, its rim at 44.3.
      expect(at(pixels, 43.5, 55, 4)).toEqual(INKS[0]);
      expect(at(pixels, 44.7, 55, 4)).toEqual(GROUND);
      expect(at(pixels, 46, 55, 4)).toEqual(INKS[1]);
    },
  );

  test.each(RENDERERS)("%s moves points a share of their way", async (name) => {
    const frame = { ...SCENE.frame, share: 0.5 };
    const pixels = await draw(name, { ...SCENE, frame });
    expect(at(pixels, 27, 62.5)).toEqual(INKS[1]);
    expect(at(pixels, 42, 55)).not.toEqual(INKS[1]);
  });

  test.each(RENDERERS)("%s draws in device pixels, and points that the edge cuts", async (name) => {
    const frame = { ...SCENE.frame, ratio: 2, camera: { scale: 15, left: -2, top: 70 } };
    const pixels = await draw(name, { ...SCENE, frame });
    expect(pixels).toHaveLength(4 * 2 * WIDTH * 2 * HEIGHT);
    expect(at(pixels, 28, 55, 2)).toEqual(INKS[1]);
    expect(at(pixels, 1, 70, 2)).toEqual(INKS[0]);
  });

  test("both draw the same picture but for rounding", async () => {
    const styles = Array.from({ length: 400 }, (_, index) => [
      index % 5,
      index % 3,
      1 + (index % 2),
      0,
    ]).flat();
    const to = Array.from({ length: 800 }, (_, index) => 3 + 3 * Math.sin(index * index));
    const scene = { ...SCENE, from: to, to, styles, frame: { ...SCENE.frame, radius: 3.3 } };
    const [gpu, cpu] = [await draw("webgl", scene), await draw("splat", scene)];
    const differences = gpu.map((byte, index) => Math.abs(byte - (cpu[index] ?? 0)));
    // Stamps stand at quarters of a pixel, so that edges are shaded a little differently.
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    expect(mean).toBeLessThan(4);
    expect(differences.filter((value) => value > 100).length / differences.length).toBeLessThan(
      0.01,
    );
  });

  test("very many points keep their places though their edges are hard", async () => {
    const count = 60_000;
    const to = Array.from({ length: 2 * count }, (_, index) => (index % 2 === 0 ? 2 : 1));
    const styles = Array.from({ length: 4 * count }, (_, index) => [0, 1, 2, 0][index % 4] ?? 0);
    const pixels = await draw("splat", { ...SCENE, from: to, to, styles });
    expect(at(pixels, 42, 55)).toEqual(INKS[1]);
    expect(at(pixels, 38, 55)).toEqual(INKS[1]);
    expect(at(pixels, 35, 55)).toEqual(GROUND);
  });

  test("stamps take over with the same points when the GPU goes away", async () => {
    const { before, after } = await page.evaluate((scene) => window.pointsPage.lose(scene), SCENE);
    expect([before.kind, after.kind]).toEqual(["webgl", "splat"]);
    for (const pixels of [before.pixels, after.pixels]) {
      expect(at(pixels, 12, 70)).toEqual(INKS[0]);
      expect(at(pixels, 42, 55)).toEqual(INKS[1]);
    }
  });
});
