import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const CSS = readFileSync(
  path.join(import.meta.dirname, "../../../webview/src/style/theme.css"),
  "utf8",
);

/** What VS Code's own themes set, and the blocks of the style sheet that then hold, later ones first. */
const THEMES = {
  "Dark Modern": { foreground: "#cccccc", background: "#1f1f1f", blocks: ["body"] },
  "Light Modern": {
    foreground: "#3b3b3b",
    background: "#ffffff",
    blocks: ["body.vscode-light", "body"],
  },
  "Dark High Contrast": {
    foreground: "#ffffff",
    background: "#000000",
    blocks: ["body.vscode-high-contrast", "body"],
  },
  "Light High Contrast": {
    foreground: "#292929",
    background: "#ffffff",
    blocks: ["body.vscode-high-contrast-light", "body.vscode-high-contrast", "body"],
  },
} as const;

type Rgb = readonly [number, number, number];

/** Declared values of `--nl-*` in one block of the style sheet. */
function declared(block: string): ReadonlyMap<string, string> {
  const start = CSS.indexOf(`\n${block} {`);
  const body = CSS.slice(start, CSS.indexOf("\n}", start));
  const found = body.matchAll(/--nl-([\w-]+):\s*([^;]+);/g);
  return new Map([...found].map(([, name = "", value = ""]) => [name, value.trim()]));
}

/** Colour of a value of the style sheet; a colour mix in sRGB is linear in its channels. */
function colorOf(value: string, lookUp: (name: string) => string): Rgb {
  const [, name] = /^var\(--nl-([\w-]+)\)$/.exec(value) ?? [];
  if (name !== undefined) return colorOf(lookUp(name), lookUp);
  const [, first, percent, second] = /^color-mix\(in srgb, (.+?) (\d+)%, (.+)\)$/.exec(value) ?? [];
  if (first !== undefined && second !== undefined) {
    const share = Number(percent) / 100;
    const [a, b] = [colorOf(first, lookUp), colorOf(second, lookUp)];
    const mixed = (index: 0 | 1 | 2) => share * a[index] + (1 - share) * b[index];
    return [mixed(0), mixed(1), mixed(2)];
  }
  const [, r = "", g = "", b = ""] = /^#(\w\w)(\w\w)(\w\w)$/.exec(value) ?? [];
  if (b === "") throw new TypeError(`No colour can be read from ${value}`);
  return [Number.parseInt(r, 16), Number.parseInt(g, 16), Number.parseInt(b, 16)];
}

/** Contrast by WCAG 2.2, 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = (color: Rgb) => {
    const [r, g, blue] = color.map((channel) => {
      const c = channel / 255;
      return c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (blue ?? 0);
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function paletteOf({ foreground, background, blocks }: (typeof THEMES)[keyof typeof THEMES]) {
  const sheets = blocks.map(declared);
  const lookUp = (name: string): string => {
    if (name === "foreground") return foreground;
    if (name === "background") return background;
    for (const sheet of sheets) {
      const value = sheet.get(name);
      if (value !== undefined) return value;
    }
    throw new TypeError(`--nl-${name} is not declared`);
  };
  return (name: string) => colorOf(`var(--nl-${name})`, lookUp);
}

const TEXT = ["foreground", "muted", "ok", "warning", "error", "s1", "s2", "s3", "s4", "s5", "s6"];
const SERIES = ["s1", "s2", "s3", "s4", "s5", "s6"];

describe.each(Object.entries(THEMES))("the palette of %s", (_theme, theme) => {
  const color = paletteOf(theme);

  test.each(TEXT)("--nl-%s can be read as text", (name) => {
    expect(contrast(color(name), color("background"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(color(name), color("raised"))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([...SERIES, "neutral"])("--nl-%s can be seen as a mark", (name) => {
    expect(contrast(color(name), color("background"))).toBeGreaterThanOrEqual(3);
  });

  test("no two series have nearly the same colour", () => {
    for (const [index, a] of SERIES.entries()) {
      for (const b of SERIES.slice(index + 1)) {
        const [x, y] = [color(a), color(b)];
        const distance = Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
        expect([a, b, distance > 40]).toEqual([a, b, true]);
      }
    }
  });
});

describe("contrast()", () => {
  test("is what WCAG 2.2 says of known pairs", () => {
    expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21, 10);
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.478, 3);
  });
});
