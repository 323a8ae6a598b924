import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const CSS = readFileSync(
  path.join(import.meta.dirname, "../../../webview/src/style/theme.css"),
  "utf8",
);

/** Stops of the sequential scale in one block of the style sheet. */
function stopsIn(selector: string): string[] {
  const block = CSS.slice(
    CSS.indexOf(`${selector} {`),
    CSS.indexOf("}", CSS.indexOf(`${selector} {`)),
  );
  return [0, 1, 2, 3, 4].map(
    (stop) => new RegExp(`--nl-ramp-${stop}: (#\\w{6})`).exec(block)?.[1] ?? "",
  );
}

const linear = (hex: string) =>
  [1, 3, 5].map((at) => {
    const byte = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return byte <= 0.04045 ? byte / 12.92 : ((byte + 0.055) / 1.055) ** 2.4;
  });

/** WCAG 2.2: relative luminance. */
const luminance = (hex: string) => {
  const [red = 0, green = 0, blue = 0] = linear(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** How a colour without one kind of cone is seen: Machado, Oliveira and Fernandes 2009, severity 1. */
const SIGHTS = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deutan: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  tritan: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
};

/** OKLab of linear red, green and blue: Ottosson 2020. */
function oklab([red = 0, green = 0, blue = 0]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const seen = (hex: string, sight: readonly number[]) => {
  const color = linear(hex);
  const row = (at: number) =>
    color.reduce((sum, value, index) => sum + value * (sight[at + index] ?? 0), 0);
  return oklab([0, 3, 6].map((at) => Math.min(1, Math.max(0, row(at)))));
};

describe.each([
  ["body", 0x1f],
  ["body.vscode-light", 0xff],
  ["body.vscode-high-contrast", 0x00],
  ["body.vscode-high-contrast-light", 0xff],
])("the scale of similarity in %s", (selector, ground) => {
  const stops = stopsIn(selector);
  const below = luminance(`#${ground.toString(16).padStart(2, "0").repeat(3)}`);

  test("stands out from the ground, the more the higher", () => {
    const contrasts = stops.map((stop) => contrast(luminance(stop), below));
    expect(contrasts[0]).toBeGreaterThanOrEqual(3);
    expect(contrasts).toEqual(contrasts.toSorted((a, b) => a - b));
    expect((contrasts[4] ?? 0) / (contrasts[0] ?? 1)).toBeGreaterThan(2);
  });

  test.each(Object.entries(SIGHTS))("has stops that %s sight tells apart", (_name, sight) => {
    for (const [index, stop] of stops.slice(1).entries()) {
      const [a, b] = [seen(stop, sight), seen(stops[index] ?? "", sight)];
      const distance = 100 * Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)));
      expect(distance).toBeGreaterThan(7);
    }
  });
});
