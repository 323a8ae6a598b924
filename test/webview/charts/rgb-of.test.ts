import { expect, test } from "vitest";
import { rgbOf } from "../../../webview/src/charts/rgb-of.ts";

test.each([
  ["rgb(132, 153, 254)", [132, 153, 254]],
  ["rgba(132, 153, 254, 0.5)", [132, 153, 254]],
  ["color(srgb 1 0.5 0)", [255, 128, 0]],
  ["color(srgb 1e-2 0.5 0 / 0.2)", [3, 128, 0]],
  ["", [128, 128, 128]],
])("rgbOf(%j)", (color, rgb) => expect(rgbOf(color)).toEqual(rgb));
