import { SERIES_COLORS } from "../../layout/figure.ts";
import { colorRamp } from "../../layout/points/color-ramp.ts";
import { RAMP_INKS } from "../../layout/points/similarity.ts";
import { rgbOf } from "../../theme/rgb.ts";
import type { Theme } from "../../theme/theme.ts";
import type { Palette } from "./point-renderer.ts";

/** The inks of styles in the order of `layout/points/point-styles.ts`. */
export function pointPalette(theme: Theme): Palette {
  return {
    ground: rgbOf(theme.raised),
    inks: [
      ...SERIES_COLORS.map((name) => rgbOf(theme.ink(name))),
      rgbOf(theme.ink("muted")),
      ...colorRamp(theme.ramp.map(rgbOf), RAMP_INKS),
    ],
  };
}
