import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Frame, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeSafetensors } from "../../core/formats/safetensors.ts";
import { recordText } from "../support/run-files.ts";
import {
  openView,
  openWorkbench,
  screenshot,
  setTheme,
  THEMES,
  treeItem,
  type Workbench,
  webview,
} from "./workbench.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/configs");
const CLASSES = ["circle", "square", "triangle", "star"];
const COLUMNS = 12;
const LINES = 6;
const ITEMS = (COLUMNS * LINES) / 2;
/** CSS pixels that the plot keeps free at its edges. */
const MARGIN = 12;

/**
 * Every place of a lattice holds one vector, images and texts in turn along a shuffled order; the
 * coordinates of a full lattice do not correlate, so that they are its principal axes.
 */
const PLACES = Array.from({ length: 2 * ITEMS }, (_, index) => {
  const place = (index * 31 + 5) % (2 * ITEMS);
  return { x: place % COLUMNS, y: Math.floor(place / COLUMNS) };
});
const VECTORS = PLACES.map(({ x, y }, index) => {
  return { x, y, row: index >> 1, modality: index % 2 === 0 ? "image" : "text" };
});

/** Four dimensions: the lattice, mirrored in the second step, and two in which all are alike. */
function writeRun(folder: string): void {
  const run = path.join(folder, ".normlens/runs/lattice");
  mkdirSync(path.join(run, "embeddings"), { recursive: true });
  const record = {
    id: "lattice",
    name: "Lattice",
    classes: CLASSES,
    modalities: ["image", "text"],
  };
  writeFileSync(path.join(run, "run.json"), recordText(record));
  for (const step of [10, 20]) {
    const side = step === 10 ? 1 : -1;
    const tensors = ["image", "text"].map((name) => {
      const own = VECTORS.filter(({ modality }) => modality === name);
      const data = Float32Array.from(own.flatMap(({ x, y }) => [side * x, y, 7, 0]));
      return { name, dtype: "F32", shape: [ITEMS, 4], data } as const;
    });
    const file = path.join(run, "embeddings", `step-000000${step}.safetensors`);
    writeFileSync(file, encodeSafetensors(tensors));
  }
  const items = Array.from({ length: ITEMS }, (_, row) => {
    const label = CLASSES[row % CLASSES.length] ?? "";
    return `${JSON.stringify({ row, label, caption: `the ${label} ${row}`, missing: [] })}\n`;
  });
  writeFileSync(path.join(run, "embeddings/items.jsonl"), items.join(""));
}

interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Colours of the points' canvas at places in CSS pixels. */
function colorsAt(panel: Frame, places: readonly { x: number; y: number }[]): Promise<Rgb[]> {
  return panel.locator(".scatter-points").evaluate((element, wanted) => {
    const canvas = element as HTMLCanvasElement;
    const ratio = canvas.width / canvas.clientWidth;
    const context = canvas.getContext("2d");
    return wanted.map(({ x, y }) => {
      const [red = 0, green = 0, blue = 0] =
        context?.getImageData(Math.floor(x * ratio), Math.floor(y * ratio), 1, 1).data ?? [];
      return { red, green, blue };
    });
  }, places);
}

/** The page's own colours of the classes, as the style sheet has them. */
function classColors(panel: Frame): Promise<Rgb[]> {
  return panel.evaluate(() =>
    ["s1", "s2", "s3", "s4"].map((name) => {
      const hex = getComputedStyle(document.body).getPropertyValue(`--nl-${name}`).trim();
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
        Number.parseInt(hex.slice(at, at + 2), 16),
      );
      return { red, green, blue };
    }),
  );
}

type Signs = readonly [1 | -1, 1 | -1];
const SIGNS: readonly Signs[] = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
];

/** Where every vector is drawn: the lattice in the middle of the plot, as large as fits. */
async function placesIn(plot: Locator, [alongX, alongY]: Signs) {
  const box = await plot.boundingBox();
  if (box === null) throw new TypeError("the plot is not shown");
  // The frame's own pixels; the plot fills it.
  const [width, height] = [Math.round(box.width), Math.round(box.height)];
  const scale = Math.min((width - 2 * MARGIN) / (COLUMNS - 1), (height - 2 * MARGIN) / (LINES - 1));
  return VECTORS.map(({ x, y, ...vector }) => ({
    ...vector,
    x: width / 2 + alongX * (x - (COLUMNS - 1) / 2) * scale,
    y: height / 2 - alongY * (y - (LINES - 1) / 2) * scale,
  }));
}

type Place = Awaited<ReturnType<typeof placesIn>>[number];

const areInClassColors = async (panel: Frame, places: readonly Place[]): Promise<boolean> => {
  const [found, classes] = [await colorsAt(panel, places), await classColors(panel)];
  return places.every(
    ({ row }, index) =>
      JSON.stringify(found[index]) === JSON.stringify(classes[row % CLASSES.length]),
  );
};

/** Sum of the angles under which the edges are seen: a whole turn from within. */
function isEnclosed(corners: readonly (readonly [number, number])[], { x, y }: Place): boolean {
  const turns = corners.map(([fromX, fromY], index) => {
    const [toX = 0, toY = 0] = corners[(index + 1) % corners.length] ?? [];
    const [a, b] = [Math.atan2(fromY - y, fromX - x), Math.atan2(toY - y, toX - x)];
    return Math.atan2(Math.sin(b - a), Math.cos(b - a));
  });
  return Math.abs(turns.reduce((sum, turn) => sum + turn, 0)) > Math.PI;
}

/** All rows of the table, which has only those in sight in the document. */
function listed(panel: Frame): Promise<string[]> {
  return panel.locator(".pair-scroller").evaluate(async (scroller) => {
    const found = new Set<string>();
    for (let top = 0; top <= scroller.scrollHeight; top += 90) {
      scroller.scrollTop = top;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (const row of scroller.querySelectorAll(".pair-row")) {
        const [modality] = (row.querySelector(".pair-modality")?.textContent ?? "").split(" ");
        found.add(`${modality} ${row.getAttribute("data-row")}`);
      }
    }
    scroller.scrollTop = 0;
    return [...found].sort();
  });
}

const sorted = (places: readonly Place[]) =>
  places.map(({ row, modality }) => `${modality} ${row}`).sort();

describe("the embeddings of a run", () => {
  let workbench: Workbench;
  let panel: Frame;
  let plot: Locator;
  let signs: Signs = [1, 1];

  beforeAll(async () => {
    workbench = await openWorkbench({ folder: FOLDER, prepare: writeRun });
    const { page } = workbench;
    await openView(page, "NormLens");
    await treeItem(page, "Lattice").click();
    const opened = await webview(page, "[role=tablist]");
    await opened.getByRole("tab", { name: "Embeddings" }).click();
    panel = await webview(page, ".scatter-points");
    plot = panel.locator(".scatter");
  });
  afterAll(() => workbench?.close());

  const dragAround = async (corners: readonly (readonly [number, number])[]) => {
    const { page } = workbench;
    const box = await plot.boundingBox();
    if (box === null) throw new TypeError("the plot is not shown");
    for (const [index, [x, y]] of [...corners, corners[0] ?? [0, 0]].entries()) {
      await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
      if (index === 0) await page.mouse.down();
    }
    await page.mouse.up();
  };

  test("has the colour of its class at every vector's place", async () => {
    expect(await panel.locator(".scatter-points").getAttribute("data-renderer")).toBe("splat");
    // The signs of principal axes mean nothing; one of the four pictures it must be.
    await expect
      .poll(async () => {
        for (const tried of SIGNS) {
          if (await areInClassColors(panel, await placesIn(plot, tried))) {
            signs = tried;
            return true;
          }
        }
        return false;
      })
      .toBe(true);
    expect(await panel.locator(".scrubber-text").textContent()).toContain("72 of 72 vectors");
  });

  test("does not flip where the axes of another step do, and scrubs by key", async () => {
    const { page } = workbench;
    await panel.locator(".scrubber input").focus();
    await page.keyboard.press("ArrowLeft");
    await panel
      .locator(".scrubber-text")
      .filter({ hasText: /step 10/ })
      .waitFor();
    // In the other step the first coordinate has the other sign; its points stand as they stood.
    await expect.poll(async () => areInClassColors(panel, await placesIn(plot, signs))).toBe(true);
    await page.keyboard.press("ArrowRight");
    await panel
      .locator(".scrubber-text")
      .filter({ hasText: /step 20/ })
      .waitFor();
    await expect.poll(async () => areInClassColors(panel, await placesIn(plot, signs))).toBe(true);
  });

  test("an outline drawn around points lists exactly these", async () => {
    const places = await placesIn(plot, signs);
    const [right, bottom] = [
      Math.max(...places.map(({ x }) => x)),
      Math.max(...places.map(({ y }) => y)),
    ];
    // A bent outline: half of the plot without the triangle that its dent takes away.
    const corners = [
      [right * 0.42, bottom * 0.13],
      [right * 0.78, bottom * 0.13],
      [right * 0.62, bottom * 0.47],
      [right * 0.78, bottom * 0.84],
      [right * 0.42, bottom * 0.84],
    ] as const;
    const inside = places.filter((place) => isEnclosed(corners, place));
    expect(inside.length).toBeGreaterThan(8);
    await dragAround(corners);
    await expect.poll(() => listed(panel)).toEqual(sorted(inside));
    await panel.getByRole("heading", { name: `${inside.length} vectors selected` }).waitFor();
    // Those that are not selected are dimmed; the selected keep their colour.
    expect(await areInClassColors(panel, inside)).toBe(true);
    const outside = places.filter((place) => !inside.includes(place));
    const [faint, classes] = [await colorsAt(panel, outside), await classColors(panel)];
    expect(
      outside.every(({ row }, index) => {
        const [is, full] = [faint[index], classes[row % CLASSES.length]];
        return JSON.stringify(is) !== JSON.stringify(full);
      }),
    ).toBe(true);
    await screenshot(workbench.page, "embeddings-lasso");
  });

  test("the table sorts, and points at its item in the plot", async () => {
    await panel.locator(".pair-head").getByText("Cosine").click();
    const cosines = (
      await panel
        .locator(".pair-row")
        .evaluateAll((rows) =>
          rows
            .toSorted((a, b) => (a as HTMLElement).offsetTop - (b as HTMLElement).offsetTop)
            .map((row) => row.querySelector(".pair-cosine")?.textContent ?? ""),
        )
    ).map((text) => Number(text.replace("−", "-")));
    expect(cosines).toEqual(cosines.toSorted((a, b) => a - b));
    const first = panel.locator(".pair-row").first();
    await first.hover();
    const caption = await first.locator(".pair-caption").textContent();
    await panel
      .locator(".pinned-item")
      .filter({ hasText: caption ?? "" })
      .waitFor();
  });

  test("Escape selects nothing, Control A everything in sight", async () => {
    const { page } = workbench;
    await page.mouse.move(5, 5);
    await plot.focus();
    await expect
      .poll(async () => {
        await page.keyboard.press("Escape");
        return panel.getByRole("heading", { name: "Worst matched pairs" }).count();
      })
      .toBe(1);
    const star = panel.getByRole("button", { name: "star" });
    if ((await star.getAttribute("aria-pressed")) === "true") await star.click();
    const places = await placesIn(plot, signs);
    const shown = places.filter(({ row }) => row % CLASSES.length !== 3);
    await expect
      .poll(async () => {
        // The class goes with the next frame: the key may come before it.
        await plot.focus();
        await page.keyboard.press("Control+a");
        return listed(panel);
      })
      .toEqual(sorted(shown));
    await page.keyboard.press("Escape");
    await star.click();
  });

  test("the wheel magnifies about the pointer, and 0 shows all again", async () => {
    const { page } = workbench;
    const places = await placesIn(plot, signs);
    const [meant] = places.filter(({ x, y }) => x > 300 && y > 100);
    const box = await plot.boundingBox();
    if (box === null || meant === undefined) throw new TypeError("the plot is not shown");
    const neighbours = places.filter(({ x, y }) => Math.hypot(x - meant.x, y - meant.y) < 100);
    await page.mouse.move(box.x + meant.x, box.y + meant.y);
    await page.mouse.wheel(0, -300);
    const factor = Math.exp(300 * 0.0015);
    const moved = neighbours
      .map((place) => ({
        ...place,
        x: meant.x + (place.x - meant.x) * factor,
        y: meant.y + (place.y - meant.y) * factor,
      }))
      .filter(({ x, y }) => x > 0 && y > 0 && x < box.width && y < box.height);
    await expect.poll(() => areInClassColors(panel, moved)).toBe(true);
    await plot.focus();
    await page.keyboard.press("0");
    await expect.poll(() => areInClassColors(panel, places)).toBe(true);
  });

  test("UMAP is another picture, and PCA the same as before", async () => {
    const before = await placesIn(plot, signs);
    await panel.getByRole("radio", { name: "UMAP" }).click();
    await panel.locator(".explained").filter({ hasText: "UMAP" }).waitFor();
    await panel
      .locator(".projection-progress")
      .filter({ hasText: /^$/ })
      .waitFor({ state: "attached" });
    expect(await areInClassColors(panel, before)).toBe(false);
    expect(await panel.locator(".scrubber-text").textContent()).toContain("72 of 72 vectors");
    await screenshot(workbench.page, "embeddings-umap");
    await panel.getByRole("radio", { name: "PCA" }).click();
    await expect.poll(() => areInClassColors(panel, before)).toBe(true);
  });

  test("without the gap the means of both modalities lie together", async () => {
    await panel.getByText("Gap removed").click();
    await expect.poll(async () => areInClassColors(panel, await placesIn(plot, signs))).toBe(false);
    await panel.locator(".explained").filter({ hasText: "PC 1" }).waitFor();
    await panel.getByText("Gap removed").click();
    await expect.poll(async () => areInClassColors(panel, await placesIn(plot, signs))).toBe(true);
  });

  test.each(THEMES)("is readable in %s, by class and by similarity", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    await expect.poll(async () => areInClassColors(panel, await placesIn(plot, signs))).toBe(true);
    await panel.getByRole("radio", { name: "Worst 50" }).click();
    await screenshot(page, `embeddings-${theme.toLowerCase().replaceAll(" ", "-")}`);
    await panel.getByRole("radio", { name: "Similarity" }).click();
    await panel.locator(".similarity-legend").waitFor();
    await screenshot(page, `embeddings-similarity-${theme.toLowerCase().replaceAll(" ", "-")}`);
    await panel.getByRole("radio", { name: "Class" }).click();
    await panel.getByRole("radio", { name: "Hover" }).click();
  });

  test("stacks its parts in a narrow panel", async () => {
    const { page } = workbench;
    await setTheme(page, "Dark Modern");
    await page.setViewportSize({ width: 820, height: 1400 });
    await expect
      .poll(() => panel.evaluate(() => document.documentElement.clientWidth))
      .toBeLessThan(520);
    const sideways = await panel
      .locator(".embeddings")
      .evaluate((view) => view.scrollWidth - view.clientWidth);
    expect(sideways).toBe(0);
    await expect.poll(async () => areInClassColors(panel, await placesIn(plot, signs))).toBe(true);
    await screenshot(page, "embeddings-narrow");
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
